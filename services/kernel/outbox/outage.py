"""An outage of the queue: patience with it, and few words about it."""

import time

from services.kernel.errors import QueueUnavailable
from services.kernel.logs import get_logger

log = get_logger(__name__)

SECOND_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 5.0  # a first failure may be a restart: no pause
QUIET_SECONDS = 60.0  # how often an outage is logged


class Outage:
    """How long to leave the queue in peace, and when to log that it is away."""

    _next_try = 0.0
    _pause = 0.0
    _logged_at: float | None = None

    def asks_for_patience(self) -> bool:
        """Whether it is too early to try again."""
        return time.monotonic() < self._next_try

    def goes_on(self, error: QueueUnavailable) -> None:
        """The queue did not answer."""
        now = time.monotonic()
        self._next_try = now + self._pause
        self._pause = min(max(self._pause * 2, SECOND_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
        if self._logged_at is None or now - self._logged_at >= QUIET_SECONDS:
            self._logged_at = now
            log.warning("queue_unavailable", reason=error.detail)

    def is_over(self) -> None:
        """The queue answered."""
        if self._logged_at is not None:
            log.info("queue_available")
        self._next_try, self._pause, self._logged_at = 0.0, 0.0, None
