"""The commands: each does its work, or ends with plain lines and a non-zero exit."""

import subprocess
import sys

import pytest

from services.booking.db.migrating import migrations_of
from tests.support.booking import CENTRE
from tests.support.running import CHECKOUT, clean_environment


@pytest.fixture
def store(store_name, stores):
    with stores.empty(store_name) as url:
        yield url


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.booking.cli", *arguments],
        cwd=CHECKOUT,
        env=clean_environment(settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def told(url: str) -> dict[str, str]:
    return {
        "BOOKING_DATABASE_URL": url,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "CAMP_PUBLIC_URL": "http://camp.test",
        "BOOKING_LINK_SECRET": "a secret of the tests, which is long enough",
        "CALLER_PUBLIC_KEYS": "{}",
    }


def test_migrate_load_and_scan_can_be_repeated(store, database):
    for _ in range(2):
        assert run("migrate", BOOKING_DATABASE_URL=store).returncode == 0
    assert migrations_of(database).is_at_head()
    first, again = (run("load-centre", str(CENTRE), BOOKING_DATABASE_URL=store) for _ in range(2))
    assert first.stdout.splitlines()[:2] == ["centre added", "rooms added: hall, annex, studio, club"]
    assert again.stdout.splitlines() == ["centre unchanged", "rooms unchanged: hall, annex, studio, club"]
    done = run("scan", **told(store))
    assert (done.returncode, done.stdout.strip()) == (0, "done: 0; forgotten: 0")


def test_a_database_of_newer_code_is_left_alone(store, database):
    migrations_of(database).upgrade()
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'f999'")
    done = run("migrate", BOOKING_DATABASE_URL=store)
    assert done.returncode == 1
    assert "newer code" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [["scan"], ["relay"], ["load-centre", str(CENTRE)]])
def test_a_database_that_is_not_migrated_is_told(tmp_path, arguments):
    done = run(*arguments, **told(f"sqlite:///{tmp_path}/x.db"))
    assert done.returncode == 1
    assert done.stderr.strip() == ("the database is not migrated; run python -m services.booking.cli migrate")


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["migrate"], {}, "BOOKING_DATABASE_URL is not set"),
        (["migrate"], {"BOOKING_DATABASE_URL": "mysql://a/b"}, "BOOKING_DATABASE_URL"),
        (["migrate"], {"BOOKING_DATABASE_URL": "sqlite:////proc/no/x.db"}, "BOOKING_DATABASE_URL"),
        (["migrate"], {"BOOKING_DATABASE_URL": "postgresql://u:hush@127.0.0.1:1/x"}, "BOOKING_DATABASE_URL"),
        (["load-centre", "missing.yaml"], {"BOOKING_DATABASE_URL": "sqlite:////tmp/x.db"}, "missing.yaml"),
        (["scan"], {}, "BOOKING_LINK_SECRET is not set"),
        (["relay"], {}, "REDIS_URL is not set"),
    ],
)
def test_what_goes_wrong_is_told_in_plain_lines(arguments, settings, said):
    done = run(*arguments, **settings)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "hush" not in done.stderr + done.stdout
