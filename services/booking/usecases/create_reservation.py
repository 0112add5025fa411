"""Making a reservation: at once, or as a request that waits for its owner's or the staff's word."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.booking.db.models import Reservation
from services.booking.domain.reservation import Awaiting, Status
from services.booking.usecases.claim_slot import claim_slot
from services.booking.usecases.confirming import settle_as_confirmed, tell_confirmed
from services.booking.usecases.links import Links
from services.booking.usecases.plan_reservation import Plan
from services.booking.usecases.tell import tell_change, tell_person
from services.kernel.audit import note
from services.kernel.caller import Caller
from services.kernel.ids import new_id


def create_reservation(
    session: Session, plan: Plan, *, caller: Caller, links: Links, now: datetime
) -> Reservation:
    """Make what was planned and allowed. Raises SlotTaken or SlotBlocked as the database decides."""
    reservation = _new_reservation(plan, caller, now)
    # a copy: the plan must outlive a refusal, which ends everything that belongs to this session
    reservation.room = session.merge(plan.room, load=False)
    _settle_or_await(reservation, plan, caller, now)
    session.add(reservation)
    session.flush()  # its last change in this transaction: the version that is answered is the one stored
    if plan.policy.approval == "none" or plan.policy.claims_while_requested or caller.is_staff:
        claim_slot(session, reservation, now=now)
    _tell(session, reservation, plan, links, now)
    note(
        session,
        caller=caller,
        action="reservation.create",
        entity="reservation",
        entity_id=reservation.id,
        after={"status": reservation.status, "rules_set_aside": [rule.code for rule in plan.broken]},
        why=plan.wish["override_reason"],
        now=now,
    )
    return reservation


def _new_reservation(plan: Plan, caller: Caller, now: datetime) -> Reservation:
    wish, contact, slot = plan.wish, plan.wish["contact"], plan.certain_slot
    return Reservation(
        id=new_id(),
        room_id=plan.room.id,
        starts_at=slot.start,
        ends_at=slot.end,
        whole_day=plan.request.whole_day,
        status=Status.CONFIRMED,
        awaiting=None,
        confirm_by=None,
        purpose=wish["purpose"],
        title=wish["title"],
        public_title=wish["public_title"],
        participants=wish["participants"],
        layout=wish["layout"],
        charges_participants=wish["charges_participants"],
        organization_id=wish["organization_id"],
        contact_name=contact["name"],
        contact_email=contact["email"],
        contact_phone=contact["phone"],
        language=wish["language"] or _language_of(caller, plan.centre.languages),
        subject=wish["for_subject"] if caller.is_staff else caller.subject,
        booked_by=caller.subject,
        policy=plan.room.policy,
        created_at=now,
        updated_at=now,
    )


def _language_of(caller: Caller, known: list[str]) -> str:
    return caller.language if caller.language in known else known[0]


def _settle_or_await(reservation: Reservation, plan: Plan, caller: Caller, now: datetime) -> None:
    """Decide whose word is missing: a guest's own first, then the staff's where the rules ask for it."""
    if caller.is_anonymous:
        reservation.status, reservation.awaiting = Status.REQUESTED, Awaiting.EMAIL
        reservation.confirm_by = now + timedelta(minutes=plan.policy.hold_minutes)
    elif plan.policy.approval == "staff" and not caller.is_staff:
        reservation.status, reservation.awaiting = Status.REQUESTED, Awaiting.STAFF
    else:
        settle_as_confirmed(reservation, now=now)


def _tell(session: Session, reservation: Reservation, plan: Plan, links: Links, now: datetime) -> None:
    centre = plan.centre
    if reservation.status == Status.CONFIRMED:
        tell_confirmed(session, reservation, centre=centre, links=links, now=now)
    elif reservation.awaits_email and reservation.confirm_by is not None:
        confirm_by = reservation.confirm_by.astimezone(plan.zone).isoformat()
        tell_person(
            session,
            reservation,
            "reservation_confirm_link",
            centre=centre,
            links=links,
            now=now,
            confirm_by=confirm_by,
            not_after=reservation.confirm_by,
        )
    else:
        tell_person(session, reservation, "reservation_requested", centre=centre, links=links, now=now)
    tell_change(session, reservation, now=now)
