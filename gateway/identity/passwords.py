"""Passwords: argon2id, a few at a time, and no way to learn from the clock who has an account."""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.kernel.errors import Busy

MIN_LENGTH, MAX_LENGTH = 12, 200
PLACES = 2  # each takes 19 MB and a core: logins must not starve the rest
LINE = 6  # of a process's eight threads; whoever comes while all of these wait or hash is sent away
WAIT_SECONDS = 5.0
# Of the most common ones only those that are long enough to pass the length rule.
_COMMON = frozenset(
    {
        "123456789012",
        "1234567890123",
        "password1234",
        "passwordpassword",
        "qwertyuiop12",
        "qwerty123456",
        "zaq12wsxcde3",
        "administrator",
        "haslohaslo12",
        "polska123456",
        "111111111111",
        "000000000000",
    }
)

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's floor for argon2id
_places = threading.BoundedSemaphore(PLACES)
_line = threading.BoundedSemaphore(LINE)
_NOBODY = _hasher.hash("the password of nobody")


def hash_password(password: str) -> str:
    """The hash to keep. Raises Busy."""
    with _place():
        return _hasher.hash(_bytes(password))


def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password fits. Takes as long where there is no account (None) as where there is one.

    Raises Busy.
    """
    with _place():
        try:
            _hasher.verify(password_hash or _NOBODY, _bytes(password[: MAX_LENGTH * 4]))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def password_fault(password: str, email: str) -> str | None:
    """Why a new password cannot be taken, in one sentence; None when it can."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        return f"The password must have from {MIN_LENGTH} to {MAX_LENGTH} characters."
    if password.lower() in _COMMON or len(set(password)) < 4:
        return "This password is one of the first that anybody would try."
    if password.lower() in (email.lower(), email.lower().partition("@")[0]):
        return "The password must not be the e-mail address."
    return None


def _bytes(password: str) -> bytes:
    """The same for the same letters, however a keyboard composes them and whatever is no letter at all."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@contextmanager
def _place() -> Iterator[None]:
    if not _line.acquire(blocking=False):
        raise Busy()
    try:
        if not _places.acquire(timeout=WAIT_SECONDS):
            raise Busy()
        try:
            yield
        finally:
            _places.release()
    finally:
        _line.release()
