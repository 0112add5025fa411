"""./camp config and ./camp doctor, beside an instance that was never started."""

from tests.integration.launcher.camp import Camp


def rows(camp: Camp) -> dict[str, tuple[str, str]]:
    """Source and shown value of each setting."""
    done = camp.run("config")
    assert done.returncode == 0, done.stderr
    return {
        name: (source, shown)
        for name, source, shown in (line.split(None, 2) for line in done.stdout.splitlines())
    }


def test_config_tells_each_setting_with_its_source_and_hides_secrets(camp: Camp) -> None:
    camp.settings |= {"GATEWAY_SECRET_KEY": "s" * 40, "SMTP_URL": "smtp://user:word@mail.example.org:25"}
    told = rows(camp)
    assert told["CAMP_PORT"] == ("environment", str(camp.port))
    assert told["CAMP_HOST"] == ("default", "127.0.0.1")
    assert told["BOOKING_DATABASE_URL"] == ("generated", f"sqlite:///{camp.data}/db/booking.db")
    assert told["GATEWAY_SECRET_KEY"] == ("environment", "(hidden)")
    assert told["SMTP_URL"] == ("environment", "(hidden)")
    assert told["REDIS_URL"] == ("generated", "(chosen at start)")
    assert not camp.data.exists(), "looking changes nothing"


def test_doctor_tells_a_fault_with_its_mend(camp: Camp) -> None:
    first = camp.run("doctor")
    assert "booking db        not made yet" in first.stdout
    secret = camp.data / "secrets" / "gateway_private_key"
    secret.chmod(0o644)
    told = camp.run("doctor")
    assert told.returncode == 1
    assert "FAULT  data folder" in told.stdout
    assert f"mend: chmod go= {secret}" in told.stdout


def test_doctor_survives_a_damaged_database(camp: Camp) -> None:
    (camp.data / "db").mkdir(parents=True)
    (camp.data / "db" / "booking.db").write_bytes(b"this is no database" * 1000)
    told = camp.run("doctor")
    assert told.returncode == 1
    assert "FAULT  booking db" in told.stdout
    assert "Traceback" not in told.stdout + told.stderr
