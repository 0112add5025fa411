"""Mistakes that no field of the booking section shows alone: dead names and numbers that disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.booking.centre_file.policies import DEFAULT, read_policy
from services.kernel.centre import Mistake, Section
from services.kernel.centre.fields import nearest

_MANY = ("layouts", "features", "accessibility")


def find_mistakes(section: Section, data: Mapping[str, Any]) -> Iterator[Mistake]:
    """Every such mistake in the section's loaded `data`."""
    yield from _check_doubles(section, "buildings", data["buildings"])
    yield from _check_doubles(section, "rooms", data["rooms"])
    yield from _check_policies(section, data["policies"])
    for index, room in enumerate(data["rooms"]):
        yield from _check_names(section, data, index, room)
        yield from _check_layouts(section, index, room)


def _check_doubles(section: Section, key: str, items: Sequence[Mapping[str, Any]]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item["slug"] in seen:
            yield section.mistake(
                (key, index, "slug"), f"“{item['slug']}” is here for the second time; rename one"
            )
        seen.add(item["slug"])


def _check_policies(section: Section, policies: Mapping[str, Mapping[str, Any]]) -> Iterator[Mistake]:
    for name in policies:
        policy = read_policy(name, policies)
        if policy.min_minutes > policy.max_minutes:
            yield section.mistake(
                ("policies", name),
                f"min_minutes {policy.min_minutes} is more than max_minutes {policy.max_minutes}; change one",
            )


def _check_names(
    section: Section, data: Mapping[str, Any], index: int, room: Mapping[str, Any]
) -> Iterator[Mistake]:
    buildings = [building["slug"] for building in data["buildings"]]
    known = {
        "building": buildings,
        "hours": list(data["hours"]),
        "policy": [*{DEFAULT: None, **data["policies"]}],
    }
    for field, names in known.items():
        if room[field] not in names:
            yield section.mistake(("rooms", index, field), _leads_nowhere(room[field], names))
    for field in _MANY:
        for position, name in enumerate(room[field]):
            if name not in data[field]:
                step = name if field == "layouts" else position
                yield section.mistake(("rooms", index, field, step), _leads_nowhere(name, list(data[field])))


def _check_layouts(section: Section, index: int, room: Mapping[str, Any]) -> Iterator[Mistake]:
    for name, capacity in room["layouts"].items():
        if capacity > room["capacity"]:
            yield section.mistake(
                ("rooms", index, "layouts", name),
                f"seats {capacity}, more than the room's capacity of {room['capacity']}; change one",
            )


def _leads_nowhere(name: str, known: Sequence[str]) -> str:
    return f"“{name}” is not described in this file{nearest(name, known)}"
