"""With parts stopped, booking and cancelling go on; started again, every message arrives exactly once."""

import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.launcher.camp import Camp, wait_for

pytestmark = pytest.mark.slow
ROOM = "sala-bogdanka"
DAY = "2026-11-25"
CLOCK = "2026-11-24T11:20:00+01:00"
SETTLING_SECONDS = 4.0  # long enough for a repeat to show up, were there one


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Camp]:
    """The suite with the demo centre on a Tuesday morning."""
    camp = Camp(tmp_path_factory.mktemp("suite") / "var", settings={"CAMP_CLOCK": CLOCK})
    with camp.running():
        yield camp


class Desk:
    """Someone with an account, and staff who look at what was sent."""

    def __init__(self, camp: Camp) -> None:
        self.camp = camp
        self.resident = self._login("resident")
        self.staff = self._login("staff")

    def _login(self, who: str) -> dict[str, str]:
        told = {"email": f"{who}@demo.test", "password": "demo-demo-demo"}
        return {"Authorization": f"Bearer {self.camp.ask('/api/v1/tokens', told).json['token']}"}

    def book(self, hour: int) -> str:
        """Book an hour; the reservation's id."""
        body = {
            "room_id": ROOM,
            "start": f"{DAY}T{hour:02}:00:00+01:00",
            "end": f"{DAY}T{hour + 1:02}:00:00+01:00",
            "title": "A meeting",
            "purpose": "",
            "participants": 4,
            "contact": {"name": "Resident", "email": "resident@demo.test"},
            "language": "en",
        }
        headers = self.resident | {"Idempotency-Key": uuid4().hex}
        answer = self.camp.ask("/api/v1/reservations", body, headers=headers)
        assert answer.status == 201, answer.body
        return str(answer.json["id"])

    def cancel(self, reservation_id: str) -> None:
        """Cancel a reservation."""
        answer = self.camp.ask(f"/api/v1/reservations/{reservation_id}/cancel", {}, headers=self.resident)
        assert answer.status == 200, answer.body

    def book_and_cancel(self, hour: int) -> tuple[str, str]:
        """Book an hour and cancel it, and book the hour after; the two ids."""
        first = self.book(hour)
        self.cancel(first)
        return first, self.book(hour + 1)

    def deliveries(self, reservation_id: str) -> Counter[tuple[str, str]]:
        """What was delivered about a reservation: how often each template in each state."""
        found = self.camp.ask(f"/api/v1/deliveries?reservation_id={reservation_id}", headers=self.staff)
        items: list[dict[str, Any]] = found.json["items"] if found.status == 200 else []
        return Counter((item["template"], item["state"]) for item in items)

    def kept_mails(self) -> int:
        """How many messages lie in the mail folder."""
        return len(self.camp.mails())


@pytest.fixture(scope="module")
def desk(suite: Camp) -> Desk:
    """Logged in once for all tests."""
    return Desk(suite)


@pytest.mark.parametrize(
    ("hour", "parts"),
    [
        (8, ["valkey"]),
        (10, ["worker"]),
        (12, ["notifications", "worker"]),
        (14, ["relay"]),
        (16, ["valkey", "relay", "worker", "notifications"]),
    ],
    ids=["queue", "worker", "notifications", "relay", "all of them"],
)
def test_messages_wait_for_a_part_that_is_away(suite: Camp, desk: Desk, hour: int, parts: list[str]) -> None:
    before = desk.kept_mails()
    for part in parts:
        assert suite.run("part", "stop", part).returncode == 0
    cancelled, kept = desk.book_and_cancel(hour)
    time.sleep(1.5)
    assert desk.kept_mails() == before, "nothing can arrive while a part is away"
    for part in parts:
        assert suite.run("part", "start", part).returncode == 0
    expected = {
        cancelled: Counter({("reservation_confirmed", "kept"): 1, ("reservation_cancelled", "kept"): 1}),
        kept: Counter({("reservation_confirmed", "kept"): 1}),
    }
    for reservation_id, messages in expected.items():
        wait_for(lambda: desk.deliveries(reservation_id) == messages, seconds=60)  # noqa: B023 - used at once
    time.sleep(SETTLING_SECONDS)
    assert {each: desk.deliveries(each) for each in expected} == expected
    assert desk.kept_mails() == before + 3


def test_crashes_between_the_outbox_and_the_mail_lose_and_repeat_nothing(suite: Camp, desk: Desk) -> None:
    """Workers and relay are killed while messages are under way."""
    before = desk.kept_mails()
    ids = []
    for hour in (18, 19, 20):
        ids.append(desk.book(hour))
        for part in ("worker", "relay"):
            pid = suite.part_pid(part)
            if pid is not None:  # None: it is just being started again
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    wanted = Counter({("reservation_confirmed", "kept"): 1})
    for reservation_id in ids:
        wait_for(lambda: desk.deliveries(reservation_id) == wanted, seconds=90)  # noqa: B023 - used at once
    time.sleep(SETTLING_SECONDS)
    assert desk.kept_mails() == before + 3
