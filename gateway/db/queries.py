"""Reading and tidying the gateway's tables."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy import update as update_
from sqlalchemy.orm import Session as Work

from gateway.db.models import Account, Session, Token
from services.kernel.errors import NotFound


def find_account_by_email(session: Work, email: str) -> Account | None:
    """The active account with this e-mail, which is in its normal form."""
    return session.scalars(select(Account).where(Account.email == email, Account.active)).one_or_none()


def find_account_even_closed(session: Work, email: str) -> Account | None:
    """The account with this e-mail, whether it may log in or not."""
    return session.scalars(select(Account).where(Account.email == email)).one_or_none()


def get_account(session: Work, account_id: UUID) -> Account:
    """The account; raises NotFound."""
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound()
    return account


def find_account_by_session(session: Work, token_hash: str, now: datetime) -> tuple[Account, Session] | None:
    """The active account that a living session belongs to."""
    row = session.execute(
        select(Account, Session)
        .join(Session, Session.account_id == Account.id)
        .where(Session.token_hash == token_hash, Session.expires_at > now, Account.active)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def find_account_by_token(session: Work, token_hash: str, now: datetime) -> tuple[Account, datetime] | None:
    """The active account that a living token belongs to, and when the token ends."""
    row = session.execute(
        select(Account, Token.expires_at)
        .join(Token, Token.account_id == Account.id)
        .where(Token.token_hash == token_hash, Token.expires_at > now, Account.active)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def set_language(session: Work, account_id: UUID, language: str) -> None:
    """Remember the language that a person chose."""
    session.execute(update_(Account).where(Account.id == account_id).values(language=language))


def replace_password(session: Work, account_id: UUID, old_hash: str, new_hash: str) -> None:
    """Keep a password's hash anew, unless the password was changed meanwhile."""
    session.execute(
        update_(Account)
        .where(Account.id == account_id, Account.password_hash == old_hash)
        .values(password_hash=new_hash)
    )


def see_session(session: Work, token_hash: str, *, now: datetime, expires_at: datetime) -> None:
    """Note that a session is in use, and let it live longer."""
    session.execute(
        update_(Session).where(Session.token_hash == token_hash).values(seen_at=now, expires_at=expires_at)
    )


def delete_session(session: Work, token_hash: str) -> None:
    """End a session."""
    session.execute(delete(Session).where(Session.token_hash == token_hash))


def delete_token(session: Work, token_hash: str) -> None:
    """End a token."""
    session.execute(delete(Token).where(Token.token_hash == token_hash))


def delete_access(session: Work, account_id: UUID) -> None:
    """End every session and token of an account."""
    session.execute(delete(Session).where(Session.account_id == account_id))
    session.execute(delete(Token).where(Token.account_id == account_id))


def delete_lapsed(session: Work, now: datetime) -> None:
    """Forget sessions and tokens that are over."""
    session.execute(delete(Session).where(Session.expires_at <= now))
    session.execute(delete(Token).where(Token.expires_at <= now))
