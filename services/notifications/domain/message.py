"""A message ready to be sent, as values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Person:
    """Somebody with an e-mail address; the name may be empty."""

    name: str
    email: str


@dataclass(frozen=True)
class CalendarEntry:
    """An iCalendar object and its iTIP method (REQUEST or CANCEL)."""

    method: str
    content: str


@dataclass(frozen=True)
class Wording:
    """What the recipient reads: a subject in one line, and the same message as text and as HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Message:
    """Everything that an e-mail is built from; the same message always builds the same e-mail."""

    id: UUID
    recipient: Person
    language: str
    wording: Wording
    calendar: CalendarEntry | None
    created_at: datetime


@dataclass(frozen=True)
class Letter:
    """A finished e-mail for one recipient: the addresses on its envelope and its octets."""

    delivery_id: UUID
    created_at: datetime
    sender: str
    recipient: str
    content: bytes
