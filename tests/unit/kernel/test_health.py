"""What /readyz says of parts that are well, away, broken or silent."""

import threading
import time
from collections.abc import Callable

import pytest

from services.kernel.errors import Unavailable
from services.kernel.health import Check, Fault, readiness
from services.kernel.logs import bind_request_id, current_request_id


def fail(error: Exception) -> Callable[[], None]:
    def run() -> None:
        raise error

    return run


WELL = Check("store", lambda: None, "Start it.")
AWAY = Check("store", fail(Fault("It is not migrated.")), "Migrate it.")
SPARE = Check("queue", fail(Unavailable(detail="No answer.")), "Start it.", needed=False)


@pytest.mark.parametrize(
    ("checks", "status", "code"),
    [
        ([], "ready", 200),
        ([WELL], "ready", 200),
        ([WELL, SPARE], "degraded", 200),
        ([WELL, AWAY], "not_ready", 503),
        ([SPARE, AWAY], "not_ready", 503),
    ],
)
def test_ready_is_who_has_all_that_it_needs(checks: list[Check], status: str, code: int) -> None:
    body, answered = readiness(checks)
    assert (body["status"], answered) == (status, code)


def test_each_part_that_is_away_tells_why_and_its_mend() -> None:
    (part,) = readiness([AWAY])[0]["parts"]  # type: ignore[misc]
    assert (part["reason"], part["mend"]) == ("It is not migrated.", "Migrate it.")


def test_a_check_that_breaks_shows_nothing_of_the_inside() -> None:
    body, code = readiness([Check("store", fail(RuntimeError("postgresql://u:secret@h")), "Start it.")])
    assert code == 503
    assert "secret" not in str(body)


def test_a_silent_part_does_not_hold_up_the_answer() -> None:
    end = threading.Event()
    silent = [Check(name, lambda: None if end.wait(30) else None, "Start it.", within=0.2) for name in "abc"]
    began = time.monotonic()
    body, code = readiness([WELL, *silent])
    end.set()
    assert code == 503
    assert time.monotonic() - began < 5
    assert [part["ok"] for part in body["parts"]] == [True, False, False, False]  # type: ignore[attr-defined]


def test_a_check_knows_the_request_that_asked() -> None:
    seen: list[str | None] = []
    asked = bind_request_id("abcd-1234")
    readiness([Check("store", lambda: seen.append(current_request_id()), "Start it.")])
    assert seen == [asked]
