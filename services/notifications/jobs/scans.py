"""What is looked for again and again: attempts that are due, and personal data that has grown old."""

from services.notifications.db.queries import exists_to_erase, find_due
from services.notifications.domain.outcomes import TryLater
from services.notifications.jobs.attempts import attempt_delivery
from services.notifications.runtime import Parts
from services.notifications.usecases.erase_personal_data import erase_personal_data

ROUND = 50


def attempt_due(parts: Parts, *, limit: int = ROUND) -> int:
    """Attempt what is due: retries, and deliveries whose worker died. Gives the number of attempts.

    The round ends when no letter can be delivered at present: the others are due in the next one.
    """
    erase_old(parts)
    with parts.database.reading() as session:
        due = find_due(session, now=parts.clock(), limit=limit)
    attempts = 0
    for delivery_id in due:
        attempt = attempt_delivery(parts, delivery_id)
        if attempt is None:
            continue
        attempts += 1
        if isinstance(attempt.outcome, TryLater) and attempt.outcome.everyone:
            break
    return attempts


def erase_old(parts: Parts) -> int:
    """Erase the personal data of deliveries past their time; gives how many."""
    now = parts.clock()
    older_than = now - parts.keep
    with parts.database.reading() as session:
        if not exists_to_erase(session, older_than=older_than):
            return 0
    return parts.database.write(lambda session: erase_personal_data(session, older_than=older_than, now=now))
