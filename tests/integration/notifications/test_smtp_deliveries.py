"""Whole deliveries through real mail servers: what the log says after each answer."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from services.notifications.clients.mail_server import SmtpClient
from services.notifications.domain.mail_server import MailServer
from services.notifications.jobs.accept_message import accept
from services.notifications.jobs.scans import attempt_due
from tests.support.running import free_port

from .mail_servers import HOST, Inbox, mail_server, silent_server
from .requests import message_request


def through(parts, port, **options):
    return replace(parts, sender=SmtpClient(MailServer(HOST, port, "none"), **options))


@pytest.mark.parametrize(
    ("answers", "first", "afterwards", "letters"),
    [
        ({}, "sent", "sent", 1),
        ({"to_recipient": ("450 4.2.0 Come back",)}, "retrying", "sent", 1),
        ({"to_content": ("452 4.3.1 Full", "452 4.3.1 Full")}, "retrying", "retrying", 0),
        ({"to_recipient": ("550 5.1.1 No such box",)}, "failed", "failed", 0),
        ({"to_content": ("554 5.7.1 Refused",)}, "failed", "failed", 0),
    ],
    ids=["taken", "come back, then taken", "come back twice", "no such box", "content refused"],
)
def test_the_log_follows_what_the_server_says(parts, stored, later, answers, first, afterwards, letters):
    inbox, request = Inbox(**answers), message_request()
    with mail_server(inbox) as port:
        sending = through(parts, port)
        assert accept(sending, request) == first
        attempt_due(later(sending, timedelta(minutes=2)))
    assert stored(request).state == afterwards
    assert len(inbox.letters) == letters
    if letters:
        email = message_from_bytes(inbox.letters[0].original_content, policy=default)
        assert email["Subject"] == stored(request).subject.replace("\u202f", " ")
        assert email["Message-ID"] == f"<{request['message_id']}@example.org>"


def test_a_server_that_is_away_is_a_matter_of_time(parts, stored, later):
    request, inbox, port = message_request(), Inbox(), free_port()
    sending = through(parts, port)
    assert accept(sending, request) == "retrying"
    assert "refused" in stored(request).last_error
    with mail_server(inbox, port=port):
        assert attempt_due(later(sending, timedelta(minutes=2))) == 1
    assert stored(request).state == "sent"
    assert len(inbox.letters) == 1


def test_a_server_that_hangs_is_a_matter_of_time_too(parts, stored):
    request = message_request()
    with silent_server(greeting=b"220 hello\r\n") as port:
        assert accept(through(parts, port, step=0.3), request) == "retrying"
    assert "timed out" in stored(request).last_error
