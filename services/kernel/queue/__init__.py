"""The queue: RQ over the Redis protocol, with JSON for everything that is stored there."""

from .sending import JobName, JobState, Queues
from .working import run_worker

__all__ = ["JobName", "JobState", "Queues", "run_worker"]
