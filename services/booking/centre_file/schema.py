"""How buildings and rooms are written in a centre file."""

from __future__ import annotations

from services.booking.centre_file.hours import HoursSchema
from services.booking.centre_file.policies import DEFAULT, PolicySchema
from services.kernel.centre.fields import CentreSchema, Keyed, ListOf, Part, Slug, TextsField, Whole, Word

_MOST_PEOPLE = 100_000


class BuildingSchema(CentreSchema):
    """Where rooms are."""

    slug = Slug(required=True)
    name = TextsField(required=True)
    address = Word(required=True)
    directions = TextsField(load_default=dict)


class PhotoSchema(CentreSchema):
    """A picture, or the place for one, and what to say to those who do not see it."""

    source = Word(load_default="")
    alt = TextsField(required=True)


class RoomSchema(CentreSchema):
    """A room; what it has is named by the slugs of the vocabularies."""

    slug = Slug(required=True)
    name = TextsField(required=True)
    description = TextsField(load_default=dict)
    building = Slug(required=True)
    capacity = Whole(1, _MOST_PEOPLE, required=True)
    layouts = Keyed(Whole(1, _MOST_PEOPLE), load_default=dict)
    features = ListOf(Slug(), load_default=list)
    accessibility = ListOf(Slug(), load_default=list)
    photos = ListOf(Part(PhotoSchema), load_default=list)
    hours = Slug(load_default=DEFAULT)
    policy = Slug(load_default=DEFAULT)


class BookingSchema(CentreSchema):
    """The section `booking`: vocabularies, sets of hours and policies by name, buildings, rooms."""

    buildings = ListOf(Part(BuildingSchema), required=True)
    layouts = Keyed(TextsField(), load_default=dict)
    features = Keyed(TextsField(), load_default=dict)
    accessibility = Keyed(TextsField(), load_default=dict)
    hours = Keyed(Part(HoursSchema), required=True)
    policies = Keyed(Part(PolicySchema), load_default=dict)
    rooms = ListOf(Part(RoomSchema), required=True)
