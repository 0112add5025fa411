"""What the set-up task tells the supervisor: a JSON object on each line it prints."""

import json
from collections.abc import Callable

KINDS = ("step", "fault", "demo")


def tell(kind: str, text: str) -> None:
    """Tell a step to show, a fault that ends the set-up, or the demo accounts (called in the task)."""
    print(json.dumps({"camp": kind, "text": text}), flush=True)


class Report:
    """Takes the task's lines: steps are shown, faults and demo accounts kept, others are left to the log."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self.faults: list[str] = []
        self.demo_accounts: str | None = None
        self._show = show

    def take_line(self, line: str) -> None:
        """Take in one line."""
        try:
            told = json.loads(line)
        except ValueError:
            return
        if not isinstance(told, dict) or told.get("camp") not in KINDS:
            return
        text = str(told["text"])
        if told["camp"] == "fault":
            self.faults.append(text)
        elif told["camp"] == "demo":
            self.demo_accounts = text
        else:
            self._show(text)
