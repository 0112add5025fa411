"""The list of rooms, with where each stands today or on a chosen day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request, url_for

from gateway import backends
from gateway.centre_info import centre_now
from gateway.site.blueprint import blueprint
from gateway.site.standings import find_standing
from gateway.views.moments import read_date
from gateway.views.room_facts import features_of, fitting, main_plan
from gateway.views.standing import Standing
from gateway.wording import standing_words
from services.kernel.web import allowed, caller


@dataclass(frozen=True)
class Filter:
    """What the visitor asked for; what cannot be read asks for nothing."""

    date: date | None
    people: int | None
    feature: str | None


@dataclass(frozen=True)
class RoomCard:
    """A room in the list."""

    room: Mapping[str, Any]
    standing: Standing
    words: str
    plan: str
    address: str


@blueprint.get("/")
@allowed("anonymous")
def home() -> str:
    """Every room that fits, those with free hours first when a day is chosen."""
    wanted = _read_filter()
    rooms = backends.booking().rooms(caller=caller())
    cards = [_card(room, wanted) for room in fitting(rooms, people=wanted.people, feature=wanted.feature)]
    if wanted.date:
        cards.sort(key=lambda card: not card.standing.has_room)
    return render_template("site/home.html", cards=cards, filter=wanted, features=features_of(rooms))


def _read_filter() -> Filter:
    day, people = read_date(request.args.get("date")), request.args.get("people", type=int)
    today = centre_now().date()
    return Filter(
        date=day if day and day >= today else None,
        people=people if people and 0 < people <= 10_000 else None,
        feature=request.args.get("feature") or None,
    )


def _card(room: Mapping[str, Any], wanted: Filter) -> RoomCard:
    standing = find_standing(room, wanted.date)
    return RoomCard(
        room=room,
        standing=standing,
        words=standing_words(standing, today=wanted.date is None),
        plan=main_plan(room),
        address=url_for("site.room", slug=room["slug"], date=wanted.date),
    )
