"""The demo centre: complete, plainly a demo, and open when people have time."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.booking.centre_file import read_booking
from services.booking.domain.policy import LeadTime
from services.booking.domain.room import BookingDefinition, RoomDefinition
from services.kernel.centre import Centre, CentreFileError, Mistake, load_centre_file

FILE = Path(__file__).parents[3] / "deploy" / "centres" / "poznan-camp.yaml"


@pytest.fixture(scope="module")
def centre() -> Centre:
    return load_centre_file(FILE)


@pytest.fixture(scope="module")
def booking(centre: Centre) -> BookingDefinition:
    return read_booking(centre)


def room(booking: BookingDefinition, slug: str) -> RoomDefinition:
    return next(room for room in booking.rooms if room.slug == slug)


def test_it_is_plainly_a_demo(centre: Centre) -> None:
    assert centre.demo
    assert centre.contact.email.endswith(".test")
    assert all(
        word in centre.name[language] for language, word in [("pl", "pokaz"), ("en", "demo"), ("uk", "демо")]
    )


def test_every_room_speaks_every_language_of_its_own(booking: BookingDefinition) -> None:
    for item in booking.rooms:
        texts = [item.name, item.description, *(photo.alt for photo in item.photos)]
        assert all(len(set(text.values())) == 3 for text in texts), item.slug
        assert item.features, item.slug
        assert item.accessibility, item.slug
        assert item.photos, item.slug


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        (date(2026, 10, 14), ["08:00-22:00"]),
        (date(2026, 10, 17), ["09:00-21:00"]),
        (date(2026, 10, 18), ["10:00-18:00"]),
        (date(2026, 7, 15), ["09:00-21:00"]),
        (date(2026, 11, 11), []),
        (date(2026, 12, 24), []),
        (date(2026, 12, 25), []),
        (date(2026, 12, 31), ["08:00-14:00"]),
    ],
)
def test_its_rooms_are_open_in_the_evening_and_at_weekends(
    booking: BookingDefinition, day: date, spans: list[str]
) -> None:
    assert [str(span) for span in room(booking, "sala-cybina").hours.on(day).spans] == spans


def test_the_large_room_needs_staff_and_the_studio_needs_time(booking: BookingDefinition) -> None:
    assert room(booking, "sala-warta").policy.approval == "staff"
    assert room(booking, "studio-sluza").policy.lead_time == LeadTime(working_days=2)
    assert room(booking, "sala-bogdanka").policy.approval == "none"


def test_every_room_can_be_booked_on_some_day_ahead(booking: BookingDefinition, centre: Centre) -> None:
    now = datetime(2026, 10, 14, 12, tzinfo=centre.zone)
    for item in booking.rooms:
        hours = item.hours.whole_day(date(2026, 10, 21), centre.zone)
        assert hours is not None
        assert hours.start > now
        assert item.policy.min_minutes <= item.policy.max_minutes


LINES = FILE.read_text(encoding="utf-8").splitlines()
odd = st.one_of(
    st.sampled_from(
        [
            "",
            "~",
            "no",
            "12",
            "-1",
            "1.5",
            "[]",
            "{}",
            "[[]]",
            "{a: {b: c}}",
            "&a [*a]",
            "'",
            "!x y",
            "2026-02-30",
        ]
    ),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(
    number=st.integers(0, len(LINES) - 1),
    value=odd,
    change=st.sampled_from(["value", "line", "gone", "twice"]),
)
def test_whatever_is_wrong_in_one_line_is_told_as_a_mistake(
    tmp_path_factory: pytest.TempPathFactory, number: int, value: str, change: str
) -> None:
    line = LINES[number]
    new = {
        "value": [f"{line.partition(':')[0]}: {value}"],
        "line": [value],
        "gone": [],
        "twice": [line, line],
    }[change]
    file = tmp_path_factory.getbasetemp() / "changed.yaml"
    file.write_text(
        "\n".join([*LINES[:number], *new, *LINES[number + 1 :]]), encoding="utf-8", errors="surrogatepass"
    )
    assert all(mistake.line for mistake in _mistakes_of(file))


def _mistakes_of(file: Path) -> list[Mistake]:
    try:
        read_booking(load_centre_file(file))
    except CentreFileError as error:
        return error.mistakes
    return []
