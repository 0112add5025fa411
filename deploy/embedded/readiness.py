"""Asking a service whether it is ready, and what keeps it."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SECONDS_BETWEEN_ASKS = 0.3
SECONDS_BETWEEN_WORDS = 15.0


@dataclass(frozen=True)
class Readiness:
    """The answer of /readyz: `faults` names each part that is away, also one that can be done without."""

    ready: bool
    faults: tuple[str, ...]


def ask_readiness(base_url: str, *, seconds: float = 2.0) -> Readiness:
    """Ask `/readyz` below the address; a service that does not answer is not ready."""
    try:
        with _open(f"{base_url}/readyz", seconds) as answer:
            return Readiness(True, tuple(_faults(answer.read())))
    except urllib.error.HTTPError as error:
        with error:
            return Readiness(False, tuple(_faults(error.read())) or (f"answers {error.code}",))
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return Readiness(False, (f"does not answer ({reason})",))


class ReadinessWatch:
    """Asks again and again while something starts, and tells now and then what it still waits for."""

    def __init__(self, base_url: str, say: Callable[[str], None]) -> None:
        self.faults: tuple[str, ...] = ()
        self._url = base_url
        self._say = say
        self._next_ask = 0.0
        self._next_word = time.monotonic() + SECONDS_BETWEEN_WORDS

    def is_ready(self) -> bool:
        """Whether it is ready now; asks only when the last time is a little while ago."""
        now = time.monotonic()
        if now < self._next_ask:
            return False
        readiness = ask_readiness(self._url)
        self.faults = readiness.faults
        self._next_ask = time.monotonic() + SECONDS_BETWEEN_ASKS
        if not readiness.ready and now >= self._next_word:
            self._next_word = now + SECONDS_BETWEEN_WORDS
            for fault in self.faults:
                self._say(f"Still waiting: {fault}")
        return readiness.ready


def _open(url: str, seconds: float) -> Any:
    # Our own loopback address: a proxy from the environment has no place in between.
    return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=seconds)


def _faults(body: bytes) -> list[str]:
    """What a 503 names: the parts that are not ok, with their mend where one is told."""
    try:
        told = json.loads(body)
    except ValueError:
        return []
    parts = told.get("parts") if isinstance(told, dict) else None
    away = [part for part in parts or [] if isinstance(part, dict) and not part.get("ok")]
    return [
        f"{part.get('name')}: {part.get('reason', 'away')} {part.get('mend', '')}".rstrip() for part in away
    ]
