"""The whole suite under ./camp: up, looked at, crashed, killed, down, and up again."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from tests.integration.launcher.camp import Camp, is_alive, wait_for

pytestmark = pytest.mark.slow
PARTS = ["valkey", "booking", "notifications", "gateway", "relay", "worker"]


def crowding() -> float:
    """How many times slower things are here because others use the machine as well; 1 when it is ours."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def test_up_tells_all_that_one_needs_and_down_ends_all(camp: Camp) -> None:
    told = camp.up()
    for wanted in (
        f"http://localhost:{camp.port}/",
        "/staff",
        "/api/docs",
        str(camp.data),
        "staff@demo.test",
    ):
        assert wanted in told
    assert camp.ask("/readyz").status == 200
    status = camp.run("status")
    assert status.returncode == 0, status.stdout
    for part in PARTS:
        assert part in status.stdout
    ours = camp.processes()
    took = camp.down()
    assert took < 10
    assert not any(is_alive(pid) for pid in ours)
    assert camp.run("status").returncode == 3
    assert camp.run("down").returncode == 0


def test_the_second_start_is_quick_and_finds_what_the_first_left(camp: Camp) -> None:
    camp.up()
    first = camp.ask("/api/v1/rooms").json
    secrets = {path.name: path.read_text() for path in (camp.data / "secrets").iterdir()}
    camp.down()
    began = time.monotonic()
    told = camp.up()
    assert time.monotonic() - began < 10 * crowding()
    assert "Migrated" not in told
    assert camp.ask("/api/v1/rooms").json == first
    assert {path.name: path.read_text() for path in (camp.data / "secrets").iterdir()} == secrets


def test_a_second_start_on_the_same_data_folder_is_refused(camp: Camp) -> None:
    with camp.running():
        again = camp.run("up")
        assert again.returncode == 1
        assert again.stderr.count("\n") == 1
        assert "already runs" in again.stderr


def test_two_instances_run_side_by_side(camp: Camp, tmp_path: Path) -> None:
    other = Camp(tmp_path / "other")
    with camp.running(), other.running():
        assert camp.ask("/readyz").status == other.ask("/readyz").status == 200
        assert other.down() < 10
        assert camp.ask("/readyz").status == 200


def test_ctrl_c_stops_a_suite_in_the_foreground(camp: Camp) -> None:
    process = camp.start("up")
    wait_for(lambda: camp.state().get("phase") == "ready", seconds=60)
    ours = camp.processes()
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=15)[0]
    assert time.monotonic() - began < 10
    assert process.returncode == 0
    assert "Ready." in told
    assert "Stopped." in told
    assert "Traceback" not in told
    assert not any(is_alive(pid) for pid in ours)


def test_every_part_that_crashes_is_started_again(camp: Camp) -> None:
    with camp.running():
        before = {part: camp.part_pid(part) for part in PARTS}
        for pid in before.values():
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: all(camp.part_pid(part) not in (None, before[part]) for part in PARTS))
        wait_for(lambda: camp.run("status").returncode == 0)
        log = (camp.data / "log" / "supervisor.log").read_text()
        for part in PARTS:
            assert f"{part} ended (signal SIGKILL)" in log


def test_killing_the_supervisor_leaves_no_orphan(camp: Camp) -> None:
    camp.up()
    supervisor = camp.supervisor_pid()
    ours = camp.processes() - {supervisor}
    assert len(ours) >= len(PARTS) + 5  # gunicorn's own processes are among them
    os.kill(supervisor, signal.SIGKILL)
    wait_for(lambda: not any(is_alive(pid) for pid in ours), seconds=5)
    camp.up()
    assert camp.ask("/readyz").status == 200


def test_parts_get_only_the_settings_that_they_need(camp: Camp) -> None:
    with camp.running():
        told = {part: _environment(camp.part_pid(part)) for part in PARTS}
    assert "GATEWAY_PRIVATE_KEY" in told["gateway"]
    for part in set(PARTS) - {"gateway"}:
        assert not any(name.startswith("GATEWAY_") for name in told[part]), part
    assert "BOOKING_DATABASE_URL" not in told["gateway"]
    assert "BOOKING_DATABASE_URL" not in told["notifications"]
    assert not any("DATABASE_URL" in name or "REDIS" in name for name in told["valkey"])


def _environment(pid: int | None) -> dict[str, str]:
    entries = Path(f"/proc/{pid}/environ").read_text().split("\0")
    return dict(entry.split("=", 1) for entry in entries if "=" in entry)


def test_logs_are_shown_for_all_parts_or_one(camp: Camp) -> None:
    with camp.running():
        camp.ask("/api/v1/rooms")
        everything = camp.run("logs")
        assert "gateway       | " in everything.stdout
        one = camp.run("logs", "gateway", "-n", "5")
        assert 0 < one.stdout.count("\n") <= 5
        assert all(json.loads(line)["service"] == "gateway" for line in one.stdout.splitlines())
        unknown = camp.run("logs", "kitchen")
        assert unknown.returncode == 1
        assert "gateway" in unknown.stderr


def test_the_clock_of_a_demo_is_one_for_all_parts(camp: Camp) -> None:
    camp.settings["CAMP_CLOCK"] = "2030-05-06T08:00:00Z"
    with camp.running():
        day = camp.ask("/api/v1/rooms").json["items"][0]["slug"]
        answer = camp.ask(f"/api/v1/rooms/{day}/availability?from=2030-05-07&to=2030-05-07").json
        assert answer["days"][0]["state"] != "closed"
        clocks = {
            _environment(camp.part_pid(part)).get("CAMP_CLOCK") for part in ("booking", "gateway", "relay")
        }
        assert len(clocks) == 1
