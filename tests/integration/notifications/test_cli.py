"""The commands: each does its work, or ends with one line and a non-zero exit."""

import subprocess
import sys

import pytest

from services.notifications.db.migrating import migrations_of
from tests.support.running import CHECKOUT, clean_environment


@pytest.fixture
def store(store_name, stores):
    with stores.empty(store_name) as url:
        yield url


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.notifications.cli", *arguments],
        cwd=CHECKOUT,
        env=clean_environment(settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def told(url: str) -> dict[str, str]:
    return {
        "NOTIFICATIONS_DATABASE_URL": url,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "CAMP_CENTRE": str(CHECKOUT / "tests" / "centres" / "always-open.yaml"),
        "CALLER_PUBLIC_KEYS": "{}",
    }


def test_migrate_brings_the_database_to_head_and_can_be_repeated(store, database):
    for _ in range(2):
        assert run("migrate", NOTIFICATIONS_DATABASE_URL=store).returncode == 0
    assert migrations_of(database).is_at_head()


def test_a_database_of_newer_code_is_left_alone(store, database):
    migrations_of(database).upgrade()
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'f999'")
    done = run("migrate", NOTIFICATIONS_DATABASE_URL=store)
    assert done.returncode == 1
    assert "newer code" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["migrate"], {}, "NOTIFICATIONS_DATABASE_URL is not set"),
        (["migrate"], {"NOTIFICATIONS_DATABASE_URL": "mysql://a/b"}, "NOTIFICATIONS_DATABASE_URL"),
        (["migrate"], {"NOTIFICATIONS_DATABASE_URL": "sqlite:////proc/no/x.db"}, "or correct NOTIFICATIONS"),
        (
            ["migrate"],
            {"NOTIFICATIONS_DATABASE_URL": "postgresql://u:hush@127.0.0.1:1/x"},
            "or correct NOTIFICATIONS",
        ),
        (["scan"], {}, "NOTIFICATIONS_DATABASE_URL is not set"),
        (["worker"], {}, "REDIS_URL is not set"),
    ],
)
def test_what_goes_wrong_is_told_in_plain_lines(arguments, settings, said):
    done = run(*arguments, **settings)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr + done.stdout
    assert "hush" not in done.stderr + done.stdout


def test_a_database_that_is_not_migrated_is_told(store, database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE something_else (id INTEGER)")
    done = run("scan", **told(store))
    assert done.returncode == 1
    assert "the database is not migrated; run" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_centre_file_that_is_not_there_is_told(tmp_path):
    done = run("scan", **told(f"sqlite:///{tmp_path}/x.db") | {"CAMP_CENTRE": str(tmp_path / "missing.yaml")})
    assert done.returncode == 1
    assert "missing.yaml" in done.stderr
    assert "Traceback" not in done.stderr
