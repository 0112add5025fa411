"""When a delivery that was refused for now is tried again, and when it is given up."""

from datetime import timedelta

SCHEDULE = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
SPREAD = 0.2


def pause_after(tries: int, chance: float) -> timedelta | None:
    """The pause after the given number of tries (1 or more), None when it is time to give up.

    `chance` is in [0, 1) and spreads the pause by a fifth to either side, so that messages refused
    together do not come back together.
    """
    if tries > len(SCHEDULE):
        return None
    return SCHEDULE[tries - 1] * (1 - SPREAD + 2 * SPREAD * chance)
