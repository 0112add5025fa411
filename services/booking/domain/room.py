"""A room as its centre describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.booking.domain.hours import OpeningHours
from services.booking.domain.policy import Policy
from services.booking.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Seating:
    """How many people fit: at most, and by the slug of each layout."""

    capacity: int
    layouts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A feature or an accessibility fact: a stable slug and its name by language."""

    slug: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to set the room up, with the number of people that it seats."""

    slug: str
    name: Texts
    capacity: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and what to say to those who do not see it; `source` may be empty until there is one."""

    source: str
    alt: Texts


@dataclass(frozen=True, slots=True)
class BuildingDefinition:
    """Where rooms are."""

    slug: str
    name: Texts
    address: str
    directions: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoomDefinition:
    """A room with everything that the centre file says about it."""

    slug: str
    name: Texts
    description: Texts
    building: str
    capacity: int
    hours: OpeningHours
    policy: Policy
    layouts: tuple[Layout, ...] = ()
    features: tuple[NamedThing, ...] = ()
    accessibility: tuple[NamedThing, ...] = ()
    photos: tuple[Photo, ...] = ()

    @property
    def seating(self) -> Seating:
        """What the capacity rules need of the room."""
        return Seating(self.capacity, {layout.slug: layout.capacity for layout in self.layouts})


@dataclass(frozen=True, slots=True)
class BookingDefinition:
    """The booking part of a centre file; buildings and rooms in the order of the file."""

    buildings: tuple[BuildingDefinition, ...]
    rooms: tuple[RoomDefinition, ...]
