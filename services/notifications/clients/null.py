"""A way out that leads nowhere, for tests: it remembers what was given and answers as told."""

from services.notifications.domain.message import Letter
from services.notifications.domain.outcomes import Outcome, Sent


class NullSender:
    """Takes every letter; answers with the outcomes handed over, in turn, then with Sent."""

    def __init__(self, *answers: Outcome) -> None:
        self._answers = list(answers)
        self.letters: list[Letter] = []

    def deliver(self, letter: Letter) -> Outcome:
        """Remember the letter and give the next answer."""
        self.letters.append(letter)
        return self._answers.pop(0) if self._answers else Sent()

    def fault(self) -> str | None:
        """Nothing ever stands against it."""
        return None
