"""The centre's own data for every page, kept for a minute so that no page has to wait for them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app

from services.kernel.errors import Problem
from services.kernel.logs import get_logger
from services.kernel.web import now

log = get_logger(__name__)

KEPT_SECONDS = 60.0
RETRY_SECONDS = 2.0


@dataclass(frozen=True)
class CentreInfo:
    """What pages show of the centre everywhere; empty until booking has told it once."""

    name: Mapping[str, str] = field(default_factory=dict)
    time_zone: str = "UTC"
    contact: Mapping[str, Any] = field(default_factory=dict)
    demo: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the centre's clocks."""
        return ZoneInfo(self.time_zone)


class CentreDesk:
    """Asks for the centre at most once a minute; while booking is away the last good answer serves."""

    def __init__(self, ask: Callable[[], Mapping[str, Any]]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._known = CentreInfo()
        self._ask_again_at = 0.0

    def centre(self) -> CentreInfo:
        """The centre as last heard."""
        with self._lock:
            if time.monotonic() < self._ask_again_at:
                return self._known
            self._ask_again_at = time.monotonic() + RETRY_SECONDS
        try:
            told = self._ask()
        except Problem as problem:
            log.warning("centre_unknown", code=problem.code)
            return self._known
        found = CentreInfo(
            name=told["name"],
            time_zone=told["time_zone"],
            contact=told.get("contact") or {},
            demo=bool(told.get("demo")),
        )
        with self._lock:
            self._known, self._ask_again_at = found, time.monotonic() + KEPT_SECONDS
        return found


def current_centre() -> CentreInfo:
    """The centre of the application that answers now."""
    desk: CentreDesk = current_app.extensions["centre_desk"]
    return desk.centre()


def centre_now() -> datetime:
    """The present moment on the centre's wall clock."""
    return now().astimezone(current_centre().zone)
