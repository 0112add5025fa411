"""Going on in the background once ready."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
SCRIPT = """
import os, pathlib, sys, time
from deploy.embedded.detach import run_detached

def work(on_ready):
    print('starting', flush=True)
    pathlib.Path(sys.argv[1], 'pid').write_text(str(os.getpid()))
    {middle}
    on_ready()
    print('nobody reads this', flush=True)
    time.sleep(30)
    return 0

sys.exit(run_detached(work))
"""


def detached(folder: Path, middle: str) -> subprocess.Popen[str]:
    """Start the script with something to do before it is ready."""
    command = [sys.executable, "-c", SCRIPT.format(middle=middle), str(folder)]
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)


def test_it_returns_once_ready_and_the_work_goes_on(tmp_path: Path) -> None:
    process = detached(tmp_path, "pass")
    told, _ = process.communicate(timeout=10)
    assert (process.returncode, told) == (0, "starting\n")
    pid = int((tmp_path / "pid").read_text())
    assert os.getsid(pid) == pid
    os.kill(pid, signal.SIGKILL)


def test_a_work_that_fails_gives_its_exit_code(tmp_path: Path) -> None:
    process = detached(tmp_path, "return 7")
    assert process.communicate(timeout=10)[0] == "starting\n"
    assert process.returncode == 7


def test_an_interrupt_before_it_is_ready_stops_it(tmp_path: Path) -> None:
    process = detached(tmp_path, "time.sleep(30)")
    assert process.stdout is not None
    assert process.stdout.readline() == "starting\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
