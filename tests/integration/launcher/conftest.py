"""Instances of the suite for the launcher's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.launcher.camp import Camp


@pytest.fixture
def camp(tmp_path: Path) -> Iterator[Camp]:
    """An instance that is not running yet; stopped after the test, come what may."""
    one = Camp(tmp_path / "data folder")
    yield one
    one.run("down")
