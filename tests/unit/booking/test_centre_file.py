"""The booking section of a centre file: what it means, and its mistakes by line and field."""

from datetime import date
from pathlib import Path

import pytest

from services.booking.centre_file import read_booking
from services.booking.domain.policy import LeadTime, Policy
from services.booking.domain.room import BookingDefinition
from services.kernel.centre import CentreFileError, load_centre_file

GOOD = """\
slug: my-centre
name: Centre
time_zone: Europe/Warsaw
languages: [pl, en]
country: PL
contact: {name: Desk, email: desk@centre.test}
booking:
  buildings:
    - slug: house
      name: House
      address: Long Street 1
  layouts: {circle: Circle, rows: {pl: rzędy, en: rows}}
  features: {projector: Projector}
  accessibility: {lift: Lift}
  hours:
    default:
      week:
        mon-fri: [08:00-12:00, 13:00-20:00]
        sat: closed
      seasons:
        - {from: 07-01, to: 08-31, week: {mon: [10:00-18:00]}}
      exceptions:
        - {date: 2026-11-11, hours: [18:00-02:00], reason: Festival}
  policies:
    default: {min_minutes: 60, max_minutes: 480}
    slow: {lead_time: {working_days: 3}, approval: staff}
  rooms:
    - slug: hall
      name: Hall
      building: house
      capacity: 40
      layouts: {rows: 40, circle: 20}
      features: [projector]
      accessibility: [lift]
      photos: [{alt: Rows of chairs}]
      policy: slow
    - slug: den
      name: Den
      building: house
      capacity: 6
"""


def read(folder: Path, text: str) -> BookingDefinition:
    file = folder / "centre.yaml"
    file.write_text(text, encoding="utf-8")
    return read_booking(load_centre_file(file))


def test_rooms_are_read_with_all_that_they_refer_to(tmp_path: Path) -> None:
    hall, den = read(tmp_path, GOOD).rooms
    assert [(layout.slug, layout.capacity, layout.name["pl"]) for layout in hall.layouts] == [
        ("rows", 40, "rzędy"),
        ("circle", 20, "Circle"),
    ]
    assert (hall.features[0].slug, hall.accessibility[0].name) == ("projector", {"pl": "Lift", "en": "Lift"})
    assert (hall.photos[0].source, hall.photos[0].alt["en"]) == ("", "Rows of chairs")
    assert den.seating.capacity == 6
    assert (den.layouts, den.features, den.description) == ((), (), {})


def test_a_policy_says_only_what_differs_from_the_default(tmp_path: Path) -> None:
    hall, den = read(tmp_path, GOOD).rooms
    assert den.policy == Policy(min_minutes=60, max_minutes=480)
    assert hall.policy == Policy(
        min_minutes=60, max_minutes=480, lead_time=LeadTime(working_days=3), approval="staff"
    )


