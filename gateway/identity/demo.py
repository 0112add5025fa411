"""The demo's accounts, which exist only where a demo centre was loaded."""

from datetime import datetime
from functools import partial
from uuid import UUID

from gateway.db.models import Account, Membership
from gateway.db.queries import find_account_even_closed
from gateway.identity.accounts import create_account, join_organization
from services.kernel.database import Database

PASSWORD = "demo-demo-demo"
ACCOUNTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("resident@demo.test", "Mieszkanka (demo)", ()),
    ("member@demo.test", "Członkini organizacji (demo)", ()),
    ("staff@demo.test", "Zespół centrum (demo)", ("staff",)),
    ("admin@demo.test", "Administracja (demo)", ("admin", "staff")),
)
MEMBER = "member@demo.test"
ORGANIZATION_ID = UUID("01890000-0000-7000-8000-00000000d001")
ORGANIZATION_NAME = "Stowarzyszenie Przykładowe (demo)"


def seed_demo(database: Database, *, now: datetime) -> list[str]:
    """Make those demo accounts that are missing, and the member's membership; the e-mails of those made."""
    made = []
    for email, name, roles in ACCOUNTS:
        with database.reading() as session:
            account: Account | None = find_account_even_closed(session, email)
        if account is None:
            account = create_account(
                database, email=email, name=name, password=PASSWORD, roles=roles, now=now
            )
            made.append(email)
        if email == MEMBER:
            database.write(partial(join_organization, membership=_membership(account.id)))
    return made


def _membership(account_id: UUID) -> Membership:
    return Membership(
        account_id=account_id,
        organization_id=ORGANIZATION_ID,
        organization_name=ORGANIZATION_NAME,
        role="member",
        verified=True,
        version=1,
    )
