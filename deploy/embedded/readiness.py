"""Asking a service whether it is ready, and what keeps it."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any


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
