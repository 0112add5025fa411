"""The working side of the queue: a process that runs jobs one after the other, and outlives outages."""

import signal
import time
from collections.abc import Sequence
from types import FrameType
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from services.kernel.logs import bind_request_id, clear_request_id, get_logger

from .sending import connect

log = get_logger(__name__)

# Short, so that what a killed worker leaves behind comes back soon.
MAINTENANCE_SECONDS, MONITORING_SECONDS, WORKER_SECONDS = 10, 5, 25
RECONNECT_SECONDS = 1.0


class Worker(SimpleWorker):
    """Runs jobs in its own process, each in the log context of the request that caused it."""

    max_connection_wait_time = 2.0  # seconds; as it is, it would sleep a minute past a long outage
    told_to_stop = False

    def perform_job(self, job: Job, *args: Any, **kwargs: Any) -> bool:
        """Run one job with its request id bound."""
        bind_request_id(job.get_meta(refresh=False).get("request_id"))
        try:
            return super().perform_job(job, *args, **kwargs)
        finally:
            clear_request_id()

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the job at hand, and remember that it was asked for."""
        self.told_to_stop = True
        super().request_stop(signum, frame)


def run_worker(redis_url: str, queue_names: Sequence[str], *, burst: bool = False) -> None:
    """Work on the queues until SIGTERM or SIGINT (or, in a burst, until they are empty).

    Outlives outages of the queue: it waits and connects again. Runs in the main thread only, for the
    sake of its signals.
    """
    _stop_at_once_on_signals()
    try:
        while not _work(redis_url, queue_names, burst):
            time.sleep(RECONNECT_SECONDS)
    except StopRequested:  # the signal came between two workers
        return


def _work(redis_url: str, queue_names: Sequence[str], burst: bool) -> bool:
    """Work until told to stop, or until RQ's worker gives up on an outage; whether it was told."""
    connection = connect(redis_url)
    worker: Worker | None = None
    try:
        worker = _worker(connection, queue_names)
        worker.work(burst=burst, logging_level="WARNING")
        return burst or worker.told_to_stop
    except RedisError as error:
        log.warning("queue_unavailable", reason=str(error))
        return worker is not None and worker.told_to_stop
    finally:
        _stop_at_once_on_signals()  # the handlers that the worker left would only stop itself
        connection.close()


def _stop_at_once_on_signals() -> None:
    def stop(_signum: int, _frame: FrameType | None) -> None:
        raise StopRequested

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def _worker(connection: Redis, queue_names: Sequence[str]) -> Worker:
    return Worker(
        [Queue(name, connection=connection, serializer=JSONSerializer) for name in queue_names],
        connection=connection,
        serializer=JSONSerializer,
        maintenance_interval=MAINTENANCE_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
        worker_ttl=WORKER_SECONDS,
        log_job_description=False,
    )
