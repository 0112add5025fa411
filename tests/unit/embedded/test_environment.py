"""Which value a setting has, where it comes from, and who gets to see it."""

from pathlib import Path

import pytest

from deploy.embedded.composition import BOOKING, GATEWAY, NOTIFICATIONS
from deploy.embedded.environment import (
    check_names,
    clock_offset,
    part_environment,
    planned_values,
    public_host,
    started_values,
    with_secrets,
)
from deploy.embedded.faults import Fault
from deploy.embedded.secret_store import SecretStore
from deploy.embedded.settings import read_launcher_settings

ADDRESSES = {"BOOKING_URL": "http://127.0.0.1:1", "NOTIFICATIONS_URL": "http://127.0.0.1:2"}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The environment of an instance in a temporary folder."""
    return {"CAMP_DATA": str(tmp_path)}


def told(environ: dict[str, str]) -> dict[str, str]:
    """Everything the parts of such an instance would be told."""
    settings = read_launcher_settings(environ)
    kept = SecretStore(settings.data).complete()
    values = with_secrets(planned_values(environ, settings), kept)
    return started_values(values, ADDRESSES, "redis://127.0.0.1:3/0")


def test_each_value_tells_its_source(environ: dict[str, str], tmp_path: Path) -> None:
    environ["CAMP_PORT"] = "8099"
    values = planned_values(environ, read_launcher_settings(environ))
    assert (values["CAMP_PORT"].text, values["CAMP_PORT"].source) == ("8099", "environment")
    assert values["CAMP_HOST"].source == "default"
    database = values["BOOKING_DATABASE_URL"]
    assert (database.text, database.source) == (f"sqlite:///{tmp_path}/db/booking.db", "generated")
    assert values["CAMP_PUBLIC_URL"].text == "http://localhost:8099"


def test_what_the_environment_gives_wins_over_what_is_kept(environ: dict[str, str]) -> None:
    environ["BOOKING_LINK_SECRET"] = "x" * 40
    assert told(environ)["BOOKING_LINK_SECRET"] == "x" * 40


@pytest.mark.parametrize(
    ("service", "hidden"),
    [
        (BOOKING, {"GATEWAY_PRIVATE_KEY", "GATEWAY_SECRET_KEY", "GATEWAY_DATABASE_URL", "SMTP_URL"}),
        (NOTIFICATIONS, {"GATEWAY_PRIVATE_KEY", "BOOKING_DATABASE_URL", "BOOKING_LINK_SECRET"}),
        (GATEWAY, {"BOOKING_DATABASE_URL", "NOTIFICATIONS_DATABASE_URL", "BOOKING_LINK_SECRET", "SMTP_URL"}),
    ],
)
def test_a_part_sees_no_secret_of_another(environ: dict[str, str], service, hidden: set[str]) -> None:
    environ["SMTP_URL"] = "smtp://mail.example.org:25"
    assert not hidden & set(part_environment(told(environ), [service]))


def test_relative_paths_are_those_of_whoever_called(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    environ["CAMP_MAIL_DIR"] = "letters"
    assert told(environ)["CAMP_MAIL_DIR"] == str(tmp_path / "letters")


def test_a_name_that_is_chosen_here_cannot_be_set() -> None:
    with pytest.raises(Fault, match="BOOKING_URL is chosen by ./camp itself"):
        check_names({"BOOKING_URL": "http://elsewhere"})


def test_variables_of_others_are_none_of_our_business() -> None:
    check_names({"PATH": "/bin", "REDIS_HOST": "elsewhere", "SMTP_HOST": "elsewhere"})


def test_an_instant_becomes_one_offset_for_all_parts() -> None:
    offset = clock_offset("2126-01-01T00:00:00Z")
    assert offset.startswith("+")
    assert float(clock_offset(offset)) == pytest.approx(float(offset), abs=1)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("0.0.0.0", "localhost"),
        ("::1", "localhost"),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::7", "[2001:db8::7]"),
    ],
)
def test_an_address_is_shown_as_people_write_it(host: str, shown: str) -> None:
    assert public_host(host) == shown
