"""How gunicorn serves a service here: the command line, and what its processes do when they start and end."""

import os
import sys
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker
from prometheus_client import multiprocess

from deploy.embedded.supervision.process import die_with_parent

GRACEFUL_SECONDS = 3
SHARED_MEMORY = Path("/dev/shm")


def gunicorn_command(
    application: str, *, host: str, port: int, processes: int, threads: int
) -> tuple[str, ...]:
    """The command that serves a WSGI application with this module's hooks.

    The application is loaded before the processes fork, and there is no control socket: two services
    would take each other's. Access is logged by the applications themselves.
    """
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    command = [sys.executable, "-P", "-m", "gunicorn", "--config", "python:deploy.embedded.web_server"]
    command += ["--bind", address, "--worker-class", "gthread", "--preload", "--no-control-socket"]
    command += ["--workers", str(processes), "--threads", str(threads), "--log-level", "warning"]
    command += ["--graceful-timeout", str(GRACEFUL_SECONDS), "--timeout", "60", "--keep-alive", "5"]
    if os.access(SHARED_MEMORY, os.W_OK):
        command += ["--worker-tmp-dir", str(SHARED_MEMORY)]  # heartbeats must not wait for a disk
    return (*command, application)


def post_fork(arbiter: Arbiter, worker: Worker) -> None:
    """gunicorn's hook in a fresh worker: it must not outlive the master that forked it."""
    die_with_parent(arbiter.pid)


def child_exit(arbiter: Arbiter, worker: Worker) -> None:
    """gunicorn's hook in the master when a worker ended: its gauges end with it."""
    multiprocess.mark_process_dead(worker.pid)
