"""A relay as a process of its own, for a test to kill: `python -m … DATABASE_URL REDIS_URL`."""

import sys
import time

from services.kernel.clock import real_time
from services.kernel.database import Database
from services.kernel.outbox import Relay, Subscription
from services.kernel.queue import Queues

SUBSCRIPTIONS = {"said": Subscription("words", "tests.integration.kernel.jobs.write_down")}


def main(database_url: str, redis_url: str) -> None:
    """Go round until killed."""
    relay = Relay(Database(database_url), Queues(redis_url), SUBSCRIPTIONS, real_time)
    while True:
        relay.run_once()
        time.sleep(0.1)


if __name__ == "__main__":
    main(*sys.argv[1:])
