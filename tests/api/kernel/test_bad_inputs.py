"""The table of malformed bodies, held against the probe: it is what the endpoints of services are held to."""

import pytest
from flask.testing import FlaskClient

from services.kernel.caller import ANONYMOUS
from tests.api.kernel.probe import signed
from tests.support.bad_inputs import Bad, bad_bodies, hold

GOOD = {"name": "a", "count": 2, "at": "2026-03-05T17:00:00+01:00", "on": True, "inner": {"name": "b"}}
BAD = bad_bodies(
    GOOD,
    texts=["name", "inner.name"],
    wholes=["count"],
    flags=["on"],
    times=["at"],
    required=["name", "inner.name"],
)


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("bad", BAD, ids=str)
def test_a_bad_body_is_told_clearly(client: FlaskClient, bad: Bad) -> None:
    answer = client.post("/things", data=bad.body, content_type=bad.content_type, headers=signed(ANONYMOUS()))
    hold(answer, bad)


def test_the_good_body_is_accepted(client: FlaskClient) -> None:
    assert client.post("/things", json=GOOD, headers=signed(ANONYMOUS())).status_code == 201


def test_the_table_is_long_and_no_row_hides_another() -> None:
    assert len(BAD) > 60
    assert len({bad.name for bad in BAD}) == len(BAD)
