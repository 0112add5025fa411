"""What is no text in an address is refused before anything reads it."""

import pytest
from flask.testing import FlaskClient

from services.kernel.caller import Caller
from tests.api.kernel.probe import signed
from tests.support.bad_inputs import hold_problem

PERSON = Caller(subject="p", roles=frozenset({"person"}))

pytestmark = pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)


@pytest.mark.parametrize("value", ["%ff", "%C0%AF", "%ED%A0%80", "a%80", "\xff", "%00"])
def test_a_query_that_is_no_text_names_its_field(client: FlaskClient, value: str) -> None:
    answer = client.get(
        "/things", headers=signed(PERSON), environ_overrides={"QUERY_STRING": f"limit=2&cursor={value}"}
    )
    told = hold_problem(answer, 422)
    assert [(error["field"], error["code"]) for error in told["errors"]] == [("cursor", "invalid_text")]


@pytest.mark.parametrize("path", ["/things", "/things/empty", "/healthz", "/metrics", "/openapi.json"])
@pytest.mark.parametrize("query", ["%ff=1", "\xff", "=%ff", "%00%ff=%ff"])
def test_no_route_reads_such_a_query(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(path, headers=signed(PERSON), environ_overrides={"QUERY_STRING": query})
    assert hold_problem(answer, 422)["code"] == "invalid_query"


def test_ten_thousand_unknown_fields_get_a_short_answer(client: FlaskClient) -> None:
    query = "&".join(f"field{number}=1" for number in range(10_000))
    for path in ("/things", "/things/empty"):
        answer = client.get(f"{path}?{query}", headers=signed(Caller("s", frozenset({"staff"}))))
        assert hold_problem(answer, 422)["code"] == "invalid_query"
        assert len(answer.data) < 100_000


@pytest.mark.parametrize(
    "path", ["/%ff", "/things/%00", "/things%0d%0aX: y", "/%ED%A0%80", "/" + "a" * 60_000]
)
def test_an_odd_path_is_not_found(client: FlaskClient, path: str) -> None:
    assert hold_problem(client.get(path, headers=signed(PERSON)), 404)["code"] == "not_found"
