"""The life of a reservation."""

from datetime import UTC, datetime, timedelta

import pytest

from services.booking.domain.interval import Interval
from services.booking.domain.policy import Policy
from services.booking.domain.reservation import MOVES, Status, holds_claim, may_move, with_buffers


def test_every_status_has_its_moves() -> None:
    assert set(MOVES) == set(Status)


@pytest.mark.parametrize(
    ("current", "to", "may"),
    [
        ("requested", "confirmed", True),
        ("requested", "declined", True),
        ("requested", "expired", True),
        ("requested", "cancelled", True),
        ("requested", "checked_in", False),
        ("confirmed", "cancelled", True),
        ("confirmed", "declined", False),
        ("confirmed", "expired", False),
        ("confirmed", "confirmed", False),
        ("checked_in", "completed", True),
        ("checked_in", "cancelled", False),
        ("no_show", "confirmed", True),
        ("settling", "confirmed", True),
    ],
)
def test_a_reservation_moves_only_as_the_table_says(current: str, to: str, may: bool) -> None:
    assert may_move(Status(current), Status(to)) is may


@pytest.mark.parametrize("status", ["declined", "cancelled", "completed", "expired"])
def test_what_is_over_stays_over(status: str) -> None:
    assert not any(may_move(Status(status), to) for to in Status)


@pytest.mark.parametrize(
    ("status", "claiming", "competing"),
    [
        ("requested", True, False),
        ("confirmed", True, True),
        ("settling", True, True),
        ("checked_in", True, True),
        ("declined", False, False),
        ("cancelled", False, False),
        ("expired", False, False),
        ("completed", False, False),
        ("no_show", False, False),
    ],
)
def test_a_request_holds_the_room_only_where_the_policy_says_so(
    status: str, claiming: bool, competing: bool
) -> None:
    assert holds_claim(Status(status), Policy(claims_while_requested=True)) is claiming
    assert holds_claim(Status(status), Policy(claims_while_requested=False)) is competing


def test_a_claim_takes_the_buffers_on_each_side() -> None:
    start = datetime(2026, 6, 8, 10, tzinfo=UTC)
    slot = Interval(start, start + timedelta(hours=1))
    claim = with_buffers(slot, Policy(buffer_before_minutes=15, buffer_after_minutes=30))
    assert (slot.start - claim.start, claim.end - slot.end) == (timedelta(minutes=15), timedelta(minutes=30))
