"""Limits on what one address may ask for; with Redis away each process counts for itself."""

import time

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

from services.kernel.errors import TooManyRequests
from services.kernel.logs import get_logger

log = get_logger(__name__)

REDIS_SECONDS = 0.5
AWAY_SECONDS = 10.0  # how long an absent Redis is not asked again


class Limits:
    """Counts by kind and key. What must hold over all processes is counted in Redis, the rest here."""

    def __init__(self, redis_url: str, *, logins: int, guest_bookings: int, requests: int) -> None:
        # short: a slow Redis must not slow the door
        storage = storage_from_string(
            redis_url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
        )
        self._shared = FixedWindowRateLimiter(storage)
        self._here = FixedWindowRateLimiter(MemoryStorage())
        self._away_until = 0.0
        self._logins = RateLimitItemPerMinute(logins, namespace="login")
        self._guest_bookings = RateLimitItemPerHour(guest_bookings, namespace="guest-booking")
        self._requests = RateLimitItemPerMinute(requests, namespace="request")

    def take_login(self, address: str, email: str) -> None:
        """Count a try to log in, by address and by e-mail. Raises TooManyRequests."""
        self._take(self._logins, "address", address)
        self._take(self._logins, "email", email.strip().lower()[:254])

    def take_guest_booking(self, address: str) -> None:
        """Count a booking without an account. Raises TooManyRequests."""
        self._take(self._guest_bookings, address)

    def take_request(self, address: str) -> None:
        """Count a request to the API, in this process only. Raises TooManyRequests."""
        if not self._here.hit(self._requests, address):
            raise _too_many(self._here, self._requests, address)

    def _take(self, limit: RateLimitItem, *key: str) -> None:
        if time.monotonic() >= self._away_until:
            try:
                if not self._shared.hit(limit, *key):
                    raise _too_many(self._shared, limit, *key)
            except RedisError as error:
                self._away_until = time.monotonic() + AWAY_SECONDS
                log.warning("limits_counted_here", reason=str(error))
            else:
                return
        if not self._here.hit(limit, *key):
            raise _too_many(self._here, limit, *key)


def _too_many(limiter: FixedWindowRateLimiter, limit: RateLimitItem, *key: str) -> TooManyRequests:
    reset = limiter.get_window_stats(limit, *key).reset_time
    return TooManyRequests(
        detail="That was too often: wait a moment.", retry_after=max(1, round(reset - time.time()))
    )
