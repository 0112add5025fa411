"""From the booking section of a centre file to the domain's values, or to its mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.booking.centre_file.hours import CLOSED, read_days
from services.booking.centre_file.policies import DEFAULT, read_policy
from services.booking.centre_file.references import find_mistakes
from services.booking.centre_file.schema import BookingSchema
from services.booking.domain.hours import ExceptionDay, OpeningHours, Season
from services.booking.domain.public_holidays import PublicHolidays
from services.booking.domain.room import (
    BookingDefinition,
    BuildingDefinition,
    Layout,
    NamedThing,
    Photo,
    RoomDefinition,
)
from services.kernel.centre import Centre, CentreFileError
from services.kernel.centre.mistakes import mistake_at

SECTION = "booking"


def read_booking(centre: Centre) -> BookingDefinition:
    """The buildings and rooms of a centre; CentreFileError names every mistake with its line."""
    section = centre.sections[SECTION]
    holidays = _read_holidays(centre)
    data = section.load(BookingSchema())
    section.refuse(find_mistakes(section, data))
    hours = {name: _read_hours(said, holidays) for name, said in data["hours"].items()}
    policies = {DEFAULT: {}, **data["policies"]}
    return BookingDefinition(
        buildings=tuple(BuildingDefinition(**building) for building in data["buildings"]),
        rooms=tuple(_read_room(room, data, hours[room["hours"]], policies) for room in data["rooms"]),
    )


def _read_holidays(centre: Centre) -> PublicHolidays:
    try:
        return PublicHolidays(centre.country, centre.subdivision)
    except ValueError as error:
        section = centre.sections[SECTION]
        field = "country" if centre.subdivision is None else "subdivision"
        raise CentreFileError(section.file, [mistake_at(section.document, (field,), str(error))]) from error


def _read_hours(said: Mapping[str, Any], holidays: PublicHolidays) -> OpeningHours:
    return OpeningHours(
        weekly=said["week"],
        seasons=tuple(Season(read_days(season), season["week"]) for season in said["seasons"]),
        exceptions=tuple(
            ExceptionDay(read_days(rule), rule["hours"], rule["reason"]) for rule in said["exceptions"]
        ),
        holidays=holidays,
        closed_on_holidays=said["public_holidays"] == CLOSED,
    )


def _read_room(
    room: Mapping[str, Any], data: Mapping[str, Any], hours: OpeningHours, policies: Mapping[str, Any]
) -> RoomDefinition:
    return RoomDefinition(
        slug=room["slug"],
        name=room["name"],
        description=room["description"],
        building=room["building"],
        capacity=room["capacity"],
        hours=hours,
        policy=read_policy(room["policy"], policies),
        layouts=tuple(
            Layout(slug, data["layouts"][slug], capacity) for slug, capacity in room["layouts"].items()
        ),
        features=tuple(NamedThing(slug, data["features"][slug]) for slug in room["features"]),
        accessibility=tuple(NamedThing(slug, data["accessibility"][slug]) for slug in room["accessibility"]),
        photos=tuple(Photo(photo["source"], photo["alt"]) for photo in room["photos"]),
    )
