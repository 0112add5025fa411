"""How long a crashed part waits."""

import pytest

from deploy.embedded.supervision.restarts import BROKEN_DELAY, Restarts


def test_delays_double_until_the_part_is_broken() -> None:
    restarts = Restarts()
    delays = [restarts.note_crash(lived=0.1) for _ in range(6)]
    assert delays == [0.3, 0.6, 1.2, 2.4, BROKEN_DELAY, BROKEN_DELAY]
    assert restarts.total == 6


def test_it_is_said_once_that_a_part_is_broken() -> None:
    restarts = Restarts()
    said = []
    for _ in range(7):
        restarts.note_crash(lived=0.1)
        said.append(restarts.just_broke)
    assert said == [False, False, False, False, True, False, False]


@pytest.mark.parametrize(("lived", "broken"), [(0.1, True), (60.0, False)])
def test_only_crashes_at_once_make_a_part_broken(lived: float, broken: bool) -> None:
    restarts = Restarts()
    for _ in range(5):
        restarts.note_crash(lived=lived)
    assert restarts.is_broken is broken
