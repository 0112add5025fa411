"""How long a crashed part waits before it is started again, and when to call it broken."""

AT_ONCE = 20.0  # seconds: a shorter life counts as a crash at once; loading alone may take a few
PATIENCE = 5  # crashes at once in a row before the part is called broken
FIRST_DELAY = 0.3
LONGEST_DELAY = 5.0
BROKEN_DELAY = 30.0


class Restarts:
    """Counts the crashes of one part. Delays double up to a limit; a longer life forgives all."""

    def __init__(self) -> None:
        self.total = 0
        self.at_once = 0

    def note_crash(self, lived: float) -> float:
        """Record an end after `lived` seconds and return the seconds to wait before the next start."""
        self.total += 1
        self.at_once = self.at_once + 1 if lived < AT_ONCE else 0
        if self.is_broken:
            return BROKEN_DELAY
        return min(LONGEST_DELAY, FIRST_DELAY * 2 ** max(0, self.at_once - 1))

    @property
    def is_broken(self) -> bool:
        """Whether the part ended at once so often in a row that trying again quickly is no use."""
        return self.at_once >= PATIENCE

    @property
    def just_broke(self) -> bool:
        """Whether the last crash was the one that made the part broken: the moment to say so."""
        return self.at_once == PATIENCE
