"""A supervisor over parts given as JSON, run as a process of its own: `fake_suite.py FOLDER PARTS`."""

import json
import os
import sys
from pathlib import Path

from deploy.embedded.supervision.part import Part
from deploy.embedded.supervision.signals import Signals
from deploy.embedded.supervision.supervisor import Stopped, Supervisor
from deploy.embedded.supervision.terminal import Terminal


def main() -> None:
    """Start the parts, write their state to FOLDER/state.json each turn, stop them on a signal."""
    folder = Path(sys.argv[1])
    signals = Signals()
    supervisor = Supervisor(folder, folder, Terminal(sys.stdout), signals)
    for spec in json.loads(sys.argv[2]):
        supervisor.start(
            Part(
                spec["name"],
                tuple(spec["command"]),
                {"PATH": os.environ["PATH"]},
                stop_rank=spec.get("rank", 0),
                grace=spec.get("grace", 2.0),
            )
        )

    def take_stock() -> bool:
        held = folder / "held"
        supervisor.hold(held.read_text().split() if held.exists() else [])
        fresh = folder / "state.new"
        fresh.write_text(json.dumps(supervisor.snapshot()))
        fresh.replace(folder / "state.json")
        return False

    try:
        supervisor.run_until(take_stock)
    except Stopped:
        supervisor.stop_all()


if __name__ == "__main__":
    main()
