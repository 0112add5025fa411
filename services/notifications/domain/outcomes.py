"""What can come of one attempt to deliver."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """The mail server took the message over."""


@dataclass(frozen=True)
class Kept:
    """The message lies in the mail folder."""


@dataclass(frozen=True)
class Refused:
    """Refused for good: another attempt would be refused as well."""

    reason: str


@dataclass(frozen=True)
class TryLater:
    """Refused for now. `everyone` says that the trouble is the door, not this message."""

    reason: str
    everyone: bool = False


Outcome = Sent | Kept | Refused | TryLater
