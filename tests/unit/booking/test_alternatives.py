"""Alternatives: none that would itself fail, the best first."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from services.booking.domain.alternatives import LIMIT, Alternative, Candidate, propose, window
from services.booking.domain.check_slot import check_slot
from services.booking.domain.hours import OpeningHours, WeeklyHours
from services.booking.domain.interval import Interval, in_utc, overlaps
from services.booking.domain.policy import LeadTime, Policy
from services.booking.domain.public_holidays import PublicHolidays
from services.booking.domain.reservation import with_buffers
from services.booking.domain.room import Seating
from services.booking.domain.slot import SlotRequest
from services.booking.domain.time_span import TimeSpan
from services.booking.domain.wall_clock import local_date, span_of_days
from tests.unit.booking.strategies import intervals, weeks

WARSAW = ZoneInfo("Europe/Warsaw")
ROOM, OTHER, SMALL = UUID(int=1), UUID(int=2), UUID(int=3)
TUESDAY = date(2026, 6, 9)
NOW = datetime(2026, 6, 1, 10, tzinfo=WARSAW)
OPENING = OpeningHours(WeeklyHours(((TimeSpan.parse("08:00-20:00"),),) * 7), holidays=PublicHolidays("PL"))
POLICY = Policy(start_step_minutes=30, min_minutes=60, max_minutes=480)


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=WARSAW)


def room(
    room_id: UUID = ROOM, busy: tuple[Interval, ...] = (), policy: Policy = POLICY, capacity: int = 20
) -> Candidate:
    return Candidate(room_id, Seating(capacity), policy, OPENING, busy)


def shown(found: list[Alternative]) -> list[tuple[int, str]]:
    return [(item.room_id.int, item.slot.start.astimezone(WARSAW).strftime("%d %H:%M")) for item in found]


WISH = SlotRequest(at(10), at(12), participants=10)
TAKEN = (Interval(at(9), at(13)),)


def test_the_same_room_comes_first_then_others_then_other_days() -> None:
    found = propose(WISH, ROOM, [room(busy=TAKEN), room(OTHER)], NOW, WARSAW)
    assert shown(found) == [
        (1, "09 13:00"),
        (2, "09 10:00"),
        (1, "08 10:00"),
        (1, "10 10:00"),
        (2, "08 10:00"),
    ]


def test_a_room_that_is_too_small_is_not_offered() -> None:
    found = propose(WISH, ROOM, [room(busy=TAKEN), room(SMALL, capacity=9)], NOW, WARSAW)
    assert {item.room_id for item in found} == {ROOM}


def test_both_sides_of_what_is_taken_are_offered_the_nearer_first() -> None:
    found = propose(WISH, ROOM, [room(busy=(Interval(at(11), at(12, 30)),))], NOW, WARSAW)
    assert shown(found)[:2] == [(1, "09 09:00"), (1, "09 12:30")]


def test_buffers_are_left_between() -> None:
    policy = replace(POLICY, buffer_before_minutes=15, buffer_after_minutes=20)
    found = propose(WISH, ROOM, [room(busy=(Interval(at(10), at(13)),), policy=policy)], NOW, WARSAW)
    assert shown(found)[0] == (1, "09 13:30")


def test_nothing_is_offered_before_the_lead_time_or_in_the_past() -> None:
    policy = replace(POLICY, lead_time=LeadTime(working_days=2))
    found = propose(WISH, ROOM, [room(policy=policy)], at(9, 0, date(2026, 6, 8)), WARSAW)
    assert shown(found) == [(1, "10 10:00"), (1, "11 10:00"), (1, "12 10:00")]


def test_a_whole_day_is_answered_with_whole_days() -> None:
    found = propose(SlotRequest(day=TUESDAY), ROOM, [room(busy=TAKEN), room(OTHER)], NOW, WARSAW)
    assert [(item.room_id.int, item.day and item.day.day) for item in found] == [
        (2, 9),
        (1, 8),
        (1, 10),
        (2, 8),
        (2, 10),
    ]


def test_a_wish_that_ends_before_it_starts_has_no_alternatives() -> None:
    assert propose(SlotRequest(at(12), at(10)), ROOM, [room()], NOW, WARSAW) == []


def test_a_start_off_the_step_is_answered_with_starts_on_it() -> None:
    found = propose(SlotRequest(at(10, 10), at(11, 10)), ROOM, [room()], NOW, WARSAW)
    assert shown(found)[0] == (1, "09 10:00")


def policies() -> st.SearchStrategy[Policy]:
    return st.builds(
        Policy,
        start_step_minutes=st.sampled_from([1, 15, 30, 50, 60, 240]),
        min_minutes=st.sampled_from([1, 60, 180]),
        max_minutes=st.sampled_from([180, 720]),
        whole_day=st.booleans(),
        lead_time=st.sampled_from([LeadTime(), LeadTime(hours=30), LeadTime(working_days=2)]),
        horizon_days=st.integers(1, 10),
        buffer_before_minutes=st.integers(0, 90),
        buffer_after_minutes=st.integers(0, 90),
    )


@st.composite
def candidates(draw: st.DrawFn, start: datetime) -> list[Candidate]:
    return [
        Candidate(
            room_id,
            Seating(draw(st.integers(1, 20)), {"theatre": 5}),
            draw(policies()),
            OpeningHours(draw(weeks()), holidays=PublicHolidays("PL")),
            draw(st.lists(intervals(start - timedelta(days=4), 8 * 24 * 60), max_size=5)),
        )
        for room_id in (ROOM, OTHER)
    ]


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    start=st.sampled_from([at(10), at(22, 30), at(1, 30, date(2026, 3, 29)), at(2, 30, date(2026, 10, 25))]),
    length=st.integers(1, 300),
    whole_day=st.booleans(),
    hours_ahead=st.integers(0, 100),
)
def test_no_alternative_would_itself_be_refused(
    data: st.DataObject, start: datetime, length: int, whole_day: bool, hours_ahead: int
) -> None:
    start = in_utc(start)
    rooms = data.draw(candidates(start))
    people, layout = data.draw(st.integers(1, 20)), data.draw(st.sampled_from([None, "theatre"]))
    times = (
        {"day": local_date(start, WARSAW)}
        if whole_day
        else {"start": start, "end": start + timedelta(minutes=length)}
    )
    wish = SlotRequest(**times, participants=people, layout=layout)  # type: ignore[arg-type]
    now = start - timedelta(hours=hours_ahead)
    found = propose(wish, ROOM, rooms, now, WARSAW)
    around = window(wish, WARSAW)
    assert len(found) <= LIMIT
    assert len({(item.room_id, item.slot) for item in found}) == len(found)
    for item in found:
        candidate = next(room for room in rooms if room.room_id == item.room_id)
        again = (
            replace(wish, day=item.day)
            if item.day
            else replace(wish, start=item.slot.start, end=item.slot.end)
        )
        assert check_slot(again, candidate.seating, candidate.policy, candidate.opening, now, WARSAW) == []
        assert not overlaps(with_buffers(item.slot, candidate.policy), candidate.busy)
        assert whole_day or item.slot.duration == timedelta(minutes=length)
        assert around is not None
        assert around.covers(with_buffers(item.slot, candidate.policy))


@settings(max_examples=60, deadline=None)
@given(
    week=weeks(),
    busy=st.lists(intervals(at(0, day=date(2026, 10, 22)), 7 * 24 * 60), max_size=8),
    length=st.sampled_from([60, 90, 180]),
    buffer=st.integers(0, 45),
)
def test_where_something_fits_something_is_offered(
    week: WeeklyHours, busy: list[Interval], length: int, buffer: int
) -> None:
    policy = Policy(start_step_minutes=30, min_minutes=60, buffer_before_minutes=buffer, horizon_days=365)
    candidate = Candidate(ROOM, Seating(20), policy, OpeningHours(week), busy)
    start = in_utc(at(10, day=date(2026, 10, 25)))
    wish = SlotRequest(start, start + timedelta(minutes=length))
    days = span_of_days(date(2026, 10, 22), date(2026, 10, 28), WARSAW)
    assert days is not None
    fitting = [
        slot
        for slot in _every_half_hour(days, timedelta(minutes=length))
        if not overlaps(with_buffers(slot, policy), busy)
        and not check_slot(
            SlotRequest(slot.start, slot.end), candidate.seating, policy, candidate.opening, NOW, WARSAW
        )
    ]
    assert bool(propose(wish, ROOM, [candidate], NOW, WARSAW)) == bool(fitting)


def _every_half_hour(around: Interval, length: timedelta) -> list[Interval]:
    half_hour = timedelta(minutes=30)
    starts = (around.start + index * half_hour for index in range(around.duration // half_hour))
    return [Interval(start, start + length) for start in starts if start + length <= around.end]
