"""Who is logged in, as plain values that outlive the transaction in which they were read."""

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.db import models
from services.kernel import caller as callers


@dataclass(frozen=True)
class Membership:
    """A person's part in an organization."""

    organization_id: str
    organization_name: str
    role: str
    verified: bool


@dataclass(frozen=True)
class Account:
    """An account, without its secrets."""

    id: str
    email: str
    name: str
    roles: frozenset[str]
    language: str
    memberships: tuple[Membership, ...] = ()


def read_account(row: models.Account) -> Account:
    """The row as a value."""
    return Account(
        id=str(row.id),
        email=row.email,
        name=row.name,
        roles=roles_of(row.roles),
        language=row.language,
        memberships=tuple(
            Membership(str(m.organization_id), m.organization_name, m.role, m.verified)
            for m in row.memberships
        ),
    )


def roles_of(granted: Iterable[str]) -> frozenset[str]:
    """All roles of an account: everyone is a person, administrators are staff as well."""
    given = frozenset(granted)
    return given | {"person"} | ({"staff"} if "admin" in given else frozenset())


def caller_of(account: Account | None, language: str) -> callers.Caller:
    """The caller as whom a person's requests reach the services; None is the anonymous."""
    if account is None:
        return callers.ANONYMOUS(language)
    return callers.Caller(
        subject=account.id,
        roles=account.roles,
        organizations=tuple(
            callers.Membership(m.organization_id, m.role, m.verified) for m in account.memberships
        ),
        language=language,
    )
