"""The commands: each does its work, or ends with one line and a non-zero exit."""

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gateway.db.models import Account
from gateway.identity.accounts import authenticate
from gateway.readiness import migrations_of
from services.kernel.database import Database
from tests.integration.gateway.conftest import EMAIL, PASSWORD
from tests.support.running import CHECKOUT, clean_environment

COMMAND = [sys.executable, "-m", "gateway.cli"]


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=CHECKOUT,
        env=clean_environment(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def type_in(arguments: list[str], lines: list[str], **settings: str) -> tuple[int, str]:
    """Run a command in a terminal and type lines into it when it asks; its exit and all that was shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=CHECKOUT,
        env=clean_environment(settings),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),  # the terminal becomes its own
    )
    os.close(theirs)
    shown = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            shown += os.read(ours, 1024)
        except OSError:  # it ended
            break
        if lines and shown.endswith(b": "):
            os.write(ours, lines.pop(0).encode() + b"\n")
    os.close(ours)
    return process.wait(timeout=10), shown.decode()


def test_migrate_brings_the_database_to_head_and_can_be_repeated(store: str, database: Database) -> None:
    for _ in range(2):
        assert run("migrate", GATEWAY_DATABASE_URL=store).returncode == 0
    assert migrations_of(database).is_at_head()


def test_an_administrator_is_made_with_a_password_from_the_environment(people: Database) -> None:
    made = run(
        *("create-admin", "--email", "Boss@Example.org", "--language", "uk"),
        GATEWAY_DATABASE_URL=people.url,
        CAMP_ADMIN_PASSWORD=PASSWORD,
    )
    assert (made.returncode, made.stderr) == (0, "")
    account = authenticate(people, "boss@example.org", PASSWORD)
    assert (sorted(account.roles), account.language) == (["admin", "staff"], "uk")
    again = run(
        *("create-admin", "--email", "boss@example.org"),
        GATEWAY_DATABASE_URL=people.url,
        CAMP_ADMIN_PASSWORD=PASSWORD,
    )
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_a_password_that_is_typed_is_not_shown(people: Database) -> None:
    arguments = ["create-admin", "--email", "boss@example.org"]
    code, shown = type_in(arguments, [PASSWORD, PASSWORD], GATEWAY_DATABASE_URL=people.url)
    assert (code, PASSWORD in shown) == (0, False), shown
    assert authenticate(people, "boss@example.org", PASSWORD)


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_two_passwords_that_differ_make_nothing(people: Database) -> None:
    arguments = ["create-admin", "--email", "boss@example.org"]
    code, shown = type_in(arguments, [PASSWORD, "another"], GATEWAY_DATABASE_URL=people.url)
    assert code == 1
    assert "differ" in shown


def test_set_password_changes_it(people: Database, person: Account) -> None:
    changed = run(
        *("set-password", "--email", EMAIL),
        GATEWAY_DATABASE_URL=people.url,
        CAMP_ADMIN_PASSWORD="a wholly new password",
    )
    assert changed.returncode == 0
    assert authenticate(people, EMAIL, "a wholly new password").id == person.id


def test_seed_demo_can_be_repeated(people: Database) -> None:
    first, second = (run("seed-demo", GATEWAY_DATABASE_URL=people.url) for _ in range(2))
    assert "resident@demo.test" in first.stdout
    assert second.stdout == "demo accounts made: none\n"
    assert authenticate(people, "member@demo.test", "demo-demo-demo")


# what is typed, the settings, and a part of the one line that is said
REFUSALS: dict[str, tuple[list[str], dict[str, str], str]] = {
    "no database": (["migrate"], {"GATEWAY_DATABASE_URL": ""}, "GATEWAY_DATABASE_URL"),
    "no such kind": (["migrate"], {"GATEWAY_DATABASE_URL": "mysql://a/b"}, "sqlite://"),
    "no folder": (["migrate"], {"GATEWAY_DATABASE_URL": "sqlite:////proc/no/x.db"}, "correct GATEWAY_"),
    "not migrated": (["seed-demo"], {}, "migrate"),
    "nobody to ask": (["create-admin", "--email", "a@b.org"], {}, "CAMP_ADMIN_PASSWORD"),
    "short password": (
        ["create-admin", "--email", "a@b.org"],
        {"CAMP_ADMIN_PASSWORD": "short"},
        "from 12 to 200",
    ),
    "common password": (
        ["create-admin", "--email", "a@b.org"],
        {"CAMP_ADMIN_PASSWORD": "Password1234"},
        "anybody",
    ),
    "no address": (["create-admin", "--email", "boss"], {"CAMP_ADMIN_PASSWORD": PASSWORD}, "e-mail"),
    "nobody's": (["set-password", "--email", "a@b.org"], {"CAMP_ADMIN_PASSWORD": PASSWORD}, "a@b.org"),
}


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("arguments", "settings", "said"), REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_done_is_said_in_one_line(
    people: Database, tmp_path: Path, arguments: list[str], settings: dict[str, str], said: str
) -> None:
    url = f"sqlite:///{tmp_path}/empty.db" if arguments == ["seed-demo"] else people.url
    done = run(*arguments, **{"GATEWAY_DATABASE_URL": url, **settings})
    assert done.returncode == 1
    assert said in done.stderr
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_a_database_of_newer_code_is_left_alone(people: Database) -> None:
    with people.unit_of_work() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'f999'")
    for command in ("migrate", "seed-demo"):
        done = run(command, GATEWAY_DATABASE_URL=people.url)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
