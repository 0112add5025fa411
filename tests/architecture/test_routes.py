"""Every route names who may call it, is in the API document, and is reached through the one door."""

import json
import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from gateway.proxy.route_table import API_ROOT, find_service
from services.kernel.web import allowed_of
from tests.architecture.apps import APPS

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
WHO = {"open", "anonymous", "person", "staff", "admin", "service"}


@pytest.fixture(params=APPS, scope="module")
def app(request: pytest.FixtureRequest) -> Flask:
    return APPS[request.param]()


def rules(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method) for rule in app.url_map.iter_rules() for method in METHODS & (rule.methods or set())
    ]


def test_every_route_names_who_may_call_it(app: Flask) -> None:
    silent = [
        f"{method} {rule.rule}"
        for rule, method in rules(app)
        if not allowed_of(app.view_functions[rule.endpoint], method)
    ]
    assert silent == []
    said = {
        who
        for rule, method in rules(app)
        for who in allowed_of(app.view_functions[rule.endpoint], method) or ()
    }
    assert said <= WHO


@pytest.mark.parametrize("name", ["booking", "notifications"])
def test_every_endpoint_is_in_the_document_and_behind_the_door(name: str) -> None:
    app = APPS[name]()
    document = json.loads(app.test_client().get("/openapi.json").text)
    for rule, method in rules(app):
        if not rule.rule.startswith(API_ROOT):
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        operation = document["paths"][path][method.lower()]
        assert operation.get("summary"), f"{method} {path} says nothing"
        assert any(str(status).startswith(("4", "5")) for status in operation["responses"])
        assert find_service(rule.rule) == name
