"""Locks for whatever counts or rearranges: quotas, last places, offers, tree changes."""

import hashlib

from sqlalchemy import text
from sqlalchemy.orm import Session


def serialize(session: Session, *keys: str) -> None:
    """Let only one transaction at a time pass for each key, until it ends.

    Sorted advisory locks on PostgreSQL, so that two transactions never wait for each other. Nothing
    on SQLite: there the writer's turn already stands. Call it before the first query that counts.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    for number in sorted({_number(key) for key in keys}):
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def _number(key: str) -> int:
    digest = hashlib.blake2b(key.encode(), digest_size=8, person=b"serialize").digest()
    return int.from_bytes(digest, "big", signed=True)
