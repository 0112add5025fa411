"""Every line is one JSON object with its request; nothing personal gets in by itself."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask, abort
from structlog.stdlib import ProcessorFormatter

from services.kernel.logs import (
    bind_request_id,
    clear_request_id,
    configure_logs,
    current_request_id,
    get_logger,
)
from services.kernel.web.requests import install_request_context


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """What a test configures (in its own body: pytest changes standard output before it) goes with it."""
    root = logging.getLogger()
    level = root.level
    yield
    clear_request_id()
    structlog.reset_defaults()
    root.setLevel(level)
    for handler in [each for each in root.handlers if isinstance(each.formatter, ProcessorFormatter)]:
        root.removeHandler(handler)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_says_when_who_and_for_which_request(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("probe")
    asked = bind_request_id("abcd-1234")
    get_logger("kernel").info("room_booked", room="sala-żółta")
    (line,) = lines(capsys)
    assert line.pop("time")
    assert line == {
        "event": "room_booked",
        "level": "info",
        "service": "probe",
        "request_id": asked,
        "room": "sala-żółta",
    }


def test_libraries_log_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("probe")
    bind_request_id("abcd-1234")
    logging.getLogger("some.library").warning("took %s ms", 7, extra={"part": "x"})
    logging.getLogger("some.library").debug("nobody reads this")
    (line,) = lines(capsys)
    assert (line["event"], line["request_id"], line["level"]) == ("took 7 ms", "abcd-1234", "warning")


def test_a_fault_is_one_line_with_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("probe")
    try:
        raise ArithmeticError("inside")
    except ArithmeticError as error:
        get_logger("kernel").error("internal_error", exc_info=error)
    (line,) = lines(capsys)
    assert "ArithmeticError: inside" in str(line["exception"])


@pytest.mark.parametrize("given", ["abcd-1234", "0190c1f2-7d3e-7a11-8b52-3f1d5c9a0001", "a" * 80])
def test_a_sound_request_id_is_kept(given: str) -> None:
    assert bind_request_id(given) == current_request_id() == given


@pytest.mark.parametrize(
    "given", [None, "", "short", "a" * 81, 'abcd"1234', "abcd\n1234", "abcdżżżż", "abcd 1234"]
)
def test_any_other_is_replaced(given: str | None) -> None:
    made = bind_request_id(given)
    assert made != given
    assert len(made) == 32


def test_a_request_leaves_one_line_without_query_body_or_key(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("probe")
    app = Flask("probe")
    install_request_context(app)
    app.add_url_rule("/things/<name>", view_func=lambda name: abort(404), methods=["POST"])
    answer = app.test_client().post(
        "/things/a?key=geheim",
        json={"email": "anna@example.org"},
        headers={"Reservation-Key": "geheim", "X-Request-Id": "abcd-1234"},
    )
    written = capsys.readouterr().out
    assert "geheim" not in written
    assert "anna" not in written
    (line,) = (json.loads(each) for each in written.splitlines())
    assert (line["method"], line["path"], line["status"]) == ("POST", "/things/a", 404)
    assert line["request_id"] == answer.headers["X-Request-Id"] == "abcd-1234"
    assert current_request_id() is None
