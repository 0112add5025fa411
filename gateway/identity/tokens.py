"""Keys to the API: given for a password, kept as hashes, remembered in process for at most a minute."""

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session as Work

from gateway.db import models
from gateway.db.queries import delete_lapsed, delete_token, find_account_by_token
from gateway.identity.accounts import confirm_password
from gateway.identity.person import Account, read_account
from gateway.identity.secrets import has_shape, hash_secret, new_secret
from services.kernel.database import Database

LIFETIME = timedelta(days=30)
REMEMBERED_SECONDS = 60.0
MOST_REMEMBERED = 10_000


@dataclass(frozen=True)
class NewToken:
    """A token as its owner gets it, once."""

    token: str
    expires_at: datetime


class TokenDesk:
    """Gives, recognises and takes back tokens: here at once, in other processes within a minute."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Account, datetime, float]] = {}

    def give(self, account: models.Account, *, now: datetime) -> NewToken:
        """A new token for an account."""
        secret = new_secret()
        row = models.Token(
            token_hash=hash_secret(secret), account_id=account.id, created_at=now, expires_at=now + LIFETIME
        )

        def work(session: Work) -> None:
            confirm_password(session, account)
            delete_lapsed(session, now)
            session.merge(row)

        self._database.write(work)
        return NewToken(secret, now + LIFETIME)

    def find_account(self, secret: str, *, now: datetime) -> Account | None:
        """Whose token it is, if it lives."""
        if not has_shape(secret):
            return None
        token_hash = hash_secret(secret)
        known = self._known.get(token_hash)
        if known is not None and now < known[1] and time.monotonic() < known[2]:
            return known[0]
        with self._database.reading() as session:
            found = find_account_by_token(session, token_hash, now)
            account = read_account(found[0]) if found else None
        if found is None or account is None:
            return None
        self._remember(token_hash, account, found[1])
        return account

    def take_back(self, secret: str) -> None:
        """End a token."""
        token_hash = hash_secret(secret)
        self._database.write(lambda session: delete_token(session, token_hash))
        with self._lock:
            self._known.pop(token_hash, None)

    def forget_account(self, account_id: str) -> None:
        """Remember no token of an account any more."""
        with self._lock:
            for token_hash in [key for key, known in self._known.items() if known[0].id == account_id]:
                del self._known[token_hash]

    def _remember(self, token_hash: str, account: Account, expires_at: datetime) -> None:
        with self._lock:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[token_hash] = (account, expires_at, time.monotonic() + REMEMBERED_SECONDS)
