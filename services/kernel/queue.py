"""The queue: RQ over the Redis protocol, with JSON for everything that is stored there."""

import time
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from services.kernel.errors import QueueUnavailable
from services.kernel.logs import bind_request_id, clear_request_id, get_logger

log = get_logger(__name__)

CONNECT_SECONDS, ANSWER_SECONDS = 1.0, 2.0
JOB_SECONDS = 180
KEEP_RESULT_SECONDS = 24 * 3600  # the relay reads there that the job is done
KEEP_FAILURE_SECONDS = 7 * 24 * 3600
# Short, so that what a killed worker leaves behind comes back soon.
MAINTENANCE_SECONDS, MONITORING_SECONDS, WORKER_SECONDS = 10, 5, 25
RECONNECT_SECONDS = 1.0

JobName = Literal["finished", "failed", "started", "waiting", "missing"]


class JobState(NamedTuple):
    """What became of a job; `error` is the last line of a failed one's report."""

    name: JobName
    error: str | None = None


class Queues:
    """The sending side: puts jobs on queues and asks what became of them."""

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=ANSWER_SECONDS
        )

    def enqueue(
        self, *, queue: str, function: str, args: Sequence[Any], job_id: str, request_id: str | None = None
    ) -> None:
        """Put a call of `function` on a queue under an id of our own; the same id again replaces it."""
        with _queue_errors():
            Queue(queue, connection=self._redis, serializer=JSONSerializer).enqueue_call(
                function,
                args=list(args),
                job_id=job_id,
                timeout=JOB_SECONDS,
                result_ttl=KEEP_RESULT_SECONDS,
                failure_ttl=KEEP_FAILURE_SECONDS,
                description=function,  # never the arguments: they hold personal data
                meta={"request_id": request_id},
            )

    def job_state(self, job_id: str) -> JobState:
        """What became of a job; missing when the queue knows nothing of it."""
        with _queue_errors():
            try:
                job = Job.fetch(job_id, connection=self._redis, serializer=JSONSerializer)
                status = job.get_status(refresh=False)
            except NoSuchJobError:
                return JobState("missing")
            if status == "finished":
                return JobState("finished")
            if status in ("failed", "stopped", "canceled"):
                return JobState("failed", _last_line(job))
            return JobState("started" if status == "started" else "waiting")

    def length(self, queue: str) -> int:
        """How many jobs wait on a queue."""
        with _queue_errors():
            return int(Queue(queue, connection=self._redis, serializer=JSONSerializer).count)

    def ping(self) -> None:
        """Raise QueueUnavailable when the queue does not answer."""
        with _queue_errors():
            self._redis.ping()

    def close(self) -> None:
        """Close the connections."""
        self._redis.close()


class Worker(SimpleWorker):
    """Runs jobs in its own process, each in the log context of the request that caused it."""

    def perform_job(self, job: Job, *args: Any, **kwargs: Any) -> bool:
        """Run one job with its request id bound."""
        bind_request_id(job.get_meta(refresh=False).get("request_id"))
        try:
            return super().perform_job(job, *args, **kwargs)
        finally:
            clear_request_id()


def run_worker(redis_url: str, queue_names: Sequence[str], *, burst: bool = False) -> None:
    """Work on the queues until SIGTERM or SIGINT (or, in a burst, until they are empty).

    Outlives outages of the queue: it waits and connects again.
    """
    while True:
        connection = Redis.from_url(redis_url, socket_connect_timeout=CONNECT_SECONDS)
        try:
            _worker(connection, queue_names).work(burst=burst, logging_level="WARNING")
            return
        except (RedisConnectionError, RedisTimeoutError) as error:
            log.warning("queue_unavailable", reason=str(error))
            time.sleep(RECONNECT_SECONDS)
        finally:
            connection.close()


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


def _last_line(job: Job) -> str | None:
    result = job.latest_result()
    report = (result.exc_string or "") if result is not None else ""
    return report.strip().rpartition("\n")[2][:500] or None


class _queue_errors:  # noqa: N801 - reads as the statement that it is
    """Tells the errors of redis-py as QueueUnavailable."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, error: BaseException | None, _trace: Any) -> None:
        if isinstance(error, RedisError):
            raise QueueUnavailable("queue_unavailable", "The queue does not answer.") from error
