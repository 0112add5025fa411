"""What the tests need from Debian, and what is told where it cannot be installed."""

import subprocess

import pytest

from deploy.embedded.testing import debian


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Nothing is installed, root asks, and apt-get only notes how it was called."""
    called: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        called.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(debian, "NEEDED", {"postgresql": lambda: False, "chromium": lambda: True})
    monkeypatch.setattr(debian.os, "getuid", lambda: 0)
    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(debian.subprocess, "run", run)
    return called


def test_only_what_is_missing_is_installed(commands: list[list[str]]) -> None:
    assert debian.install_missing() is None
    assert [command[2] for command in commands] == ["update", "install"]
    assert commands[1][-1] == "postgresql"


def test_nothing_is_called_when_all_is_there(commands: list[list[str]], monkeypatch) -> None:
    monkeypatch.setattr(debian, "NEEDED", {"postgresql": lambda: True})
    assert debian.install_missing() is None
    assert commands == []


def test_without_root_the_mend_is_told(commands: list[list[str]], monkeypatch) -> None:
    monkeypatch.setattr(debian.os, "getuid", lambda: 1000)
    assert "sudo apt install postgresql" in (debian.install_missing() or "")
    assert commands == []
