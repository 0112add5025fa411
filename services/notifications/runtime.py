"""The parts that jobs work with, put together from the settings when the first job needs them."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from services.kernel.centre import Centre, load_centre_file
from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.settings import SettingsError
from services.notifications.clients.mail_folder import MailFolder
from services.notifications.clients.mail_server import STEP_SECONDS, WHOLE_SECONDS, SmtpClient
from services.notifications.clients.sender import Sender
from services.notifications.domain.addresses import sendable
from services.notifications.domain.message import Person
from services.notifications.rendering.renderer import Renderer
from services.notifications.settings import Settings, settings_from_environment

# Longer than the longest conversation with a mail server, so that a living worker never loses its claim.
LEASE = timedelta(minutes=3)


@dataclass(frozen=True)
class Parts:
    """What every job needs. `chance` gives numbers in [0, 1); `keep` is how long personal data is kept."""

    database: Database
    clock: Clock
    renderer: Renderer
    sender: Sender
    mail_from: Person
    reply_to: Person | None
    language: str
    keep: timedelta = timedelta(days=90)
    lease: timedelta = LEASE
    chance: Callable[[], float] = random.random


def build_parts(settings: Settings) -> Parts:
    """The parts that the settings ask for.

    Raises CentreFileError when the centre file cannot be used, SettingsError when its address cannot.
    """
    centre = load_centre_file(settings.centre)
    contact = contact_of(centre)
    return Parts(
        database=Database(settings.database_url),
        clock=settings.clock,
        renderer=Renderer(centre),
        sender=build_sender(settings),
        mail_from=settings.mail_from or contact,
        reply_to=contact if settings.mail_from else None,
        language=centre.languages[0],
        keep=timedelta(days=settings.keep_days),
    )


def contact_of(centre: Centre) -> Person:
    """Who writes and who gets the answers, where nothing else is set."""
    try:
        return Person(centre.name[centre.languages[0]], sendable(centre.contact.email))
    except ValueError:
        fault = (
            f'CAMP_CENTRE: no mail can be sent from "{centre.contact.email}"; give another contact address'
        )
        raise SettingsError([fault]) from None


def build_sender(settings: Settings, *, step: float = STEP_SECONDS, whole: float = WHOLE_SECONDS) -> Sender:
    """The mail server if one is set, else the mail folder; how long the server may take, in seconds."""
    if settings.mail_server is not None:
        return SmtpClient(settings.mail_server, step=step, whole=whole)
    return MailFolder(settings.mail_dir)


class _Held:
    """The parts of this process, built once."""

    def __init__(self) -> None:
        self._parts: Parts | None = None
        self._lock = Lock()

    def get(self) -> Parts:
        with self._lock:
            if self._parts is None:
                self._parts = build_parts(settings_from_environment())
            return self._parts

    def put(self, parts: Parts | None) -> Parts | None:
        with self._lock:
            before, self._parts = self._parts, parts
            return before


_held = _Held()


def current_parts() -> Parts:
    """The parts that jobs of this process work with, built when they are first needed."""
    return _held.get()


@contextmanager
def working_with(parts: Parts) -> Iterator[None]:
    """Let jobs work with these parts meanwhile."""
    before = _held.put(parts)
    try:
        yield
    finally:
        _held.put(before)
