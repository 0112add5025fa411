"""Browsers that are logged in: a session ends half a day after its last use, and after a week in any case."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session as Work

from gateway.db import models
from gateway.db.queries import delete_lapsed, delete_session, find_account_by_session, see_session
from gateway.identity.accounts import confirm_password
from gateway.identity.person import Account, read_account
from gateway.identity.secrets import has_shape, hash_secret, new_secret
from services.kernel.database import Database
from services.kernel.errors import Unavailable
from services.kernel.logs import get_logger

log = get_logger(__name__)

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
NOTED_AFTER = timedelta(minutes=10)  # not every page view writes


def open_session(database: Database, account: models.Account, *, now: datetime) -> str:
    """Begin a session; the secret for the browser's cookie."""
    secret = new_secret()
    row = models.Session(
        token_hash=hash_secret(secret),
        account_id=account.id,
        created_at=now,
        seen_at=now,
        expires_at=now + IDLE,
    )

    def work(session: Work) -> None:
        confirm_password(session, account)
        delete_lapsed(session, now)
        session.merge(row)

    database.write(work)
    return secret


def find_session_account(database: Database, secret: str, *, now: datetime) -> Account | None:
    """Whose session it is, if it lives; its use is noted."""
    if not has_shape(secret):
        return None
    with database.reading() as reading:
        found = find_account_by_session(reading, hash_secret(secret), now)
        account = read_account(found[0]) if found else None
    if found is None or account is None:
        return None
    session = found[1]
    if now - session.seen_at >= NOTED_AFTER:
        expires_at = min(now + IDLE, session.created_at + LONGEST)
        _note_use(database, session.token_hash, now=now, expires_at=expires_at)
    return account


def _note_use(database: Database, token_hash: str, *, now: datetime, expires_at: datetime) -> None:
    try:
        database.write(lambda work: see_session(work, token_hash, now=now, expires_at=expires_at))
    except Unavailable as problem:  # the page can be read all the same
        log.warning("session_use_not_noted", code=problem.code)


def close_session(database: Database, secret: str) -> None:
    """End a session; nothing happens where there is none."""
    if has_shape(secret):
        database.write(lambda session: delete_session(session, hash_secret(secret)))
