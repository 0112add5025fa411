"""The API as a program uses it, for what a journey needs to find."""

from __future__ import annotations

import email
import re
import time
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast
from uuid import uuid4

from tests.integration.launcher.camp import Camp, wait_for

LINK = re.compile(r"https?://\S+/bookings/[0-9a-f-]{36}\?key=[\w-]+")


@dataclass
class Api:
    """Asks the suite; `mail_link` finds what it sent."""

    suite: Camp

    def book(self, room: str, start: str, end: str, who: str | None = None, **changed: Any) -> dict[str, Any]:
        """A reservation, for a demo account or for a guest."""
        body = {
            "room_id": self.suite.ask(f"/api/v1/rooms/{room}").json["id"],
            "start": start,
            "end": end,
            "title": "A meeting",
            "purpose": "",
            "participants": 4,
            "contact": {"name": "Some Guest", "email": f"guest-{uuid4().hex[:8]}@example.org"},
            "language": "en",
            **changed,
        }
        headers = {"Idempotency-Key": uuid4().hex} | (self.token(who) if who else {})
        answer = self.suite.ask("/api/v1/reservations", body, headers=headers)
        assert answer.status == 201, answer.body
        return dict(answer.json)

    def token(self, who: str) -> dict[str, str]:
        """The header with which a demo account asks."""
        credentials = {"email": f"{who}@demo.test", "password": "demo-demo-demo"}
        token = self.suite.ask("/api/v1/tokens", credentials).json["token"]
        return {"Authorization": f"Bearer {token}"}

    def free_hours(self, room: str, day: str) -> list[tuple[str, str]]:
        """The free spans of a day, as times."""
        answer = self.suite.ask(f"/api/v1/rooms/{room}/availability?from={day}&to={day}").json
        return [(span["start"][11:16], span["end"][11:16]) for span in answer["days"][0]["free"]]

    def mails_to(self, address: str, count: int = 1) -> list[EmailMessage]:
        """The messages to an address, once so many have come."""

        def find() -> list[EmailMessage] | None:
            found = [mail for mail in map(_read, self.suite.mails()) if address in str(mail["To"])]
            return found if len(found) >= count else None

        return cast(list[EmailMessage], wait_for(find, 30))

    def mail_link(self, address: str) -> str:
        """The path of the link in the first message to an address."""
        body = self.mails_to(address)[0].get_body(("plain",))
        assert body is not None
        found = LINK.search(body.get_content())
        assert found is not None, body.get_content()
        return "/bookings/" + found[0].partition("/bookings/")[2]


def _read(path: Any) -> EmailMessage:
    for _ in range(10):
        text = path.read_bytes()
        if text:
            return email.message_from_bytes(text, policy=default)
        time.sleep(0.05)  # just being written
    raise AssertionError(f"{path} stays empty")
