"""The states of a delivery and what each of them allows."""

from enum import StrEnum


class State(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"  # accepted, not tried yet (or its worker died before the first answer)
    RETRYING = "retrying"  # tried, refused for now; the next attempt has its time
    SENT = "sent"  # the mail server took it
    KEPT = "kept"  # written to the mail folder, where no mail server is set
    FAILED = "failed"  # refused for good, given up, or never a message that could be sent
    SKIPPED = "skipped"  # nobody to write to by e-mail: not a failure
    WITHDRAWN = "withdrawn"  # would have come too late to be of use


OPEN = (State.WAITING, State.RETRYING)
CLOSED = tuple(state for state in State if state not in OPEN)
RETRYABLE = (State.FAILED, State.RETRYING)