def test_policies_may_be_left_out(tmp_path: Path) -> None:
    start, end = GOOD.index("  policies:"), GOOD.index("  rooms:")
    text = (GOOD[:start] + GOOD[end:]).replace("      policy: slow\n", "")
    assert read(tmp_path, text).rooms[0].policy == Policy()


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        (date(2026, 6, 8), ["08:00-12:00", "13:00-20:00"]),
        (date(2026, 6, 6), []),  # said to be closed
        (date(2026, 6, 7), []),  # not said at all
        (date(2026, 7, 6), ["10:00-18:00"]),
        (date(2026, 7, 7), []),
        (date(2026, 11, 11), ["18:00-02:00"]),
        (date(2026, 12, 25), []),
    ],
)
def test_hours_are_read(tmp_path: Path, day: date, spans: list[str]) -> None:
    hours = read(tmp_path, GOOD).rooms[1].hours
    assert [str(span) for span in hours.on(day).spans] == spans


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "message"),
    [
        ("country: PL", "country: XX", 5, "country", "no public holidays are known"),
        ("country: PL", "country: PL\nsubdivision: Nowhere", 6, "subdivision", "no part called"),
        (
            "address: Long Street 1",
            "adress: Long Street 1",
            11,
            "buildings[0].adress",
            "did you mean “address”",
        ),
        ("mon-fri", "mon-fry", 18, "hours.default.week.mon-fry", "is no weekday; did you mean “fri”"),
        ("mon-fri", "fri-mon", 18, "hours.default.week.fri-mon", "runs backwards"),
        ("sat: closed", "fri: [08:00-09:00]", 19, "hours.default.week.fri", "second time"),
        ("sat: closed", "sat: no", 19, "hours.default.week.sat", "must be closed"),
        ("sat: closed", "sat: 08:00-20:00", 19, "hours.default.week.sat", "a list such as"),
        ("sat: closed", "sat:", 19, "hours.default.week.sat", "is empty; write closed"),
        ("sat: closed", "sat: []", 19, "hours.default.week.sat", "must be closed"),
        ("sat: closed", "sat: [8-20]", 19, "hours.default.week.sat[0]", "write hours as 08:00-21:00"),
        ("sat: closed", "sat: [1200]", 19, "hours.default.week.sat[0]", "write hours as 08:00-21:00"),
        ("sat: closed", "sat: [20:00-25:00]", 19, "hours.default.week.sat[0]", "past midnight, write"),
        ("13:00-20:00", "11:00-20:00", 18, "hours.default.week.mon-fri[1]", "they overlap 08:00-12:00"),
        ("from: 07-01", "from: 07-41", 21, "hours.default.seasons[0].from", "there is no day 07-41"),
        ("from: 07-01", "from: 2027-07-01", 21, "hours.default.seasons[0].from", "both days with a year"),
        ("from: 07-01, ", "", 21, "hours.default.seasons[0]", "needs either date, or from and to"),
        ("date: 2026-11-11", "date: 11.11.2026", 23, "hours.default.exceptions[0].date", "write a day as"),
        ("date: 2026-11-11", "date: 2026-02-29", 23, "hours.default.exceptions[0].date", "there is no day"),
        ("hours: [18:00-02:00], ", "", 23, "hours.default.exceptions[0].hours", "is missing; add the hours"),
        ("min_minutes: 60", "min_minutes: 0", 25, "policies.default.min_minutes", "must be from 1 to"),
        (
            "min_minutes: 60",
            "min_minutes: '60'",
            25,
            "policies.default.min_minutes",
            "a whole number, without quotes",
        ),
        ("min_minutes: 60", "min_minutes: 60.5", 25, "policies.default.min_minutes", "a whole number"),
        ("min_minutes: 60", "min_minutes: true", 25, "policies.default.min_minutes", "a whole number"),
        ("min_minutes: 60", "min_minutes: 481", 25, "policies.default", "more than max_minutes 480"),
        (
            "min_minutes: 60",
            "min_minute: 60",
            25,
            "policies.default.min_minute",
            "did you mean “min_minutes”",
        ),
        ("working_days: 3", "working_days: 3, hours: 2", 26, "policies.slow.lead_time", "needs either"),
        ("working_days: 3", "days: 3", 26, "policies.slow.lead_time.days", "is not a known key"),
        ("approval: staff", "approval: maybe", 26, "policies.slow.approval", "must be one of: none, staff"),
        ("slug: hall", "slug: Hall", 28, "rooms[0].slug", "small letters"),
        ("      name: Hall\n", "", 28, "rooms[0].name", "is missing"),
        ("name: Hall", "name: {pl: Hala}", 29, "rooms[0].name.en", "add the text in this language"),
        (
            "building: house\n      capacity: 40",
            "building: hause\n      capacity: 40",
            30,
            "rooms[0].building",
            "“house”",
        ),
        ("capacity: 40", "capacity: many", 31, "rooms[0].capacity", "a whole number"),
        ("capacity: 40", "capacity: 39", 32, "rooms[0].layouts.rows", "seats 40, more than"),
        ("{rows: 40, circle: 20}", "{rowz: 40}", 32, "rooms[0].layouts.rowz", "did you mean “rows”"),
        ("{rows: 40, circle: 20}", "[rows]", 32, "rooms[0].layouts", "must be a mapping"),
        ("[projector]", "[projektor]", 33, "rooms[0].features[0]", "did you mean “projector”"),
        ("[projector]", "projector", 33, "rooms[0].features", "must be a list"),
        ("[lift]", "[stairs]", 34, "rooms[0].accessibility[0]", "not described in this file"),
        ("[{alt: Rows of chairs}]", "[{source: a.jpg}]", 35, "rooms[0].photos[0].alt", "is missing"),
        ("policy: slow", "policy: fast", 36, "rooms[0].policy", "not described in this file"),
        ("slug: den", "slug: hall", 37, "rooms[1].slug", "second time"),
        ("capacity: 6", "capacity: 6\n      hours: nights", 41, "rooms[1].hours", "known here: default"),
    ],
)
def test_a_mistake_is_told_by_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str, message: str
) -> None:
    assert old in GOOD
    with pytest.raises(CentreFileError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    found = [
        (mistake.line, mistake.field.removeprefix("booking."), mistake.message)
        for mistake in caught.value.mistakes
    ]
    assert any(at == line and name == field and message in text for at, name, text in found), found


def test_all_mistakes_of_a_section_are_told_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("sat: closed", "sat: open")
        .replace("capacity: 6", "capacity: six")
        .replace("rows: 40", "rows: 0")
    )
    with pytest.raises(CentreFileError) as caught:
        read(tmp_path, text)
    assert [mistake.line for mistake in caught.value.mistakes] == [19, 32, 40]
