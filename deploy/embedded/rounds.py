"""Work that is done again and again, each in a thread of its own, until the process is told to stop."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.kernel.errors import Problem
from services.kernel.logs import bind_request_id, clear_request_id, get_logger

log = get_logger(__name__)


@dataclass(frozen=True)
class Round:
    """A piece of work: run, then pause `seconds`, then run again."""

    name: str
    seconds: float
    run: Callable[[], object]


def run_rounds(rounds: Sequence[Round], stop: threading.Event) -> None:
    """Run all of them side by side until `stop` is set, then let each finish what it is at."""
    threads = [threading.Thread(target=_go_round, args=(one, stop), name=one.name) for one in rounds]
    for thread in threads:
        thread.daemon = True  # one that hangs must not keep the process from ending
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(2.0)


def _go_round(one: Round, stop: threading.Event) -> None:
    while not stop.is_set():
        bind_request_id()
        try:
            one.run()
        except Problem as problem:  # the store or a sibling is away: the next round finds out again
            log.warning("round_postponed", round=one.name, code=problem.code, reason=problem.detail)
        except Exception as error:  # noqa: BLE001 - one failing round must end neither itself nor the others
            log.error("round_failed", round=one.name, exc_info=error)
        finally:
            clear_request_id()
        stop.wait(one.seconds)
