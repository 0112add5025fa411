"""What the person at the terminal sees: our own steps, and the warnings of the parts."""

import json
from typing import TextIO

from deploy.embedded.supervision.logfile import LogFile

SHOWN_LEVELS = frozenset({"warning", "error", "critical"})
WIDEST_NAME = 13
LEFT_OUT = frozenset({"event", "level", "time", "service"})


class Terminal:
    """Writes to a stream and to the supervisor's own log file; `verbose` shows every line of every part."""

    def __init__(self, stream: TextIO | None, log: LogFile | None = None, *, verbose: bool = False) -> None:
        self._stream = stream
        self._log = log
        self._verbose = verbose

    def say(self, text: str) -> None:
        """Tell something, in one or more lines."""
        for line in text.split("\n"):
            self._print(line)
            if self._log:
                self._log.write(line.encode())

    def show_part_line(self, part: str, line: bytes) -> None:
        """Show a part's line when it is a warning or worse; the part's own log file has all of them."""
        text = line.decode("utf-8", "replace").rstrip()
        shown = text if self._verbose else shorten_warning(text)
        if shown:
            self._print(f"{part:<{WIDEST_NAME}} | {shown}")

    def leave(self) -> None:
        """Stop writing to the stream: from now on only the log file is written."""
        self._stream = None

    def _print(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            print(text, file=self._stream, flush=True)
        except (OSError, ValueError):  # the terminal was closed: go on without it
            self._stream = None


def shorten_warning(text: str) -> str | None:
    """A structured log line of level warning or worse as a person reads it; None for any other line."""
    if not text.startswith("{"):
        return None
    try:
        fields = json.loads(text)
    except ValueError:
        return None
    if not isinstance(fields, dict) or fields.get("level") not in SHOWN_LEVELS:
        return None
    told = " ".join(f"{name}={value}" for name, value in fields.items() if name not in LEFT_OUT)
    return f"{fields['level']} {fields.get('event', '')} {told}".split("\n")[0].rstrip()[:500]
