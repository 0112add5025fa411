"""An outage is met with growing patience and told once a minute."""

import pytest
from structlog.testing import capture_logs

from services.kernel.errors import QueueUnavailable
from services.kernel.outbox import outage as module
from services.kernel.outbox.outage import Outage


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Lets seconds pass."""
    now = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])

    def pass_(seconds: float) -> None:
        now[0] += seconds

    return pass_


def test_a_first_failure_may_be_tried_again_at_once(passes) -> None:  # type: ignore[no-untyped-def]
    outage = Outage()
    outage.goes_on(QueueUnavailable())
    assert not outage.asks_for_patience()


def test_patience_grows_to_five_seconds_and_ends_with_the_outage(passes) -> None:  # type: ignore[no-untyped-def]
    outage = Outage()
    pauses = []
    for _ in range(7):
        outage.goes_on(QueueUnavailable())
        waited = 0.0
        while outage.asks_for_patience():
            passes(0.25)
            waited += 0.25
        pauses.append(waited)
    assert pauses == [0, 0.5, 1, 2, 4, 5, 5]
    outage.is_over()
    outage.goes_on(QueueUnavailable())
    assert not outage.asks_for_patience()


def test_it_is_told_once_a_minute(passes) -> None:  # type: ignore[no-untyped-def]
    outage = Outage()
    with capture_logs() as lines:
        for _ in range(121):
            outage.goes_on(QueueUnavailable())
            passes(1)
    assert [line["event"] for line in lines] == ["queue_unavailable"] * 3
