"""Which lines of the parts reach the terminal."""

import io

import pytest

from deploy.embedded.supervision.terminal import Terminal, shorten_warning


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('{"level": "info", "event": "request"}', None),
        ("Traceback (most recent call last):", None),
        ("{broken", None),
        ('["level"]', None),
        ('{"level": "warning", "event": "queue_away", "service": "relay"}', "warning queue_away"),
        ('{"level": "error", "event": "lost", "part": 3}', "error lost part=3"),
    ],
)
def test_only_warnings_are_shown(line: str, shown: str | None) -> None:
    assert shorten_warning(line) == shown


def test_everything_is_shown_on_request() -> None:
    stream = io.StringIO()
    Terminal(stream, verbose=True).show_part_line("booking", b"anything")
    assert stream.getvalue() == "booking       | anything\n"


def test_a_closed_terminal_is_no_fault() -> None:
    stream = io.StringIO()
    terminal = Terminal(stream)
    stream.close()
    terminal.say("one")
    terminal.say("two")
