"""What else would fit when a slot is taken; nothing is proposed that would itself be refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from services.booking.domain.availability import keep_clear
from services.booking.domain.check_slot import check_slot
from services.booking.domain.hours import OpeningHours
from services.booking.domain.interval import Interval, clip, overlaps, subtract
from services.booking.domain.lead_time import earliest_start, latest_date
from services.booking.domain.policy import Policy
from services.booking.domain.room import Seating
from services.booking.domain.slot import SlotRequest, find_slot
from services.booking.domain.wall_clock import dates, day_start, local_date, opening_instant, span_of_days

DAYS_AROUND = 3
MARGIN_DAYS = 2  # the last day's night and its buffer reach no further
LIMIT = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A room that may take the request. `busy`: its claims and blocks around the day, with their buffers."""

    room_id: UUID
    seating: Seating
    policy: Policy
    opening: OpeningHours
    busy: Sequence[Interval]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A slot that is free and keeps every rule; `day` is set where it is a whole day."""

    room_id: UUID
    slot: Interval
    day: date | None = None


def window(request: SlotRequest, zone: ZoneInfo) -> Interval | None:
    """The time of which `propose` must know what is busy: the days it looks at, with a margin."""
    return _days_around(request, DAYS_AROUND + MARGIN_DAYS, zone)


def propose(
    request: SlotRequest,
    room_id: UUID,
    candidates: Iterable[Candidate],
    now: datetime,
    zone: ZoneInfo,
    limit: int = LIMIT,
) -> list[Alternative]:
    """At most `limit` slots like the one asked for in room `room_id`, the best first.

    Nearer days come first; on the same day the same room comes before others, then the nearer time.
    A request that ends before it starts has no alternatives.
    """
    around = _days_around(request, DAYS_AROUND, zone)
    if around is None or (request.start and request.end and request.start >= request.end):
        return []
    found: dict[tuple[UUID, Interval], Alternative] = {}
    for candidate in candidates:
        offers = _whole_days if request.whole_day else _stretches
        for alternative in offers(request, candidate, around, now, zone):
            found.setdefault((candidate.room_id, alternative.slot), alternative)
    wanted = _wanted_day(request, zone)

    def rank(alternative: Alternative) -> tuple[int, bool, timedelta]:
        day = local_date(alternative.slot.start, zone)
        target = _same_time(request, day, zone)
        return abs((day - wanted).days), alternative.room_id != room_id, abs(alternative.slot.start - target)

    return sorted(found.values(), key=rank)[:limit]


def _whole_days(
    request: SlotRequest, candidate: Candidate, around: Interval, now: datetime, zone: ZoneInfo
) -> Iterator[Alternative]:
    taken = _taken(candidate)
    for day in _days_of(around, zone):
        wish = replace(request, day=day)
        slot = find_slot(wish, candidate.opening, zone)
        if slot and not overlaps(slot, taken) and _passes(wish, candidate, now, zone):
            yield Alternative(candidate.room_id, slot, day)


def _stretches(
    request: SlotRequest, candidate: Candidate, around: Interval, now: datetime, zone: ZoneInfo
) -> Iterator[Alternative]:
    """For each day and each free stretch that touches it, the start that is nearest to the time asked for."""
    length = _length(request)
    starts = _possible_starts(candidate, length, around, now, zone)
    for day in _days_of(around, zone):
        bounds = span_of_days(day, day, zone)
        target = _same_time(request, day, zone)
        for first, last in starts:
            if bounds is None or last < bounds.start or first >= bounds.end:
                continue
            for start in _aligned_near(min(max(target, first), last), candidate.policy, zone):
                wish = replace(request, start=start, end=start + length)
                if first <= start <= last and _passes(wish, candidate, now, zone):
                    yield Alternative(candidate.room_id, Interval(start, start + length))
                    break


def _possible_starts(
    candidate: Candidate, length: timedelta, around: Interval, now: datetime, zone: ZoneInfo
) -> list[tuple[datetime, datetime]]:
    """First and last possible start in each free stretch: long enough, not too soon, not too far."""
    policy, opening = candidate.policy, candidate.opening
    open_ = opening.open_intervals(local_date(around.start, zone), local_date(around.end, zone), zone)
    soonest = earliest_start(policy.lead_time, opening.holidays, now, zone)
    latest = day_start(latest_date(policy.horizon_days, now, zone) + timedelta(days=1), zone)
    stretches = subtract(clip(open_, around), _taken(candidate))
    bounds = ((max(free.start, soonest), min(free.end - length, latest)) for free in stretches)
    return [(first, last) for first, last in bounds if first <= last]


def _aligned_near(instant: datetime, policy: Policy, zone: ZoneInfo) -> list[datetime]:
    """The two starts on the policy's step around `instant`, the nearer first."""
    wall = instant.astimezone(zone)
    past_step = timedelta(
        minutes=(wall.hour * 60 + wall.minute) % policy.start_step_minutes,
        seconds=wall.second,
        microseconds=wall.microsecond,
    )
    if not past_step:
        return [instant]
    before = instant - past_step
    midnight = day_start(wall.date() + timedelta(days=1), zone)
    after = min(before + timedelta(minutes=policy.start_step_minutes), midnight)
    return sorted([before, after], key=lambda start: abs(start - instant))


def _passes(wish: SlotRequest, candidate: Candidate, now: datetime, zone: ZoneInfo) -> bool:
    return not check_slot(wish, candidate.seating, candidate.policy, candidate.opening, now, zone)


def _taken(candidate: Candidate) -> list[Interval]:
    policy = candidate.policy
    return keep_clear(candidate.busy, policy.buffer_before_minutes, policy.buffer_after_minutes)


def _days_around(request: SlotRequest, count: int, zone: ZoneInfo) -> Interval | None:
    day = _wanted_day(request, zone)
    return span_of_days(day - timedelta(days=count), day + timedelta(days=count), zone)


def _days_of(around: Interval, zone: ZoneInfo) -> Iterator[date]:
    return dates(local_date(around.start, zone), local_date(around.end, zone) - timedelta(days=1))


def _wanted_day(request: SlotRequest, zone: ZoneInfo) -> date:
    if request.day is not None:
        return request.day
    assert request.start is not None  # a request has a day or a start
    return local_date(request.start, zone)


def _length(request: SlotRequest) -> timedelta:
    assert request.start is not None
    assert request.end is not None
    return Interval(request.start, request.end).duration


def _same_time(request: SlotRequest, day: date, zone: ZoneInfo) -> datetime:
    """The instant on `day` at which the wall shows the time asked for; midnight for a whole day."""
    if request.start is None:
        return day_start(day, zone)
    wall = request.start.astimezone(zone)
    return opening_instant(day, wall.hour * 60 + wall.minute, zone)
