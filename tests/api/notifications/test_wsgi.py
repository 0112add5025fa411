"""The service as gunicorn runs it."""

import json
import subprocess
import sys

import pytest
import urllib3

from tests.support.running import CHECKOUT, clean_environment, running_service

from .conftest import CALLERS, NAME, PUBLIC, SIGNER


@pytest.fixture
def environment(store, tmp_path) -> dict[str, str]:
    """What the service is told."""
    return {
        "NOTIFICATIONS_DATABASE_URL": store,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "CAMP_CENTRE": str(CHECKOUT / "tests" / "centres" / "always-open.yaml"),
        "CAMP_MAIL_DIR": str(tmp_path / "mail"),
        "CALLER_PUBLIC_KEYS": json.dumps({"gateway": PUBLIC}),
    }


@pytest.mark.slow
def test_it_is_ready_and_answers_staff(environment, tmp_path):
    token = SIGNER.sign(CALLERS["staff"], NAME)
    with (
        running_service("services.notifications.wsgi", environment, tmp_path / "log") as address,
        urllib3.PoolManager(retries=False) as http,
    ):
        assert http.request("GET", f"{address}/readyz").json()["status"] == "ready"
        headers = {"Authorization": f"Bearer {token}"}
        answer = http.request("GET", f"{address}/api/v1/deliveries", headers=headers)
    assert answer.json() == {"items": [], "next": None}


def test_a_wrong_setting_is_one_line_and_no_traceback(environment):
    wrong = clean_environment(environment | {"SMTP_URL": "mail.example.org"})
    done = subprocess.run(
        [sys.executable, "-c", "import services.notifications.wsgi"],
        cwd=CHECKOUT,
        env=wrong,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("SMTP_URL: the value is not a mail server")
    assert len(done.stderr.strip().splitlines()) == 1
