"""Limits on what one address may ask for; with Redis away each process counts for itself."""

import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network

from flask import Flask, request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from services.kernel.errors import TooManyRequests
from services.kernel.logs import get_logger
from services.kernel.web import part

log = get_logger(__name__)

Key = tuple[str, ...]
Question = Callable[..., bool]  # of a limiter about a limit and a key

REDIS_SECONDS = 0.25  # a slow Redis must not slow the door
AWAY_SECONDS = 10.0  # how long an absent Redis is not asked again
FREE = ("/static/", "/vendor/", "/healthz", "/readyz", "/metrics")
IPV6_NETWORK = 64  # what one household or attacker has of IPv6, at the least


class Limits:
    """Counts by kind and key. What must hold over all processes is counted in Redis, the rest here."""

    def __init__(self, redis_url: str, *, logins: int, guest_bookings: int, requests: int) -> None:
        self._shared = FixedWindowRateLimiter(_storage(redis_url))
        self._here = FixedWindowRateLimiter(MemoryStorage())
        self._away_until = 0.0
        self._logins = RateLimitItemPerMinute(logins, namespace="login")
        self._guest_bookings = RateLimitItemPerHour(guest_bookings, namespace="guest-booking")
        self._requests = RateLimitItemPerMinute(requests, namespace="request")

    def check_login(self, address: str, email: str) -> None:
        """Raise TooManyRequests where too many logins failed, from this address or with this e-mail."""
        for key in _login_keys(address, email):
            self._hold(FixedWindowRateLimiter.test, self._logins, key)

    def count_failed_login(self, address: str, email: str) -> None:
        """Count a login that failed. Those that succeed are not counted: an office may share an address."""
        for key in _login_keys(address, email):
            self._ask(FixedWindowRateLimiter.hit, self._logins, key)

    def take_guest_booking(self, address: str) -> None:
        """Count a booking without an account. Raises TooManyRequests."""
        self._hold(FixedWindowRateLimiter.hit, self._guest_bookings, (network_of(address),))

    def take_request(self, address: str) -> None:
        """Count a request, in this process only. Raises TooManyRequests."""
        key = (network_of(address),)
        if not self._here.hit(self._requests, *key):
            raise _too_many(self._here, self._requests, key)

    def _hold(self, question: Question, limit: RateLimitItem, key: Key) -> None:
        limiter, may = self._ask(question, limit, key)
        if not may:
            raise _too_many(limiter, limit, key)

    def _ask(self, question: Question, limit: RateLimitItem, key: Key) -> tuple[FixedWindowRateLimiter, bool]:
        """Ask Redis, or this process while Redis is away."""
        if time.monotonic() >= self._away_until:
            try:
                return self._shared, question(self._shared, limit, *key)
            except RedisError as error:
                self._away_until = time.monotonic() + AWAY_SECONDS
                log.warning("limits_counted_here", reason=str(error))
        return self._here, question(self._here, limit, *key)


def install_request_limit(app: Flask) -> None:
    """Hold every address to the limit of requests; what machines ask and what never changes is free."""

    @app.before_request
    def take_request() -> None:
        if not request.path.startswith(FREE):
            client_limits().take_request(request.remote_addr or "")


def client_limits() -> Limits:
    """The limits of the present app."""
    limits: Limits = part("limits")
    return limits


def network_of(address: str) -> str:
    """What is counted as one client: an IPv4 address, or the IPv6 network of which one has all addresses."""
    try:
        known = ip_address(address)
    except ValueError:
        return address or "unknown"
    if known.version == 4:
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ip_network((int(known), IPV6_NETWORK), strict=False))


def _storage(redis_url: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - one of limits' own
    # the library has another name for a socket's scheme
    address = redis_url.replace("unix://", "redis+unix://", 1) if redis_url.startswith("unix") else redis_url
    return storage_from_string(
        address,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
        retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
    )


def _login_keys(address: str, email: str) -> tuple[Key, ...]:
    return ("address", network_of(address)), ("email", email.strip().lower()[:254])


def _too_many(limiter: FixedWindowRateLimiter, limit: RateLimitItem, key: Key) -> TooManyRequests:
    try:
        reset = limiter.get_window_stats(limit, *key).reset_time
    except RedisError:  # it went away just now
        reset = time.time() + limit.get_expiry()
    return TooManyRequests(
        detail="That was too often: wait a moment.", retry_after=max(1, round(reset - time.time()))
    )
