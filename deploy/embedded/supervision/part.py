"""What the supervisor is told about one part: how to start it, how to stop it, when it may start."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One process to keep running.

    `stop_rank`: parts of a lower rank are stopped first; equals stop together.
    `grace`: seconds between the stop signal and SIGKILL.
    `environment` is all that the process gets: nothing is inherited.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    stop_rank: int
    grace: float
    stop_signal: signal.Signals = signal.SIGTERM
