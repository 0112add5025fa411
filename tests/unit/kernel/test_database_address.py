"""An address of a store is read once, and told wrong in words."""

import pytest

from services.kernel.database.engines import parse_url, sqlite_path


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://camp@db/booking", "postgresql+psycopg"),
        ("postgres://camp@db/booking", "postgresql+psycopg"),
        ("postgresql+psycopg://camp@db/booking", "postgresql+psycopg"),
        ("postgresql+psycopg2://camp@db/booking", "postgresql+psycopg"),
        ("sqlite:////var/camp/booking.db", "sqlite"),
    ],
)
def test_every_spelling_gets_our_driver(given: str, driver: str) -> None:
    assert parse_url(given).drivername == driver


@pytest.mark.parametrize(
    "given", ["", "nonsense", "mysql://db/booking", "sqlite://", "sqlite:///:memory:", "http://x/y"]
)
def test_what_cannot_be_served_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_url(given)


def test_a_relative_file_is_found_from_the_working_folder(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    assert sqlite_path(parse_url("sqlite:///booking.db")) == tmp_path / "booking.db"
