"""The centre file is loaded once, and again when it has changed."""

import shutil
from pathlib import Path

import pytest

from tests.integration.launcher.camp import CHECKOUT, Camp

pytestmark = pytest.mark.slow


def test_a_changed_centre_file_is_loaded_again_and_said(camp: Camp, tmp_path: Path) -> None:
    centre = tmp_path / "centre.yaml"
    shutil.copy(CHECKOUT / "deploy" / "centres" / "poznan-camp.yaml", centre)
    camp.settings["CAMP_CENTRE"] = str(centre)
    with camp.running() as told:
        assert "rooms added: sala-warta" in told
    with camp.running() as told:
        assert "Loaded" not in told
    text = centre.read_text()
    assert text.count("capacity: 14\n") == 1
    centre.write_text(text.replace("capacity: 14\n", "capacity: 15\n"))
    with camp.running() as told:
        assert "rooms changed: sala-bogdanka" in told
        assert camp.ask("/api/v1/rooms/sala-bogdanka").json["capacity"] == 15


def test_without_a_demo_centre_there_are_no_demo_accounts(camp: Camp, tmp_path: Path) -> None:
    centre = tmp_path / "centre.yaml"
    text = (CHECKOUT / "deploy" / "centres" / "poznan-camp.yaml").read_text()
    centre.write_text(text.replace("demo: true\n", "demo: false\n"))
    camp.settings["CAMP_CENTRE"] = str(centre)
    with camp.running() as told:
        assert "demo.test" not in told
        credentials = {"email": "staff@demo.test", "password": "demo-demo-demo"}
        assert camp.ask("/api/v1/tokens", credentials).status == 401
