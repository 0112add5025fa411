"""Draft the delivery of a message that was asked for: render it, or say why it can never be sent."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from services.kernel.languages import LANGUAGES
from services.notifications.db.models import Delivery
from services.notifications.domain.addresses import sendable
from services.notifications.domain.calendar_entry import check_calendar_entry
from services.notifications.domain.message import CalendarEntry
from services.notifications.domain.states import State
from services.notifications.domain.texts import one_line
from services.notifications.rendering.renderer import Renderer
from services.notifications.schemas.message_request import (
    MalformedMessage,
    MessageRequestSchema,
    load_or_refuse,
)
from services.notifications.templates import TEMPLATES
from services.notifications.usecases.close_delivery import storable

NO_TEMPLATE = "unknown"
# Requests without an id of their own get one from their content, so that repeats are recognised.
_NAMELESS = UUID("5d0c6a0e-7a1c-4d5e-9a38-6f2f0a3f8a01")


def draft_delivery(
    payload: Any, *, renderer: Renderer, language: str, request_id: str | None, now: datetime
) -> Delivery:
    """A new delivery, not yet stored. `language` serves where the suite does not speak the one asked for."""
    try:
        _check_text(payload)
        delivery = _drafted(load_or_refuse(MessageRequestSchema(), payload), renderer, language, now)
    except MalformedMessage as malformed:
        delivery = _refused(payload, language, str(malformed), now)
    delivery.request_id = request_id
    return delivery


def _check_text(payload: Any) -> None:
    """JSON can spell halves of characters, which no store and no mail can hold."""
    try:
        json.dumps(payload, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError as error:
        raise MalformedMessage("request: it holds text that is not Unicode") from error


def _drafted(request: Mapping[str, Any], renderer: Renderer, language: str, now: datetime) -> Delivery:
    template = TEMPLATES.get(request["template"])
    if template is None:
        raise MalformedMessage(f"template: there is no {request['template']}")
    parameters = load_or_refuse(template.parameters(), request["params"], place="params")
    calendar = _calendar(request["ics"])
    spoken = request["language"] if request["language"] in LANGUAGES else language
    wording = renderer.render(template, parameters, language=spoken, calendar=calendar)
    delivery = Delivery(
        id=request["message_id"],
        template=template.slug,
        reservation_id=request["reservation_id"],
        language=spoken,
        subject=wording.subject,
        text=wording.text,
        html=wording.html,
        calendar_method=calendar and calendar.method,
        calendar=calendar and calendar.content,
        not_after=request["not_after"] or template.not_after(parameters),
        attempts=0,
        tries=0,
        created_at=now,
    )
    _address(delivery, request["recipient"])
    _place(delivery, now)
    return delivery


def _calendar(given: Mapping[str, str] | None) -> CalendarEntry | None:
    if given is None:
        return None
    entry = CalendarEntry(given["method"], given["content"])
    try:
        check_calendar_entry(entry)
    except ValueError as error:
        raise MalformedMessage(f"ics: {error}") from error
    return entry


def _address(delivery: Delivery, recipient: Mapping[str, str | None]) -> None:
    email = (recipient["email"] or "").strip()
    delivery.recipient_name = recipient["name"] or None
    delivery.recipient_email = sendable(email) if email else None
    delivery.recipient_phone = recipient["phone"] or None


def _place(delivery: Delivery, now: datetime) -> None:
    if delivery.recipient_email is None:
        delivery.state = State.SKIPPED
    elif delivery.not_after is not None and delivery.not_after <= now:
        delivery.state = State.WITHDRAWN
    else:
        delivery.state = State.WAITING
        delivery.next_attempt_at = now


def _refused(payload: Any, language: str, reason: str, now: datetime) -> Delivery:
    """A failed delivery that keeps of the request what can be read, so that staff see whom it was for."""
    request = payload if isinstance(payload, Mapping) else {}
    recipient = request.get("recipient")
    recipient = recipient if isinstance(recipient, Mapping) else {}
    return Delivery(
        id=_id_of(request.get("message_id"), payload),
        template=_readable(request.get("template"), 64) or NO_TEMPLATE,
        language=language,
        recipient_name=_readable(recipient.get("name"), 200),
        recipient_email=_readable(recipient.get("email"), 320),
        recipient_phone=_readable(recipient.get("phone"), 64),
        state=State.FAILED,
        attempts=0,
        tries=0,
        last_error=storable(f"the message was asked for in a way that cannot be sent: {reason}"),
        created_at=now,
    )


def _id_of(given: Any, payload: Any) -> UUID:
    try:
        return UUID(given)
    except (ValueError, AttributeError, TypeError):
        return uuid5(_NAMELESS, json.dumps(payload, sort_keys=True, default=str))


def _readable(value: Any, length: int) -> str | None:
    """What can be stored of a value that may be anything."""
    return one_line(value)[:length] or None if isinstance(value, str) else None
