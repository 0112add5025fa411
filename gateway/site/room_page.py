"""The page of one room, for reading and for a booking that could not be made yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext

from gateway import backends
from gateway.centre_info import centre_now, current_centre
from gateway.identity import current_account
from gateway.site.alternatives import Choice, make_choices
from gateway.site.booking_choices import offer_choices, usual_minutes
from gateway.site.booking_form import BookingForm
from gateway.site.booking_times import hours_of, write_clock
from gateway.site.form_problems import Refused
from gateway.site.people import organization_choices
from gateway.site.standings import find_standing
from gateway.views.moments import Span, monday_of, read_date, wall_minutes
from gateway.views.room_facts import main_plan, photo_of
from gateway.views.standing import Standing, standing_today
from gateway.views.week import WeekView, read_week
from gateway.wording import policy_sentences, standing_words
from services.kernel.web import caller


@dataclass(frozen=True)
class Refusal:
    """Why a slot is not to be had, in sentences, and the choices that remain."""

    sentences: tuple[str, ...]
    alternatives: list[Choice]


@dataclass(frozen=True)
class RoomData:
    """What the page is made of: the room, and its availability from a Monday for eight days."""

    room: Mapping[str, Any]
    availability: Mapping[str, Any]

    @property
    def week(self) -> WeekView:
        """The seven days that are shown; the eighth only tells whether the last night goes on."""
        seven = {**self.availability, "days": self.availability["days"][:7]}
        return read_week(seven, self.room["policy"], current_centre().zone, centre_now())


def load_room(slug: str, day: date) -> RoomData:
    """The room and the week in which `day` lies."""
    asking, monday = caller(), monday_of(day)
    client = backends.booking()
    return RoomData(
        room=client.room(slug, caller=asking),
        availability=client.availability(slug, str(monday), str(monday + timedelta(days=7)), caller=asking),
    )


def shown_day(text: str | None) -> date:
    """The day that the visitor asked for, today when it is none or over."""
    today = centre_now().date()
    asked = read_date(text)
    return asked if asked is not None and asked >= today else today


def room_page(
    data: RoomData, form: BookingForm, day: date, *, refused: Refused | None = None, status: int = 200
) -> Response:
    """The page; with `refused` or errors in the form it opens with what is wrong."""
    room, week = data.room, data.week
    offer_choices(form, room, hours_of(data.availability), organization_choices())
    standing = _standing(room, week)
    page = render_template(
        "site/room.html",
        room=room,
        week=week,
        form=form,
        general=refused.general if refused else (),
        refusal=_refusal(refused, form, room),
        shown_day=day.isoformat(),
        standing=standing,
        standing_words=standing_words(standing, today=True),
        plan=main_plan(room),
        photo=photo_of(room),
        policy_sentences=policy_sentences(room["policy"]),
        email_hint=_email_hint(),
        first_values=lambda part: _first_values(part, room["policy"]),
    )
    return make_response(page, status)


def _refusal(refused: Refused | None, form: BookingForm, room: Mapping[str, Any]) -> Refusal | None:
    if refused is None or not refused.clashes:
        return None
    rooms = backends.booking().rooms(caller=caller()) if refused.alternatives else []
    return Refusal(refused.clashes, make_choices(refused.alternatives, form, room, rooms))


def _standing(room: Mapping[str, Any], week: WeekView) -> Standing:
    today = next((day for day in week.days if day.is_today), None)
    return standing_today(today, centre_now()) if today else find_standing(room, None)


def _email_hint() -> str:
    if current_account():
        return gettext("We send the confirmation and a reminder here.")
    return gettext("We send a link to confirm, the calendar entry and a reminder here.")


def _first_values(part: Span, policy: Mapping[str, Any]) -> dict[str, str]:
    """Start and end that a free span puts into the form: the usual length, as far as the span allows."""
    day, step = part.start.date(), policy["start_step_minutes"]
    last = 24 * 60 if part.ends_at_midnight else wall_minutes(part.end, day)
    start = -(-wall_minutes(part.start, day) // step) * step
    return {"start": write_clock(start), "end": write_clock(min(start + usual_minutes(policy), last))}
