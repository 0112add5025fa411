"""What keeps ./camp from starting is one line with the mend, and an exit code."""

import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.integration.launcher.camp import Camp


def refused(done: subprocess.CompletedProcess[str], *, lines: int = 1) -> str:
    """The complaint of a command that was refused, so many lines and no traceback."""
    assert done.returncode not in (0, None), done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    told = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("camp: ")]
    assert len(told) == lines, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("how", [["up"], ["up", "--detach"]], ids=["foreground", "detached"])
def test_a_taken_port(camp: Camp, how: list[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", camp.port))
        other.listen()
        told = refused(camp.run(*how))
    assert f"Port {camp.port} is taken" in told
    assert "CAMP_PORT=" in told


def test_an_unknown_setting_with_a_near_match(camp: Camp) -> None:
    assert "CAMP_PROT is not a setting; did you mean CAMP_PORT" in refused(camp.run("up", CAMP_PROT="1"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CAMP_PORT", "eighty"),
        ("CAMP_PORT", "70000"),
        ("CAMP_HOST", "no such host"),
        ("CAMP_WEB_PROCESSES", "0"),
        ("CAMP_VALKEY_FSYNC", "sometimes"),
        ("CAMP_CLOCK", "yesterday"),
        ("CAMP_LOG_LEVEL", "LOUD"),
        ("REDIS_URL", "http://localhost"),
        ("SMTP_URL", "localhost:25"),
        ("BOOKING_DATABASE_URL", "mysql://localhost/x"),
        ("GATEWAY_PRIVATE_KEY", "none"),
        ("BOOKING_URL", "http://localhost:1"),
    ],
)
def test_a_wrong_setting_names_itself(camp: Camp, name: str, value: str) -> None:
    assert name in refused(camp.run("up", **{name: value}))


def test_two_wrong_settings_are_told_at_once(camp: Camp) -> None:
    told = refused(camp.run("up", CAMP_PORT="eighty", CAMP_WEB_PROCESSES="none"), lines=2)
    assert "CAMP_PORT" in told
    assert "CAMP_WEB_PROCESSES" in told


def test_a_folder_that_cannot_be_written(camp: Camp) -> None:
    camp.data = Path("/sys/camp")  # not even root can make a folder there
    told = refused(camp.run("up"))
    assert "cannot be written" in told
    assert "CAMP_DATA" in told


def test_a_data_folder_that_is_a_file(camp: Camp) -> None:
    camp.data.write_text("")
    assert "CAMP_DATA" in refused(camp.run("up"))


def test_a_centre_file_that_is_not_there(camp: Camp) -> None:
    assert "CAMP_CENTRE" in refused(camp.run("up", CAMP_CENTRE="/no/such/centre.yaml"))


def test_a_centre_file_with_a_mistake_names_its_line(camp: Camp, tmp_path: Path) -> None:
    centre = tmp_path / "centre.yaml"
    centre.write_text("slug: broken\nnames: [\n")
    assert "centre.yaml" in refused(camp.run("up", CAMP_CENTRE=str(centre)))


@pytest.mark.slow
def test_a_database_newer_than_the_code(camp: Camp) -> None:
    with camp.running():
        pass
    with sqlite3.connect(camp.data / "db" / "booking.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from the future'")
    told = refused(camp.run("up"))
    assert "booking was migrated by a newer version" in told
    assert "update the checkout" in told


def test_a_database_that_cannot_be_reached(camp: Camp) -> None:
    told = refused(camp.run("up", BOOKING_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none"))
    assert "BOOKING_DATABASE_URL" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["up", "--now"],
        ["logs", "-n", "-3"],
        ["part", "stop"],
        ["part", "stop", "worker"],
        ["admin", "kill"],
    ],
)
def test_a_wrong_command(camp: Camp, arguments: list[str]) -> None:
    refused(camp.run(*arguments))
