"""Who may see and change a reservation."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.db.models import Reservation
from services.booking.usecases.links import Links
from services.kernel.caller import Caller
from services.kernel.errors import Forbidden, NotFound


@dataclass(frozen=True)
class Visitor:
    """Who comes: a caller, perhaps with the key from a mailed link."""

    caller: Caller
    key: str | None
    links: Links


def require_access(reservation: Reservation, visitor: Visitor) -> None:
    """Let in staff, the owner, and whoever has the key; for all others there is no such reservation."""
    caller = visitor.caller
    is_owner = caller.subject is not None and caller.subject == reservation.subject
    has_key = visitor.key is not None and visitor.links.fits(reservation, visitor.key)
    if not (caller.is_staff or is_owner or has_key):
        raise NotFound("reservation_not_found", "There is no such reservation.")


def require_membership(caller: Caller, organization_id: UUID | None) -> None:
    """One books only for organizations that one belongs to; staff for any."""
    if organization_id is None or caller.is_staff:
        return
    membership = caller.membership(str(organization_id))
    if membership is None or not membership.verified:
        raise Forbidden("not_a_member", "You can book only for organizations that you belong to.")
