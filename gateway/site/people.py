"""What the pages know of the person who is logged in."""

from __future__ import annotations

from gateway.identity import current_account


def organization_choices() -> list[tuple[str, str]]:
    """The organizations in whose name the person may book: (id, name)."""
    account = current_account()
    if account is None:
        return []
    return [(item.organization_id, item.organization_name) for item in account.memberships if item.verified]


def own_contact() -> dict[str, str]:
    """Name and e-mail of the account, to start a form with; empty for a guest."""
    account = current_account()
    return {"name": account.name, "email": account.email} if account else {}
