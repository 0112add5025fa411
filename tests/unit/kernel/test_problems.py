"""Every error has its number, and leaves as problem details."""

import json

import pytest
from flask import Flask, abort
from werkzeug.exceptions import HTTPException

from services.kernel import errors
from services.kernel.errors import STATUS, Busy, Invalid, Problem, RulesBroken, SlotTaken, status_of
from services.kernel.web.problems import install_problem_handlers, problem_body
from services.kernel.web.requests import install_request_context
from tests.support.bad_inputs import hold_problem

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Problem)]


def app_that_raises(error: Exception) -> Flask:
    app = Flask("probe")
    install_request_context(app)
    install_problem_handlers(app)

    @app.get("/")
    def view() -> None:
        raise error

    @app.get("/folder/")
    def folder() -> str:
        return "here"

    return app


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind is not Problem], ids=lambda kind: kind.__name__
)
def test_every_kind_of_problem_has_a_number_and_a_code(kind: type[Problem]) -> None:
    told = hold_problem(app_that_raises(kind()).test_client().get("/"), status_of(kind()))
    assert told["code"] == kind.default_code != Problem.default_code


def test_a_problem_is_as_its_nearest_ancestor_in_the_table() -> None:
    assert status_of(SlotTaken()) == STATUS[errors.Conflict] == 409
    assert status_of(Problem()) == 500


def test_particulars_stand_beside_what_is_standard_and_never_replace_it() -> None:
    body = problem_body(SlotTaken(conflicts=[1], status=200, title="x"))
    assert (body["conflicts"], body["status"], body["title"]) == ([1], 409, "Conflict")


@pytest.mark.parametrize(
    ("status", "told"),
    [(known, known) for known in (400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 428, 429)]
    + [(500, 500), (502, 502), (503, 503), (504, 504)]
    + [(other, 400) for other in (408, 411, 414, 416, 431)]
    + [(501, 500)],
)
def test_errors_of_werkzeug_keep_their_number_where_it_has_a_meaning(status: int, told: int) -> None:
    def raised() -> HTTPException:
        try:
            abort(status)
        except HTTPException as error:
            return error

    hold_problem(app_that_raises(raised()).test_client().get("/"), told)


def test_a_wrong_method_is_told_which_are_right() -> None:
    answer = app_that_raises(ValueError()).test_client().delete("/")
    assert hold_problem(answer, 405)["code"] == "method_not_allowed"
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))


def test_a_redirect_of_the_router_is_none() -> None:
    answer = app_that_raises(ValueError()).test_client().get("/folder")
    assert answer.status_code == 308


def test_headers_that_help_go_along() -> None:
    busy = app_that_raises(Busy(retry_after=3)).test_client().get("/")
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "3")
    stranger = app_that_raises(errors.Unauthenticated()).test_client().get("/")
    assert stranger.headers["WWW-Authenticate"] == "Bearer"


def test_a_fault_of_ours_tells_nothing() -> None:
    answer = app_that_raises(RuntimeError("postgresql://user:secret@host")).test_client().get("/")
    assert hold_problem(answer, 500)["code"] == "internal_error"
    assert "secret" not in answer.text


def test_values_that_json_does_not_know_are_written_as_text() -> None:
    class Odd:
        def __str__(self) -> str:
            return "odd"

    answer = app_that_raises(RulesBroken(rules=[{"code": "a", "at": Odd()}])).test_client().get("/")
    assert json.loads(answer.data)["rules"] == [{"code": "a", "at": "odd"}]


def test_a_hundred_errors_are_enough() -> None:
    problem = Invalid(errors=[{"field": "f", "code": "c", "detail": "d"}] * 5000)
    assert len(problem.particulars["errors"]) == 100
