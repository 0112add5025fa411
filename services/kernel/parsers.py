"""Parsers for settings: each takes text and raises ValueError with "is not …; give …"."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from services.kernel.clock import Clock, clock_from

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


def text(value: str) -> str:
    """The text without surrounding blanks."""
    return value.strip()


def whole_number(low: int, high: int, what: str = "whole number") -> Callable[[str], int]:
    """A parser of whole numbers from `low` to `high`, both included."""

    def parse(value: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value.strip()) or not low <= int(value) <= high:
            raise ValueError(f"is not a {what}; give a whole number from {low} to {high}")
        return int(value)

    return parse


port = whole_number(1, 65535, "port number")


def seconds(low: float, high: float) -> Callable[[str], float]:
    """A parser of durations in seconds, decimals allowed."""

    def parse(value: str) -> float:
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", value.strip()) or not low <= float(value) <= high:
            raise ValueError(f"is not a number of seconds; give one from {low:g} to {high:g}")
        return float(value)

    return parse


def yes_no(value: str) -> bool:
    """True for yes, true, on, 1; False for no, false, off, 0; in any case of letters."""
    word = value.strip().lower()
    if word not in _YES | _NO:
        raise ValueError("is neither yes nor no; give yes or no")
    return word in _YES


def one_of(*choices: str) -> Callable[[str], str]:
    """A parser that accepts only the given words."""

    def parse(value: str) -> str:
        if value.strip() not in choices:
            raise ValueError(f"is not known; give one of: {', '.join(choices)}")
        return value.strip()

    return parse


def url(*schemes: str) -> Callable[[str], str]:
    """A parser of addresses that start with one of the schemes; a trailing slash is dropped.

    `sqlite` needs no host; every other scheme does.
    """
    given = " or ".join(f"{scheme}://" for scheme in schemes)

    def parse(value: str) -> str:
        fault = ValueError(f"is not an address that can be used; give one that starts with {given}")
        try:
            parts = urlsplit(value.strip())
            has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            raise fault from None
        local = parts.scheme in ("sqlite", "unix") or "host=" in parts.query
        if parts.scheme not in schemes or not (has_host or local):
            raise fault
        return value.strip().rstrip("/")

    return parse


database_url = url("sqlite", "postgresql", "postgresql+psycopg")


def path(value: str) -> Path:
    """A path, with ~ expanded, made absolute."""
    if "\0" in value:
        raise ValueError("is not a path; give one without NUL characters")
    return Path(value.strip()).expanduser().absolute()


def clock(value: str) -> Clock:
    """A clock that starts at an instant, or runs at an offset from real time."""
    try:
        return clock_from(value.strip())
    except ValueError:
        raise ValueError(
            "is not a time; give an instant like 2030-05-06T08:00:00Z or an offset in seconds like +3600"
        ) from None


def secret(min_length: int = 32) -> Callable[[str], str]:
    """A parser of secrets that refuses short ones."""

    def parse(value: str) -> str:
        if len(value.strip()) < min_length:
            raise ValueError(f"is too short to be a secret; give at least {min_length} random characters")
        return value.strip()

    return parse


def json_texts(value: str) -> dict[str, str]:
    """A JSON object whose values are all texts."""
    fault = ValueError('is not a JSON object of texts; give one like {"name": "text"}')
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        raise fault from None
    if not isinstance(found, dict) or not all(isinstance(item, str) for item in found.values()):
        raise fault
    return found
