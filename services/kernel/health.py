"""Health: alive is whoever answers, ready is whoever has all its parts."""

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from services.kernel.errors import Problem
from services.kernel.logs import get_logger

log = get_logger(__name__)


@dataclass(frozen=True)
class Check:
    """A part of the service. `run` raises when it is away; `mend` tells whoever runs the suite what to do.

    Without a part that is not `needed` the service is degraded, and ready all the same. A part that
    says nothing for `within` seconds counts as away.
    """

    name: str
    run: Callable[[], None]
    mend: str
    needed: bool = True
    within: float = 2.0


class Fault(Exception):
    """What a check found wrong, in one sentence."""


@dataclass(frozen=True)
class Finding:
    """What a check found; `reason` and `mend` are empty where all is well."""

    name: str
    ok: bool
    needed: bool
    milliseconds: int
    reason: str = ""
    mend: str = ""


def run_checks(checks: Iterable[Check]) -> list[Finding]:
    """Run every check, all at once; none can break the others or hold up the answer."""
    started = time.monotonic()
    return [_found(check, results, started) for check, results in [(each, _begin(each)) for each in checks]]


def readiness(checks: Iterable[Check]) -> tuple[dict[str, object], int]:
    """The body and the status of /readyz: 503 when a needed part is away."""
    findings = run_checks(checks)
    ready = all(finding.ok for finding in findings if finding.needed)
    status = "not_ready" if not ready else "ready" if all(finding.ok for finding in findings) else "degraded"
    body: dict[str, object] = {"status": status, "parts": [asdict(finding) for finding in findings]}
    return body, 200 if ready else 503


def _begin(check: Check) -> "queue.SimpleQueue[Finding]":
    """Start a check in a thread of its own, which may outlive the answer; its finding comes by the queue."""
    results: queue.SimpleQueue[Finding] = queue.SimpleQueue()
    context = contextvars.copy_context()  # so that what it logs carries the request id

    def run() -> None:
        results.put(context.run(_run, check))

    threading.Thread(target=run, name=f"check-{check.name}", daemon=True).start()
    return results


def _found(check: Check, results: "queue.SimpleQueue[Finding]", started: float) -> Finding:
    try:
        return results.get(timeout=max(0.0, started + check.within - time.monotonic()))
    except queue.Empty:
        log.warning("check_silent", check=check.name)
        return _away(check, started, f"It says nothing for {check.within:g} seconds.")


def _run(check: Check) -> Finding:
    started = time.monotonic()
    try:
        check.run()
    except (Fault, Problem) as fault:
        reason = fault.detail if isinstance(fault, Problem) else str(fault)
    except Exception as error:  # noqa: BLE001 - whatever it is, the part is not well; the log has the rest
        log.error("check_failed", check=check.name, exc_info=error)
        reason = "The check itself failed; the log tells more."
    else:
        return Finding(check.name, True, check.needed, _since(started))
    return _away(check, started, reason)


def _away(check: Check, started: float, reason: str) -> Finding:
    return Finding(check.name, False, check.needed, _since(started), reason, check.mend)


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
