"""A room's answer, arranged for cards and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

KNOWN_PLANS = ("theatre", "classroom", "boardroom", "horseshoe", "islands", "circle")


def plan_of(layout_slug: str) -> str:
    """The drawing that stands for a layout; a generic one where we have none of that name."""
    return layout_slug if layout_slug in KNOWN_PLANS else "open"


def main_plan(room: Mapping[str, Any]) -> str:
    """The drawing for the room as a whole: its first layout's."""
    layouts = room.get("layouts") or []
    return plan_of(layouts[0]["slug"]) if layouts else "open"


def photo_of(room: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The first photo that is there and served by us: the pages load nothing from elsewhere."""
    for photo in room.get("photos") or []:
        source = photo.get("src") or ""
        if source.startswith("/") and not source.startswith("//"):
            return photo
    return None


def features_of(rooms: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Every feature that any of the rooms has, each once, in the order met."""
    found: dict[str, Mapping[str, Any]] = {}
    for room in rooms:
        for feature in room.get("features") or []:
            found.setdefault(feature["slug"], feature)
    return list(found.values())


def fitting(
    rooms: Iterable[Mapping[str, Any]], *, people: int | None, feature: str | None
) -> Sequence[Mapping[str, Any]]:
    """The rooms that seat so many people and have the feature; None asks for nothing."""
    return [
        room
        for room in rooms
        if (people is None or room["capacity"] >= people)
        and (not feature or any(item["slug"] == feature for item in room.get("features") or []))
    ]
