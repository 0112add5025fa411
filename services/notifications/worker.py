"""Works on the service's queues, where it does not share a worker with others."""

from services.kernel.queue import run_worker
from services.notifications.runtime import build_parts, working_with
from services.notifications.settings import Settings

QUEUES = ("notifications",)


def work(settings: Settings, *, burst: bool = False) -> None:
    """Work until told to stop, or in a burst until the queues are empty."""
    with working_with(build_parts(settings)):
        run_worker(settings.redis_url, QUEUES, burst=burst)
