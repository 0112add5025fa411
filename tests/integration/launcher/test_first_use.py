"""./camp on a fresh checkout: which Python, the environment, its repair, and what a person is told."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
STUB = "import os, sys\nprint('ran', sys.argv[1:], os.getcwd(), sys.prefix)\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout in a path with a space: the real launcher, no libraries, a stub of the commands."""
    root = tmp_path / "a house"
    (root / "deploy" / "embedded").mkdir(parents=True)
    shutil.copy(CHECKOUT / "camp", root / "camp")
    shutil.copy(CHECKOUT / "deploy" / "bootstrap.py", root / "deploy" / "bootstrap.py")
    (root / "deploy" / "embedded" / "__main__.py").write_text(STUB)
    (root / "requirements.lock").write_text("")
    (root / "requirements-dev.lock").write_text("# more\n")
    return root


def camp(
    program: Path, *arguments: str, cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run ./camp with our Python to choose, and no other settings."""
    environment: Mapping[str, str] = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "CAMP_PYTHON": sys.executable,
    } | variables
    return subprocess.run(
        [str(program), *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.mark.slow
def test_the_first_run_makes_the_environment_and_the_second_uses_it(checkout: Path, tmp_path: Path) -> None:
    first = camp(checkout / "camp", "status", "two words", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "Making the environment" in first.stdout
    assert f"ran ['status', 'two words'] {tmp_path} {checkout / '.venv'}" in first.stdout
    link = tmp_path / "link"
    link.symlink_to(checkout / "camp")
    second = camp(link, "down")
    assert second.stdout.startswith("ran ['down']")


@pytest.mark.slow
def test_an_interrupted_install_and_a_changed_lock_are_installed_again(checkout: Path) -> None:
    camp(checkout / "camp", "status")
    (checkout / ".venv" / "camp-stamp.json").unlink()  # as an interrupted install leaves it
    assert "Installing the libraries" in camp(checkout / "camp", "status").stdout
    (checkout / "requirements.lock").write_text("# renewed\n")
    assert "Installing the libraries" in camp(checkout / "camp", "status").stdout
    assert "Installing the libraries" not in camp(checkout / "camp", "status").stdout
    assert "requirements-dev.lock" in camp(checkout / "camp", "test").stdout
    assert camp(checkout / "camp", "test").stdout.startswith("ran ['test']")
    assert camp(checkout / "camp", "status").stdout.startswith("ran ['status']")


@pytest.mark.slow
def test_a_broken_environment_is_made_anew(checkout: Path) -> None:
    camp(checkout / "camp", "status")
    for python in (checkout / ".venv" / "bin").glob("python*"):
        python.unlink()
    mended = camp(checkout / "camp", "status")
    assert "Making the environment" in mended.stdout
    assert "ran ['status']" in mended.stdout


@pytest.mark.slow
def test_two_first_runs_at_once_take_turns(checkout: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": "/", "CAMP_PYTHON": sys.executable}
    runs = [
        subprocess.Popen(
            [str(checkout / "camp"), "status"], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    told = [run.communicate(timeout=120)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert sum("Making the environment" in text for text in told) == 1
    assert all("ran ['status']" in text for text in told)


def test_a_failed_install_is_one_line_and_leaves_no_stamp(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text("no-such-folder/\n")
    failed = camp(checkout / "camp", "status")
    assert failed.returncode == 1
    assert "camp: installing the libraries failed" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not (checkout / ".venv" / "camp-stamp.json").exists()


def test_help_needs_no_environment(checkout: Path) -> None:
    told = camp(checkout / "camp", "help")
    assert told.stdout.startswith("ran ['help']")
    assert not (checkout / ".venv").exists()


def lacking(folder: Path, module: str) -> Path:
    """A Python that has everything but one module, as a distribution may package it."""
    hidden = folder / "sitecustomize.py"
    hidden.write_text(
        "import importlib.util as u, sys\n"
        f"sys.modules[{module!r}] = None\n"
        "find = u.find_spec\n"
        f"u.find_spec = lambda name, package=None: None if name == {module!r} else find(name, package)\n"
    )
    python = folder / "python-without"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return python


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_the_parts_of_venv_is_told_with_the_mend(
    checkout: Path, tmp_path: Path, module: str
) -> None:
    told = camp(checkout / "camp", "up", CAMP_PYTHON=str(lacking(tmp_path, module)))
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "apt install python3-venv" in told.stderr


def test_a_chosen_python_that_is_none_is_one_line(checkout: Path) -> None:
    told = camp(checkout / "camp", "up", CAMP_PYTHON="/no/such/python")
    assert told.returncode == 1
    assert told.stderr.startswith("camp: CAMP_PYTHON=/no/such/python is no program")


def test_a_machine_without_python_is_one_line(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "readlink"):
        (tools / name).symlink_to(shutil.which(name) or "")
    told = camp(checkout / "camp", "up", CAMP_PYTHON="", PATH=str(tools))
    assert told.returncode == 1
    assert "Python 3.11 or later is needed" in told.stderr
    assert told.stderr.count("\n") == 1


def test_an_old_python_is_passed_over(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    old = tools / "python3.13"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    (tools / "python3").symlink_to(sys.executable)
    told = camp(checkout / "camp", "help", CAMP_PYTHON="", PATH=f"{tools}:/usr/bin:/bin")
    assert told.stdout.startswith("ran ['help']")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can step into the shoes of another user")
def test_a_checkout_that_cannot_be_written_is_one_line(checkout: Path) -> None:
    for path in [checkout, *checkout.rglob("*")]:
        path.chmod(path.stat().st_mode | stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0))
    for parent in checkout.parents[:3]:
        parent.chmod(0o755)
    (checkout / "camp").chmod(0o755)
    told = subprocess.run(
        [str(checkout / "camp"), "up"],
        env={"PATH": "/usr/bin:/bin"},
        user="nobody",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "cannot write to" in told.stderr
