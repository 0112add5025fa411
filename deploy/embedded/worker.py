"""`python -m deploy.embedded.worker`: one process that works on the queues of all services."""

import sys

from deploy.embedded.duties import queue_names
from services.kernel.centre import CentreFileError
from services.kernel.logs import configure_logs
from services.kernel.queue import run_worker
from services.kernel.settings import SettingsError
from services.notifications.runtime import build_parts, working_with
from services.notifications.settings import settings_from_environment

NAME = "worker"


def main() -> int:
    """Work until told to stop; an outage of the queue is waited out."""
    try:
        settings = settings_from_environment()
        configure_logs(NAME, settings.log_level)
        parts = build_parts(settings)
    except (SettingsError, CentreFileError) as error:
        print(error, file=sys.stderr)
        return 1
    with working_with(parts):
        run_worker(settings.redis_url, queue_names())
    return 0


if __name__ == "__main__":
    sys.exit(main())
