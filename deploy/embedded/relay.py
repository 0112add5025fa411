"""`python -m deploy.embedded.relay`: one process for the outboxes and the scans of all services."""

import signal
import sys
import threading

from deploy.embedded.duties import relay_duties
from deploy.embedded.rounds import run_rounds
from services.booking.settings import store_settings_from_environment
from services.kernel.centre import CentreFileError
from services.kernel.logs import configure_logs
from services.kernel.settings import SettingsError

NAME = "relay"


def main() -> int:
    """Go round until told to stop; what is away meanwhile is looked for again in the next round."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        configure_logs(NAME, store_settings_from_environment().log_level)
        duties = relay_duties()
    except (SettingsError, CentreFileError) as error:
        print(error, file=sys.stderr)
        return 1
    try:
        run_rounds(duties.rounds, stop)
    finally:
        duties.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
