"""A service as it really runs: gunicorn with several processes, on a database of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import urllib3

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 30
STOP_SECONDS = 15


@contextmanager
def running_service(
    module: str, environment: Mapping[str, str], log: Path, *, processes: int = 2, threads: int = 8
) -> Iterator[str]:
    """Run `module`:app under gunicorn until the block ends; gives its address once it answers."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", f"{module}:app", "--bind", f"127.0.0.1:{port}"),
        *("--workers", str(processes), "--threads", str(threads), "--worker-class", "gthread"),
        *("--no-control-socket", "--backlog", "256", "--keep-alive", "75"),
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=clean_environment(environment), stdout=output, stderr=output
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_alive(address, process, log)
        yield address
    finally:
        _stop(process)


def run_command(arguments: list[str], environment: Mapping[str, str]) -> str:
    """Run a command line of the suite (`-m` of this Python) and give what it printed; fails loudly."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=CHECKOUT,
        env=clean_environment(environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{arguments} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def clean_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Only what a process needs of ours, so that no setting of the machine leaks into a test."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(CHECKOUT), **settings}


def free_port() -> int:
    """A loopback port that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_alive(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    with urllib3.PoolManager(retries=False, timeout=2) as http:
        while time.monotonic() < deadline:
            assert process.poll() is None, f"the service ended at once:\n{log.read_text()}"
            try:
                if http.request("GET", f"{address}/healthz").status == 200:
                    return
            except urllib3.exceptions.HTTPError:
                time.sleep(0.1)
    raise AssertionError(f"the service did not answer in {START_SECONDS} s:\n{log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
