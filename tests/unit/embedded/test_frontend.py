"""The front-end set-up with an npm of our own making."""

import sys
from pathlib import Path

import pytest

from deploy.embedded.setup import frontend
from deploy.embedded.setup.frontend import FOR_PAGES, FOR_TESTS, install_frontend, is_installed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A front-end folder with a lock file."""
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


def npm(monkeypatch: pytest.MonkeyPatch, folder: Path, *, fails: bool = False) -> None:
    """Let the set-up find an npm that notes how it was called."""
    program = folder / "npm.py"
    program.write_text(
        "import pathlib, sys\n"
        "pathlib.Path('node_modules').mkdir(exist_ok=True)\n"
        "open('calls', 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
        f"sys.exit({int(fails)})\n"
    )
    monkeypatch.setattr(frontend, "find_npm", lambda: [sys.executable, str(program)])


def calls(folder: Path) -> list[str]:
    """How npm was called so far."""
    return (folder / "calls").read_text().splitlines()


def test_libraries_are_installed_once_from_the_lock_file(folder, monkeypatch) -> None:
    npm(monkeypatch, folder)
    assert install_frontend(folder) is None
    assert install_frontend(folder) is None
    assert len(calls(folder)) == 1
    assert calls(folder)[0].startswith("ci ")
    assert "--omit=dev" in calls(folder)[0]


def test_a_changed_lock_file_installs_again(folder, monkeypatch) -> None:
    npm(monkeypatch, folder)
    install_frontend(folder)
    (folder / "package-lock.json").write_text('{"changed": true}')
    assert not is_installed(folder)
    install_frontend(folder)
    assert len(calls(folder)) == 2


def test_tests_need_more_than_pages(folder, monkeypatch) -> None:
    npm(monkeypatch, folder)
    install_frontend(folder, FOR_PAGES)
    assert not is_installed(folder, FOR_TESTS)
    install_frontend(folder, FOR_TESTS)
    assert "--omit=dev" not in calls(folder)[1]
    assert is_installed(folder, FOR_PAGES)


def test_a_failure_is_one_line_and_is_tried_again(folder, monkeypatch) -> None:
    npm(monkeypatch, folder, fails=True)
    notice = install_frontend(folder)
    assert notice is not None
    assert "\n" not in notice
    assert not is_installed(folder)


def test_without_any_node_the_notice_names_the_mend(folder, monkeypatch) -> None:
    monkeypatch.setattr(frontend, "find_npm", lambda: None)
    assert "install Node.js" in (install_frontend(folder) or "")
