"""The real worker on a real queue, with real mail servers; it may be killed at any moment."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from services.kernel.caller import generate_keypair
from services.kernel.queue import Queues
from services.notifications.clients.mail_server import SmtpClient
from services.notifications.domain.mail_server import MailServer
from services.notifications.jobs.scans import attempt_due
from tests.support.running import CHECKOUT, clean_environment, free_port, run_command

from .mail_servers import HOST, Inbox, mail_server, silent_server
from .requests import message_request

FUNCTION = "services.notifications.jobs.accept_message.accept_message"
CLI = "services.notifications.cli"

pytestmark = pytest.mark.slow


@pytest.fixture
def environment(store, valkey_url, tmp_path) -> dict[str, str]:
    """What the worker is told."""
    _private, public = generate_keypair()
    return {
        "NOTIFICATIONS_DATABASE_URL": store,
        "REDIS_URL": valkey_url,
        "CAMP_CENTRE": str(CHECKOUT / "tests" / "centres" / "always-open.yaml"),
        "CAMP_MAIL_DIR": str(tmp_path / "mail"),
        "CALLER_PUBLIC_KEYS": json.dumps({"gateway": public}),
    }


@pytest.fixture
def enqueue(valkey_url) -> Iterator[Callable[..., None]]:
    """Put a request on the queue, as the relay does."""
    queues = Queues(valkey_url)

    def put(request: object, job_id: str) -> None:
        queues.enqueue(
            queue="notifications", function=FUNCTION, args=[request], job_id=job_id, request_id="request-0001"
        )

    yield put
    queues.close()


@contextmanager
def worker(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process until the block ends."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", CLI, "worker"],
            cwd=CHECKOUT,
            env=clean_environment(environment),
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(condition: Callable[[], bool], log: Path, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def test_a_requested_message_reaches_its_reader_once_however_often_it_is_queued(
    environment, enqueue, stored, found, tmp_path
):
    inbox, log, request = Inbox(), tmp_path / "worker.log", message_request()
    for number in range(3):
        enqueue(request, f"job-{number}")
    enqueue({"message_id": "nonsense"}, "job-malformed")
    enqueue(message_request(), "job-last")
    with mail_server(inbox) as port, worker(environment | {"SMTP_URL": f"smtp://{HOST}:{port}"}, log):
        wait_until(lambda: len(inbox.letters) == 2, log)
    email = message_from_bytes(inbox.letters[0].original_content, policy=default)
    assert email["From"].addresses[0].addr_spec == "biuro@always-open.test"
    assert email["To"].addresses[0].addr_spec == "zaneta@example.org"
    assert email["Message-ID"] == f"<{request['message_id']}@always-open.test>"
    assert stored(request).state == "sent"
    assert stored(request).request_id == "request-0001"
    assert sorted(delivery.state for delivery in found()) == ["failed", "sent", "sent"]
    assert '"request_id": "request-0001"' in log.read_text()
    assert "zaneta@example.org" not in log.read_text(), "logs tell nothing of people"


def test_without_a_mail_server_the_worker_keeps_files(environment, enqueue, tmp_path):
    log, mail = tmp_path / "worker.log", tmp_path / "mail"
    enqueue(message_request(), "job-1")
    with worker(environment, log):
        wait_until(lambda: mail.exists() and len(list(mail.glob("*.eml"))) == 1, log)


def test_the_attempt_of_a_killed_worker_is_taken_up_after_its_lease(
    environment, enqueue, parts, stored, found, later, tmp_path
):
    log, request, inbox = tmp_path / "worker.log", message_request(), Inbox()
    enqueue(request, "job-1")
    with (
        silent_server(greeting=b"220 hello\r\n") as port,
        worker(environment | {"SMTP_URL": f"smtp://{HOST}:{port}"}, log) as process,
    ):
        wait_until(lambda: any(delivery.attempts == 1 for delivery in found()), log)
        process.kill()
        process.wait()
    at_real_time = replace(parts, clock=lambda: datetime.now(UTC))
    assert stored(request).state == "waiting"
    with mail_server(inbox) as port:
        working = replace(at_real_time, sender=SmtpClient(MailServer(HOST, port, "none")))
        assert attempt_due(working) == 0, "the claim still holds"
        after_lease = later(working, parts.lease)
        assert attempt_due(after_lease) == 1
        assert attempt_due(later(after_lease, timedelta(days=1))) == 0
    assert len(inbox.letters) == 1
    assert (stored(request).state, stored(request).attempts) == ("sent", 2)


def test_a_server_that_is_away_is_tried_again_by_the_scan(environment, enqueue, parts, stored, tmp_path):
    log, request, inbox, port = tmp_path / "worker.log", message_request(), Inbox(), free_port()
    away = environment | {"SMTP_URL": f"smtp://{HOST}:{port}"}
    enqueue(request, "job-1")
    with worker(away, log):
        wait_until(lambda: "delivery_attempted" in log.read_text(), log)
    assert stored(request).state == "retrying"
    assert "refused" in stored(request).last_error
    with mail_server(inbox, port=port):
        assert "attempts: 0" in run_command([CLI, "scan"], away)
        assert "attempts: 1" in run_command([CLI, "scan"], away | {"CAMP_CLOCK": "+120"})
    assert len(inbox.letters) == 1
    assert stored(request).state == "sent"
