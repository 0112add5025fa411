"""Making accounts and checking who logs in."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Work

from gateway.db.models import Account, Membership
from gateway.db.queries import delete_access, find_account_by_email, get_account, replace_password
from gateway.identity.passwords import hash_password, is_outdated, password_fault, verify_password
from services.kernel.database import Database
from services.kernel.errors import Conflict, Invalid, Unauthenticated
from services.kernel.languages import LANGUAGES

_LETTER = r"[^@\s\x00-\x1f\x7f\ud800-\udfff]"
_EMAIL = re.compile(rf"{_LETTER}{{1,64}}@{_LETTER}{{1,189}}")
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
    email = normal_email(email)
    _check(
        email=None if _EMAIL.fullmatch(email) else "This is not an e-mail address.",
        name=None if 0 < len(name.strip()) <= 200 else "Give a name of up to 200 characters.",
        password=password_fault(password, email),
        roles=None if set(roles) <= ROLES else "A role is not known.",
        language=None if language in LANGUAGES else "This language is not spoken here.",
    )
    account = Account(
        email=email,
        name=name.strip(),
        password_hash=hash_password(password),
        roles=sorted(roles),
        language=language,
        created_at=now,
        memberships=[],
    )
    with database.unit_of_work() as session:
        session.add(account)
        try:
            session.flush()  # the database decides between two who come at once
        except IntegrityError as error:
            raise Conflict("email_taken", "There is an account with this e-mail.") from error
    return account


def change_password(database: Database, account_id: UUID, password: str) -> None:
    """Give an account a new password and end all its sessions and tokens. Raises Invalid, NotFound."""
    with database.reading() as session:
        email = get_account(session, account_id).email
    _check(new_password=password_fault(password, email))
    password_hash = hash_password(password)

    def work(session: Work) -> None:
        get_account(session, account_id).password_hash = password_hash
        delete_access(session, account_id)  # whoever knew the old one is out

    database.write(work)


def normal_email(text: str) -> str:
    """An e-mail address in the one form in which addresses are stored and compared."""
    return unicodedata.normalize("NFC", text).strip().lower()


def join_organization(session: Work, membership: Membership) -> None:
    """Note a membership; what is known with a higher version stays."""
    known = session.get(Membership, (membership.account_id, membership.organization_id))
    if known is None:
        session.add(membership)
    elif known.version <= membership.version:
        session.merge(membership)


def authenticate(database: Database, email: str, password: str) -> Account:
    """The account, when the password fits; else Unauthenticated (`wrong_credentials`), without saying why."""
    email = normal_email(email)
    account = None
    if _EMAIL.fullmatch(email):  # whatever is no address may be no text that a database takes
        with database.reading() as session:
            account = find_account_by_email(session, email)
    if not verify_password(password, account.password_hash if account else None) or account is None:
        raise Unauthenticated("wrong_credentials", "E-mail or password is wrong.")
    if is_outdated(account.password_hash):
        _renew_hash(database, account, password)
    return account


def confirm_password(session: Work, account: Account) -> None:
    """Raise Unauthenticated when the account's password is no more the one that it was authenticated by.

    This holds until the transaction ends: access given in it cannot outlive a change of the password.
    """
    known = session.get(Account, account.id, with_for_update={"read": True})
    if known is None or known.password_hash != account.password_hash:
        raise Unauthenticated("wrong_credentials", "E-mail or password is wrong.")


def _renew_hash(database: Database, account: Account, password: str) -> None:
    outdated, fresh = account.password_hash, hash_password(password)
    database.write(lambda session: replace_password(session, account.id, outdated, fresh))
    account.password_hash = fresh


def _check(**faults: str | None) -> None:
    errors = [{"field": name, "code": "invalid", "detail": text} for name, text in faults.items() if text]
    if errors:
        raise Invalid(errors=errors)
