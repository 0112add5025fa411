"""Moments are stored so that the order of their texts is the order of time."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from services.kernel.instants import TEXT_LENGTH, Instant, from_text, to_text

WARSAW = ZoneInfo("Europe/Warsaw")
moments = st.datetimes(
    min_value=datetime(2, 1, 1),  # hypothesis adds the zone
    max_value=datetime(9998, 12, 31),
    timezones=st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(one=moments, other=moments)
def test_texts_sort_as_moments_do(one: datetime, other: datetime) -> None:
    assert (to_text(one) < to_text(other)) == (one < other)
    assert (to_text(one) == to_text(other)) == (one == other)


@given(moment=moments)
def test_what_is_stored_comes_back(moment: datetime) -> None:
    assert len(to_text(moment)) == TEXT_LENGTH
    assert from_text(to_text(moment)) == moment
    stored = Instant().process_bind_param(moment, sqlite.dialect())
    assert Instant().process_result_value(stored, sqlite.dialect()) == moment


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_a_time_without_a_zone_is_refused(dialect) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="without a zone"):
        Instant().process_bind_param(datetime(2026, 3, 1, 9), dialect)


def test_the_hour_that_comes_twice_is_two_moments() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=WARSAW)
    second = first.replace(fold=1)
    assert (to_text(first), to_text(second)) == ("2026-10-25T00:30:00.000000Z", "2026-10-25T01:30:00.000000Z")


def test_what_is_read_is_in_utc() -> None:
    local = datetime(2026, 3, 1, 9, tzinfo=WARSAW)
    assert Instant().process_result_value(local, postgresql.dialect()).tzinfo is UTC
