"""Requests are counted by route, over all processes of a service."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from services.kernel.errors import Unavailable
from services.kernel.metrics import FOLDER, Gauges, install_metrics
from services.kernel.web.app import install_metrics_page
from tests.support.running import CHECKOUT


def make_app(name: str, gauges: Gauges | None = None) -> Flask:
    app = Flask(name)
    install_metrics(app, name)
    install_metrics_page(app, gauges)
    app.add_url_rule("/rooms/<name>", view_func=lambda name: name)
    return app


def counted(text: str) -> dict[tuple[str, str, str, str], float]:
    """Requests by service, method, route and status."""
    return {
        tuple(sample.labels[name] for name in ("service", "method", "route", "status")): sample.value  # type: ignore[misc]
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "camp_http_requests_total"
    }


def test_requests_are_counted_by_route_and_never_by_path() -> None:
    client = make_app("by-route").test_client()
    for path in ("/rooms/a", "/rooms/b", "/rooms/a?x=1", "/nowhere/1", "/nowhere/2"):
        client.get(path)
    client.open("/rooms/a", method="BREW")
    text = client.get("/metrics").text
    found = {key[1:]: value for key, value in counted(text).items() if key[0] == "by-route"}
    assert found[("GET", "/rooms/<name>", "200")] == 3
    assert found[("GET", "none", "404")] == 2
    assert found[("other", "none", "405")] == 1
    assert "/rooms/a" not in text


def test_gauges_are_read_at_the_moment_they_are_asked_for() -> None:
    waiting = iter([3.0, 4.0])
    client = make_app("gauges", lambda: {"camp_probe_waiting": next(waiting)}).test_client()
    assert "camp_probe_waiting 3.0" in client.get("/metrics").text
    assert "camp_probe_waiting 4.0" in client.get("/metrics").text


def test_gauges_that_cannot_be_read_are_left_out() -> None:
    def away() -> dict[str, float]:
        raise Unavailable()

    answer = make_app("away", away).test_client().get("/metrics")
    assert answer.status_code == 200
    assert "camp_http_requests_total" in answer.text


@pytest.mark.slow
def test_all_processes_of_a_service_are_counted_together(tmp_path: Path) -> None:
    program = (
        "import sys; from tests.unit.kernel.test_metrics import make_app; c = make_app('many').test_client();"
        "[c.get('/rooms/a') for _ in range(int(sys.argv[1]))]; print(c.get('/metrics').text)"
    )
    said = ""
    for times in ("2", "3"):
        done = subprocess.run(
            [sys.executable, "-c", program, times],
            cwd=CHECKOUT,
            env={FOLDER: str(tmp_path), "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        said = done.stdout
    assert counted(said)[("many", "GET", "/rooms/<name>", "200")] == 5
