"""The sending side of the queue: putting jobs there, and asking what became of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer

from services.kernel.errors import QueueUnavailable

CONNECT_SECONDS, ANSWER_SECONDS = 1.0, 2.0
JOB_SECONDS = 180
KEEP_RESULT_SECONDS = 24 * 3600  # the relay reads there that the job is done
KEEP_FAILURE_SECONDS = 7 * 24 * 3600

JobName = Literal["finished", "failed", "started", "waiting", "adrift", "missing"]


class JobState(NamedTuple):
    """What became of a job; `error` is the last line of a failed one's report.

    adrift: stored as waiting, but in no queue. A worker has just taken it, or took it and died.
    """

    name: JobName
    error: str | None = None


def connect(redis_url: str, **options: Any) -> Redis:
    """A client that gives up soon: one more try at once, for a connection that had gone stale."""
    given = {"socket_connect_timeout": CONNECT_SECONDS, "retry": Retry(NoBackoff(), 1)}
    return Redis.from_url(redis_url, **given, **options)


class Queues:
    """Puts jobs on queues and asks what became of them."""

    def __init__(self, redis_url: str) -> None:
        self._redis = connect(redis_url, socket_timeout=ANSWER_SECONDS)

    def enqueue(
        self, *, queue: str, function: str, args: Sequence[Any], job_id: str, request_id: str | None = None
    ) -> None:
        """Put a call of `function` on a queue under an id of our own; the same id again replaces it."""
        with _told_as_queue_unavailable():
            self._queue(queue).enqueue_call(
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
        with _told_as_queue_unavailable():
            try:
                job = Job.fetch(job_id, connection=self._redis, serializer=JSONSerializer)
            except NoSuchJobError:
                return JobState("missing")
            status = job.get_status(refresh=False)
            if status in ("finished", "started"):
                return JobState("finished" if status == "finished" else "started")
            if status in ("failed", "stopped", "canceled"):
                return JobState("failed", _last_line(job))
            queued = self._redis.lpos(self._queue(job.origin).key, job_id) is not None
            return JobState("waiting" if queued else "adrift")

    def length(self, queue: str) -> int:
        """How many jobs wait on a queue."""
        with _told_as_queue_unavailable():
            return int(self._queue(queue).count)

    def ping(self) -> None:
        """Raise QueueUnavailable when the queue does not answer."""
        with _told_as_queue_unavailable():
            self._redis.ping()

    def close(self) -> None:
        """Close the connections."""
        self._redis.close()

    def _queue(self, name: str) -> Queue:
        return Queue(name, connection=self._redis, serializer=JSONSerializer)


@contextmanager
def _told_as_queue_unavailable() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise QueueUnavailable("queue_unavailable", "The queue does not answer.") from error


def _last_line(job: Job) -> str | None:
    result = job.latest_result()
    report = (result.exc_string or "") if result is not None else ""
    return report.strip().rpartition("\n")[2][:500] or None
