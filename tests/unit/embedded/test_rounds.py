"""Rounds go on whatever happens in one of them."""

import threading
import time

from deploy.embedded.rounds import Round, run_rounds
from services.kernel.errors import Unavailable


def test_a_failing_round_is_repeated_and_holds_up_no_other() -> None:
    stop = threading.Event()
    counts = {"good": 0, "away": 0, "bad": 0}

    def good() -> None:
        counts["good"] += 1
        if min(counts.values()) > 3:
            stop.set()

    def away() -> None:
        counts["away"] += 1
        raise Unavailable("database_unavailable")

    def bad() -> None:
        counts["bad"] += 1
        raise ZeroDivisionError

    giving_up = threading.Timer(30, stop.set)
    giving_up.start()
    run_rounds([Round("good", 0.01, good), Round("away", 0.01, away), Round("bad", 0.01, bad)], stop)
    giving_up.cancel()
    assert all(count > 3 for count in counts.values()), counts


def test_a_hanging_round_does_not_keep_the_process() -> None:
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    began = time.monotonic()
    run_rounds([Round("hangs", 1, lambda: time.sleep(20))], stop)
    assert time.monotonic() - began < 5
