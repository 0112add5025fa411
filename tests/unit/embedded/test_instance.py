"""One instance for each data folder, and what it tells."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.embedded.faults import Fault
from deploy.embedded.folders import Folders
from deploy.embedded.instance import Instance


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """An instance of a fresh data folder."""
    folders = Folders(tmp_path / "data")
    folders.make()
    return Instance(folders)


def test_a_second_instance_is_refused_with_the_mend(instance: Instance) -> None:
    with instance.running_alone():
        assert instance.is_running()
        assert instance.pid() == os.getpid()
        with pytest.raises(Fault, match="already runs .* ./camp down"), instance.running_alone():
            pass
    assert not instance.is_running()


def test_the_lock_of_a_killed_instance_is_free(instance: Instance, tmp_path: Path) -> None:
    code = (
        "import os, pathlib\n"
        "from deploy.embedded.folders import Folders\nfrom deploy.embedded.instance import Instance\n"
        f"with Instance(Folders(pathlib.Path({str(tmp_path / 'data')!r}))).running_alone():\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    assert not instance.is_running()
    with instance.running_alone():
        pass


def test_a_start_forgets_the_state_and_the_held_parts_of_before(instance: Instance) -> None:
    instance.write_state({"phase": "ready"})
    instance.hold("worker")
    with instance.running_alone():
        assert instance.read_state() == {}
        assert instance.held() == frozenset()


def test_parts_are_held_and_released(instance: Instance) -> None:
    instance.hold("worker")
    instance.hold("relay")
    instance.release("relay")
    instance.release("never held")
    assert instance.held() == {"worker"}


def test_folders_of_secrets_are_for_the_owner_only(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    for folder in (folders.run, folders.secrets, folders.mail, folders.valkey):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_data_folder_that_is_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="CAMP_DATA"):
        Folders(tmp_path / "file").make()
