"""What booking asks notifications to say is what its templates want, to the letter."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from marshmallow import RAISE, ValidationError

import services.booking.usecases
from services.booking.db.models import CentreRow, Reservation, Room
from services.booking.schemas.reservation_requests import Email
from services.booking.usecases.links import Links
from services.booking.usecases.tell import tell_person
from services.kernel.ids import new_id
from services.notifications.domain.addresses import sendable
from services.notifications.rendering.renderer import Renderer
from services.notifications.schemas.message_request import MessageRequestSchema
from services.notifications.templates import TEMPLATES
from services.notifications.usecases.draft_delivery import draft_delivery
from tests.unit.notifications.centre import CENTRE, NAMES

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
MORE: dict[str, dict[str, Any]] = {
    "reservation_confirm_link": {"confirm_by": (NOW + timedelta(hours=1)).isoformat()},
    "reservation_confirmed": {"calendar": "REQUEST"},
    "reservation_cancelled": {"calendar": "CANCEL", "reason": "Awaria ogrzewania"},
    "reservation_declined": {"reason": ""},
    "reservation_reminder": {"not_after": NOW + timedelta(days=6)},
}


class Recorder:
    """Stands where the session does, and keeps the events."""

    def __init__(self) -> None:
        self.payloads: list[dict[str, Any]] = []

    def add(self, event: Any) -> None:
        """Keep the event's payload."""
        self.payloads.append(event.payload)


def asked_for(template: str, **changes: Any) -> dict[str, Any]:
    """The request that booking records for a template."""
    contact = {"name": NAMES, "email": "camp@example.org", "phone": "", "address": "", "url": ""}
    centre = CentreRow(slug="test-camp", name=NAMES, time_zone="Europe/Warsaw", contact=contact)
    room = Room(name={"pl": "Sala", "en": "Hall", "uk": "Зала"}, building={"address": "ul. Testowa 1"})
    reservation = Reservation(
        **{
            "id": new_id(),
            "room": room,
            "starts_at": NOW + timedelta(days=6),
            "ends_at": NOW + timedelta(days=6, hours=2),
            "title": "Zebranie",
            "contact_name": "Żaneta Ćwięk",
            "contact_email": "zaneta@example.org",
            "contact_phone": None,
            "language": "uk",
            "subject": None,
            "link_generation": 1,
            "sequence": 0,
            **changes,
        }
    )
    recorder = Recorder()
    links = Links("s" * 40, "http://localhost:8080")
    tell_person(
        recorder, reservation, template, centre=centre, links=links, now=NOW, **MORE.get(template, {})
    )
    (payload,) = recorder.payloads
    return payload


@given(st.emails() | st.from_regex(r"[a-z.+_'-]{1,8}@[a-ząćęłńóśźż-]{1,8}\.[a-z]{2,4}", fullmatch=True))
def test_whoever_booking_takes_an_address_from_can_be_written_to(address):
    try:
        taken = Email().deserialize(address)
    except ValidationError:
        reject()
    assert "@" in sendable(taken)


def test_booking_asks_for_every_template_and_for_no_other():
    calls = re.compile(r'tell_person\([^"]*"(\w+)"')
    folder = Path(services.booking.usecases.__file__).parent
    named = {slug for file in folder.glob("*.py") for slug in calls.findall(file.read_text())}
    assert named == set(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_request_holds_what_is_asked_and_nothing_else(template):
    payload = asked_for(template)
    assert MessageRequestSchema(unknown=RAISE).validate(payload) == {}
    assert TEMPLATES[template].parameters(unknown=RAISE).validate(payload["params"]) == {}


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("email", ["zaneta@example.org", None])
def test_the_request_becomes_a_message(template, email):
    payload = asked_for(template, contact_email=email, contact_phone="+48 600 000 000")
    draft = draft_delivery(payload, renderer=Renderer(CENTRE), language="pl", request_id=None, now=NOW)
    assert draft.last_error is None
    assert draft.state == ("waiting" if email else "skipped")
    assert draft.language == "uk"
    assert "Зала" in draft.text
