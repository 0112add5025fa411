"""Idempotency keys: the answer to a creating request is stored with its change and given again to repeats."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from services.kernel.database import count_changed
from services.kernel.errors import IdempotencyMismatch
from services.kernel.instants import Instant
from services.kernel.tables import JsonColumn, KernelBase


class IdempotencyKey(KernelBase):
    """The answer that a caller got on a route for a key; `body_hash` tells whether a repeat is one."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_created", "created_at"),)

    caller: Mapped[str] = mapped_column(String(128), primary_key=True)
    route: Mapped[str] = mapped_column(String(128), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[Any] = mapped_column(JsonColumn)
    created_at: Mapped[datetime] = mapped_column(Instant)


@dataclass(frozen=True)
class RequestKey:
    """Whose key it is, on which route, and the hash of the body that came with it."""

    caller: str
    route: str
    key: str
    body_hash: str


class AlreadyAnswered(Exception):  # noqa: N818 - not a fault: somebody was quicker with the same key
    """A request with the same key was answered meanwhile: roll back and give its answer."""


def find_answer(session: Session, request: RequestKey) -> IdempotencyKey | None:
    """The stored answer of a repeat, or None. Raises IdempotencyMismatch where the body is another."""
    stored = session.scalars(
        select(IdempotencyKey).where(
            IdempotencyKey.caller == request.caller,
            IdempotencyKey.route == request.route,
            IdempotencyKey.key == request.key,
        )
    ).one_or_none()
    if stored is not None and stored.body_hash != request.body_hash:
        raise IdempotencyMismatch()
    return stored


def store_answer(session: Session, request: RequestKey, *, status: int, answer: Any, now: datetime) -> None:
    """Keep the answer in the caller's transaction. Raises AlreadyAnswered: the transaction is then over."""
    session.flush()  # so that what fails below can only be the key
    session.add(
        IdempotencyKey(
            caller=request.caller,
            route=request.route,
            key=request.key,
            body_hash=request.body_hash,
            status=status,
            answer=answer,
            created_at=now,
        )
    )
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyAnswered from error


def prune_answers(session: Session, *, before: datetime) -> int:
    """Delete answers given before a moment; the number deleted."""
    return count_changed(session, delete(IdempotencyKey).where(IdempotencyKey.created_at < before))
