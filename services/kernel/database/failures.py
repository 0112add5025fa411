"""What the database says, told in the suite's own errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from services.kernel.errors import Busy, Problem, SlotBlocked, SlotTaken, Unavailable

log = structlog.get_logger(__name__)

DEADLOCK, SERIALIZATION_FAILURE = "40P01", "40001"
SLOT_TAKEN, SLOT_BLOCKED = "slot_taken", "slot_blocked"  # what the guards of claims say
CLAIMS_EXCLUSION = "claims_no_overlap"

_EXCLUSION_VIOLATION, _RAISED = "23P01", "P0001"
_BUSY_STATES = {DEADLOCK, SERIALIZATION_FAILURE, "55P03", "57014"}  # …, lock timeout, statement timeout
# read-only, shut down (three ways), idle too long (two ways), no such database
_AWAY_STATES = {"25006", "57P01", "57P02", "57P03", "57P05", "25P03", "3D000"}
_AWAY_CLASSES = {"08", "28", "53", "58"}  # connection, authorization, resources, system
_BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_AWAY_CODES = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}


@contextmanager
def told_in_our_errors() -> Iterator[None]:
    """Raise the error that the database meant; what has no meaning of ours passes unchanged."""
    try:
        yield
    except PoolTimeout as error:
        raise Busy() from error
    except DBAPIError as error:
        problem = meaning_of(error)
        if problem is None:
            raise
        if not isinstance(problem, Busy) and isinstance(problem, Unavailable):
            log.error("database_unavailable", reason=str(error.orig))
        raise problem from error


def meaning_of(error: DBAPIError) -> Problem | None:
    """The problem behind a driver's error, or None when it is a mistake in our own code."""
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_meaning(error.orig)
    return _postgres_meaning(error)


def may_be_repeated(error: BaseException | None) -> bool:
    """Whether the same transaction, begun anew, may well succeed."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in (DEADLOCK, SERIALIZATION_FAILURE)


def _sqlite_meaning(error: sqlite3.Error) -> Problem | None:
    if isinstance(error, sqlite3.IntegrityError):
        return _refusal(str(error))
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary in _BUSY_CODES:
        return Busy()
    return _unavailable() if primary in _AWAY_CODES else None


def _postgres_meaning(error: DBAPIError) -> Problem | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    diagnostics = getattr(error.orig, "diag", None)
    if state == _EXCLUSION_VIOLATION and getattr(diagnostics, "constraint_name", None) == CLAIMS_EXCLUSION:
        return _refusal(SLOT_TAKEN)
    if state == _RAISED:
        return _refusal(getattr(diagnostics, "message_primary", "") or "")
    if state in _BUSY_STATES:
        return Busy()
    if state is None:
        return _unavailable() if error.connection_invalidated or _never_connected(error) else None
    return _unavailable() if state in _AWAY_STATES or state[:2] in _AWAY_CLASSES else None


def _never_connected(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout")


def _refusal(message: str) -> Problem | None:
    if message == SLOT_TAKEN:
        return SlotTaken()
    return SlotBlocked() if message == SLOT_BLOCKED else None


def _unavailable() -> Unavailable:
    return Unavailable("database_unavailable", "The store cannot be reached or written.")
