"""What the tests' workers run."""

from pathlib import Path
from typing import Any


def write_down(payload: dict[str, Any]) -> None:
    """Add a line to the payload's file."""
    with Path(payload["file"]).open("a") as file:
        file.write(f"{payload['word']}\n")


def fail_first(payload: dict[str, Any]) -> None:
    """Fail while the payload's file is not there, and make it."""
    path = Path(payload["file"])
    if not path.exists():
        path.touch()
        raise RuntimeError("not yet")
    write_down(payload)
