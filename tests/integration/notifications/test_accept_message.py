"""What becomes of a requested message: delivered once, skipped, withdrawn, or failed with a reason."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from icalendar import Calendar

from services.notifications.clients.mail_folder import MailFolder
from services.notifications.clients.null import NullSender
from services.notifications.domain.outcomes import Refused, TryLater
from services.notifications.jobs.accept_message import accept

from .requests import REQUEST_ICS, message_request


def test_a_requested_message_is_sent_and_written_down(parts, stored):
    request = message_request()
    assert accept(parts, request) == "sent"
    delivery = stored(request)
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("sent", 1, None)
    assert delivery.sent_at == parts.clock()
    assert delivery.subject.startswith("Rezerwacja potwierdzona: Sala Dębowa, czwartek, 26 listopada 2026")
    assert str(delivery.reservation_id) == request["reservation_id"]
    assert [letter.recipient for letter in parts.sender.letters] == ["zaneta@example.org"]


def test_a_repeat_delivers_nothing_more(parts, stored):
    request = message_request()
    assert [accept(parts, request) for _ in range(3)] == ["sent"] * 3
    assert len(parts.sender.letters) == 1
    assert stored(request).attempts == 1


def test_repeats_at_the_same_moment_deliver_once(parts):
    request = message_request()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: accept(parts, request), range(8)))
    assert len(parts.sender.letters) == 1


def test_without_a_mail_server_the_message_is_kept_as_a_file(parts, stored, tmp_path):
    request = message_request()
    assert accept(replace(parts, sender=MailFolder(tmp_path / "mail")), request) == "kept"
    (file,) = (tmp_path / "mail").iterdir()
    email = message_from_bytes(file.read_bytes(), policy=default)
    assert email["To"].addresses[0].addr_spec == "zaneta@example.org"
    assert request["message_id"] in email["Message-ID"]
    attachment = next(email.iter_attachments())
    event = Calendar.from_ical(attachment.get_payload(decode=True)).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Zebranie Żółwi"
    assert stored(request).state == "kept"


@pytest.mark.parametrize("email", [None, "", "  "])
def test_someone_with_a_phone_only_is_skipped_and_never_failed(parts, stored, email):
    request = message_request(recipient={"name": "Anna", "email": email, "phone": "+48 600 000 000"})
    assert accept(parts, request) == "skipped"
    assert parts.sender.letters == []
    delivery = stored(request)
    assert delivery.recipient_phone == "+48 600 000 000"
    assert "Dzień dobry" in delivery.text  # what staff may tell her by phone


@pytest.mark.parametrize(
    ("template", "params", "state"),
    [
        ("reservation_reminder", {"starts_at": "2026-11-20T10:59:00+01:00"}, "withdrawn"),
        ("reservation_reminder", {"starts_at": "2026-11-20T11:01:00+01:00"}, "sent"),
        ("reservation_confirm_link", {"confirm_by": "2026-11-20T10:59:00+01:00"}, "withdrawn"),
        ("reservation_confirmed", {"expires_at": "2026-11-20T10:59:00+01:00"}, "withdrawn"),
        ("reservation_confirmed", {"starts_at": "2026-11-20T10:59:00+01:00"}, "sent"),
    ],
)
def test_a_message_that_comes_too_late_is_withdrawn(parts, template, params, state):
    request = message_request(template)
    request["params"] |= params
    assert accept(parts, request) == state


def test_an_unspoken_language_falls_back_to_the_centres(parts, stored):
    request = message_request(language="de")
    accept(parts, request)
    assert stored(request).language == "pl"


def test_what_a_newer_sender_adds_does_not_stop_the_mail(parts):
    request = message_request(priority="high")
    request["params"] |= {"door_code": "1234"}
    request["recipient"] |= {"pronoun": "she"}
    assert accept(parts, request) == "sent"


def broken(**changes):
    return {**message_request(), **changes}


def without(*names):
    return {name: value for name, value in message_request().items() if name not in names}


def with_params(**changes):
    return broken(params={**message_request()["params"], **changes})


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (None, "Invalid input type"),
        ([], "Invalid input type"),
        ("text", "Invalid input type"),
        ({}, "message_id"),
        (without("message_id"), "message_id: Missing data"),
        (broken(message_id="7"), "message_id: Not a valid UUID"),
        (broken(message_id=7), "message_id: Not a valid UUID"),
        (broken(template="reservation_lost"), "template: there is no reservation_lost"),
        (broken(template=["x"]), "template: Not a valid string"),
        (broken(recipient=None), "recipient: Field may not be null"),
        (broken(recipient="anna@example.org"), "recipient: Invalid input type"),
        (broken(recipient={"email": "anna"}), "recipient.email: Not an e-mail address"),
        (broken(recipient={"email": "a@b.c\r\nBcc: x@y.z"}), "recipient.email: Not an e-mail address"),
        (broken(recipient={"email": "a@b.c", "name": "Anna\0"}), "recipient.name: Control characters"),
        (broken(recipient={"email": "a@b.c", "name": "\ud800"}), "text that is not Unicode"),
        (without("params"), "params: Missing data"),
        (with_params(starts_at="2026-11-26T17:00:00"), "params.starts_at: The offset is missing"),
        (with_params(starts_at="soon"), "params.starts_at: Not an RFC 3339 time"),
        (with_params(room_name=""), "params.room_name"),
        (with_params(link="javascript:alert(1)"), "params.link: Not a valid URL"),
        (with_params(time_zone="Mars/Olympus"), "params.time_zone: Not a time zone"),
        (with_params(time_zone="../../etc/passwd"), "params.time_zone: Not a time zone"),
        (broken(ics={"method": "PUBLISH", "content": REQUEST_ICS}), "ics.method: Must be one of"),
        (broken(ics={"method": "CANCEL", "content": REQUEST_ICS}), "ics: its METHOD is not CANCEL"),
        (broken(ics={"method": "REQUEST", "content": "hello"}), "ics: not an iCalendar object"),
        (broken(reservation_id="7"), "reservation_id: Not a valid UUID"),
        (broken(not_after="tomorrow"), "not_after: Not an RFC 3339 time"),
    ],
)
def test_a_malformed_request_fails_once_with_its_reason(parts, found, payload, said):
    assert [accept(parts, payload) for _ in range(2)] == ["failed"] * 2
    (delivery,) = found()
    assert delivery.state == "failed"
    assert said in delivery.last_error
    assert delivery.next_attempt_at is None
    assert parts.sender.letters == []


def test_of_a_malformed_request_staff_see_whom_it_was_for(parts, found):
    accept(parts, without("params"))
    (delivery,) = found()
    assert delivery.recipient_email == "zaneta@example.org"
    assert delivery.template == "reservation_confirmed"


@pytest.mark.parametrize(
    ("outcome", "state", "error"),
    [
        (TryLater("come back"), "retrying", "come back"),
        (Refused("no such box"), "failed", "no such box"),
        (Refused("no\0 such\r\nbox " + "x" * 9_000), "failed", "no such box " + "x" * 987 + "…"),
    ],
)
def test_a_refusal_is_written_down(parts, stored, outcome, state, error):
    request = message_request()
    assert accept(replace(parts, sender=NullSender(outcome)), request) == state
    assert stored(request).last_error == error
