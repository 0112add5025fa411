"""Making accounts and checking who logs in."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from gateway.db.models import Account, Membership
from gateway.db.queries import find_account_by_email
from gateway.identity.passwords import hash_password, is_outdated, password_fault, verify_password
from services.kernel.database import Database
from services.kernel.errors import Conflict, Invalid, Unauthenticated
from services.kernel.languages import LANGUAGES

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")
ROLES = frozenset({"staff", "admin"})


def create_account(
    database: Database,
    *,
    email: str,
    name: str,
    password: str,
    now: datetime,
    roles: Iterable[str] = (),
    language: str = "pl",
) -> Account:
    """Make an account. Raises Invalid for its fields, Conflict (`email_taken`) where there is one already."""
    email = email.strip().lower()
    _check(email, name, password, roles, language)
    account = Account(
        email=email,
        name=name.strip(),
        password_hash=hash_password(password),
        roles=sorted(roles),
        language=language,
        created_at=now,
        memberships=[],
    )

    def add(session: Work) -> Account:
        session.add(account)
        try:
            session.flush()  # the database decides between two who come at once
        except IntegrityError as error:
            raise Conflict("email_taken", "There is an account with this e-mail.") from error
        return account

    with database.unit_of_work() as session:
        return add(session)


def join_organization(session: Work, membership: Membership) -> None:
    """Note a membership; what is known with a higher version stays."""
    known = session.get(Membership, (membership.account_id, membership.organization_id))
    if known is None:
        session.add(membership)
    elif known.version <= membership.version:
        session.merge(membership)


def authenticate(database: Database, email: str, password: str) -> Account:
    """The account, when the password fits; else Unauthenticated (`wrong_credentials`), without saying why."""
    with database.reading() as session:
        account = find_account_by_email(session, email.strip()[:254])
    if not verify_password(password, account.password_hash if account else None) or account is None:
        raise Unauthenticated("wrong_credentials", "E-mail or password is wrong.")
    if is_outdated(account.password_hash):
        fresh = hash_password(password)
        database.write(lambda session: setattr(session.merge(account), "password_hash", fresh))
    return account


def _check(email: str, name: str, password: str, roles: Iterable[str], language: str) -> None:
    faults = {
        "email": None if _EMAIL.fullmatch(email) else "This is not an e-mail address.",
        "name": None if 0 < len(name.strip()) <= 200 else "Give a name of up to 200 characters.",
        "password": password_fault(password, email),
        "roles": None if set(roles) <= ROLES else "A role is not known.",
        "language": None if language in LANGUAGES else "This language is not spoken here.",
    }
    errors = [{"field": name, "code": "invalid", "detail": text} for name, text in faults.items() if text]
    if errors:
        raise Invalid(errors=errors)
