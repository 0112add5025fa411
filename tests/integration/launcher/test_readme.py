"""README tells the truth: its commands are run as they stand there."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.integration.launcher.camp import CHECKOUT, Camp

README = (CHECKOUT / "README.md").read_text()


@pytest.mark.slow
def test_the_job_by_curl_works_as_readme_tells_it(tmp_path: Path) -> None:
    section = README.split("### The same by curl")[1]
    script = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert script is not None
    camp = Camp(tmp_path / "var")
    with camp.running():
        commands = (
            script[1].replace("localhost:8080", f"localhost:{camp.port}").replace("curl -s", "echo; curl -s")
        )
        done = subprocess.run(
            ["bash", "-eu", "-c", commands], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    free, requested, confirmed, busy, cancelled, free_again = answers
    assert (requested["status"], requested["awaiting"]) == ("requested", "email")
    assert confirmed["status"] == "confirmed"
    assert cancelled["status"] == "cancelled"
    assert free["days"][0]["busy"] == free_again["days"][0]["busy"] == []
    assert len(busy["days"][0]["busy"]) == 1


def test_every_command_of_help_is_in_the_readme() -> None:
    told = subprocess.run([CHECKOUT / "camp", "help"], capture_output=True, text=True, timeout=30).stdout
    for command in re.findall(r"^  (\w+)", told, re.MULTILINE):
        assert f"./camp {command}" in README, command
