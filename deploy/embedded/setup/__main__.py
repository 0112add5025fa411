"""`python -m deploy.embedded.setup`: the set-up task, one process for all services, gone when it is done."""

import os
import sys
from pathlib import Path

from deploy.embedded.faults import Fault
from deploy.embedded.folders import Folders
from deploy.embedded.setup.centre import load_centre
from deploy.embedded.setup.databases import migrate_all
from deploy.embedded.setup.report import tell
from deploy.embedded.setup.translations import compile_translations
from services.kernel.errors import Problem


def main() -> int:
    """Do every step that is due, telling each; a fault ends it."""
    folders = Folders(Path(os.environ["CAMP_DATA"]))
    try:
        if compile_translations():
            tell("step", "Compiled the translations")
        for line in migrate_all(os.environ):
            tell("step", line)
        load_centre(os.environ, folders)
    except Fault as fault:
        for line in fault.lines:
            tell("fault", line)
        return 1
    except Problem as problem:
        tell("fault", f"The set-up stopped: {problem.detail}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
