"""What every way out offers."""

from typing import Protocol

from services.notifications.domain.message import Letter
from services.notifications.domain.outcomes import Outcome


class Sender(Protocol):
    """Hands letters over to whoever delivers them."""

    def deliver(self, letter: Letter) -> Outcome:
        """Hand one letter over and say what came of it; never raises for what the other side does."""

    def fault(self) -> str | None:
        """What stands against delivering at this moment, in one line, or None."""
