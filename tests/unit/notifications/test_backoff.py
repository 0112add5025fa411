"""The pauses between attempts."""

from datetime import timedelta

import pytest

from services.notifications.domain.backoff import pause_after


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 5), (3, 30), (4, 120), (5, 720)])
def test_pauses_grow_and_are_spread_by_a_fifth(tries, minutes):
    middle = timedelta(minutes=minutes)
    assert pause_after(tries, 0.5) == middle
    assert pause_after(tries, 0.0) == 0.8 * middle
    assert middle < pause_after(tries, 0.999) < 1.2 * middle


def test_the_sixth_refusal_gives_up():
    assert pause_after(6, 0.5) is None
