"""Working on the service's queues."""

from services.kernel.queue import run_worker
from services.notifications.runtime import Parts, working_with

QUEUES = ("notifications",)


def work(parts: Parts, redis_url: str, *, burst: bool = False) -> None:
    """Work with these parts until told to stop, or in a burst until the queues are empty."""
    with working_with(parts):
        run_worker(redis_url, QUEUES, burst=burst)
