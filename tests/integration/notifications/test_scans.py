"""Retries, lost attempts and the erasing of old personal data."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.kernel.errors import Unavailable
from services.notifications.clients.null import NullSender
from services.notifications.domain.backoff import SCHEDULE
from services.notifications.domain.outcomes import Sent, TryLater
from services.notifications.jobs import attempts
from services.notifications.jobs.accept_message import accept
from services.notifications.jobs.scans import attempt_due
from services.notifications.usecases.claim_delivery import claim_delivery
from services.notifications.usecases.settle_attempt import settle_attempt

from .requests import message_request

NO = TryLater("come back later")


def test_a_refused_message_is_tried_again_when_its_time_comes(parts, stored, later):
    parts = replace(parts, sender=NullSender(NO, NO))
    request = message_request()
    accept(parts, request)
    assert stored(request).next_attempt_at == parts.clock() + timedelta(minutes=1)
    assert attempt_due(later(parts, timedelta(seconds=59))) == 0
    assert attempt_due(later(parts, timedelta(seconds=60))) == 1
    assert stored(request).next_attempt_at == parts.clock() + timedelta(minutes=6)
    assert attempt_due(later(parts, timedelta(minutes=6))) == 1
    delivery = stored(request)
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("sent", 3, NO.reason)
    assert len(parts.sender.letters) == 3


def test_after_the_last_pause_it_is_given_up(parts, stored, later):
    parts = replace(parts, sender=NullSender(*[NO] * 10))
    request = message_request()
    accept(parts, request)
    for _ in SCHEDULE:
        assert stored(request).state == "retrying"
        attempt_due(later(parts, timedelta(days=1)))
        parts = later(parts, timedelta(days=1))
    delivery = stored(request)
    assert (delivery.state, delivery.attempts) == ("failed", 6)
    assert delivery.last_error == "given up after 6 attempts: come back later"
    assert attempt_due(later(parts, timedelta(days=9))) == 0


def test_a_worker_that_died_while_sending_leaves_the_attempt_to_others_after_its_lease(parts, stored, later):
    request = message_request()
    with pytest.raises(KeyboardInterrupt):
        accept(replace(parts, sender=DyingSender()), request)
    assert attempt_due(later(parts, parts.lease - timedelta(seconds=1))) == 0
    assert attempt_due(later(parts, parts.lease)) == 1
    delivery = stored(request)
    assert (delivery.state, delivery.attempts) == ("sent", 2)


def test_a_late_refusal_of_a_lapsed_attempt_changes_nothing_but_its_success_is_believed(parts, stored, later):
    request = message_request()
    delivery_id = waiting(parts, request)
    claim(parts, delivery_id)
    taken_over = later(parts, parts.lease)
    claim(taken_over, delivery_id)
    settle(taken_over, delivery_id, 1, NO)
    assert stored(request).claimed_until is not None
    settle(taken_over, delivery_id, 1, Sent())
    settle(taken_over, delivery_id, 2, NO)
    assert stored(request).state == "sent"


def test_a_claimed_delivery_is_claimed_by_nobody_else(parts):
    delivery_id = waiting(parts, message_request())
    assert claim(parts, delivery_id) is not None
    assert claim(parts, delivery_id) is None


def test_attempts_whose_end_is_never_known_are_given_up_too(parts, stored, later):
    request = message_request()
    delivery_id = waiting(parts, request)
    while claim(parts, delivery_id) is not None:
        parts = later(parts, parts.lease)
    delivery = stored(request)
    assert (delivery.state, delivery.attempts) == ("failed", 6)
    assert "no end is known" in delivery.last_error


def test_a_reminder_that_waited_beyond_the_start_is_withdrawn(parts, stored, later):
    parts = replace(parts, sender=NullSender(NO))
    request = message_request("reservation_reminder")
    accept(parts, request)
    assert attempt_due(later(parts, timedelta(days=30))) == 0
    assert stored(request).state == "withdrawn"


def test_a_door_that_is_shut_for_all_ends_the_round(parts, later):
    parts = replace(parts, sender=NullSender(*[TryLater("away", everyone=True)] * 4))
    for _ in range(3):
        accept(parts, message_request())
    assert attempt_due(later(parts, timedelta(minutes=2))) == 1
    assert attempt_due(later(parts, timedelta(minutes=2))) == 2


def test_a_letter_that_went_out_is_written_down_when_the_store_comes_back(parts, stored, monkeypatch):
    monkeypatch.setattr(attempts, "SETTLE_PAUSES_SECONDS", (0.0, 0.0))
    request = message_request()
    delivery_id = waiting(parts, request)
    attempts.attempt_delivery(
        replace(parts, database=Stumbling(parts.database, after=1, times=2)), delivery_id
    )
    assert stored(request).state == "sent"


def test_old_personal_data_is_erased_and_the_row_stays(parts, stored, later):
    request, young, skipped = message_request(), message_request(), message_request(recipient={"phone": "1"})
    accept(parts, request)
    accept(parts, skipped)
    accept(later(parts, timedelta(days=2)), young)
    attempt_due(later(parts, timedelta(days=91)))
    for old in (stored(request), stored(skipped)):
        assert old.erased_at is not None
        told = (old.recipient_name, old.recipient_email, old.recipient_phone, old.subject, old.text, old.html)
        assert told == (None,) * 6
        assert (old.calendar, old.calendar_method, old.last_error) == (None,) * 3
        assert old.reservation_id is not None
    assert stored(young).recipient_email == "zaneta@example.org"


def test_what_is_still_to_be_sent_is_never_erased(parts, stored, later):
    parts = replace(parts, sender=NullSender(*[NO] * 3))
    request = message_request()
    accept(parts, request)
    attempt_due(later(parts, timedelta(days=100)))
    assert stored(request).recipient_email == "zaneta@example.org"


class DyingSender:
    """A worker's end in the midst of a conversation."""

    def deliver(self, _letter):
        raise KeyboardInterrupt

    def fault(self):
        return None


class Stumbling:
    """A database that is away for some writes."""

    def __init__(self, database, *, after, times):
        self._database, self._after, self._times = database, after, times

    def write(self, work):
        self._after -= 1
        if -self._times <= self._after < 0:
            raise Unavailable("unavailable", "the store is away")
        return self._database.write(work)


def waiting(parts, request):
    """Store the request's delivery as a worker does that dies before its attempt; gives the id."""
    with pytest.raises(Unavailable):
        accept(replace(parts, database=Stumbling(parts.database, after=1, times=1)), request)
    return UUID(request["message_id"])


def claim(parts, delivery_id):
    return parts.database.write(
        lambda session: claim_delivery(session, delivery_id, now=parts.clock(), lease=parts.lease)
    )


def settle(parts, delivery_id, attempt, outcome):
    parts.database.write(
        lambda session: settle_attempt(session, delivery_id, attempt, outcome, now=parts.clock(), chance=0.5)
    )
