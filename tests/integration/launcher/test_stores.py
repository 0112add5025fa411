"""The whole suite on PostgreSQL and on a queue server of one's own."""

from contextlib import ExitStack

import pytest

from tests.integration.launcher.camp import Camp
from tests.support.stores import Stores
from tests.support.valkey import Valkey

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def test_the_suite_runs_on_servers_that_it_is_given(camp: Camp, stores: Stores, own_valkey: Valkey) -> None:
    with ExitStack() as stack:
        for service in ("BOOKING", "NOTIFICATIONS", "GATEWAY"):
            url = stack.enter_context(stores.empty("postgresql"))
            camp.settings[f"{service}_DATABASE_URL"] = url.replace("postgresql+psycopg:", "postgresql:")
        camp.settings["REDIS_URL"] = own_valkey.url
        stack.enter_context(camp.running())
        assert len(camp.ask("/api/v1/rooms").json["items"]) == 6
        doctor = camp.run("doctor")
        assert doctor.returncode == 0, doctor.stdout
        assert doctor.stdout.count("reachable (postgresql)") == 3
        assert list((camp.data / "db").iterdir()) == []
        assert camp.part_pid("valkey") is None
        camp.down()
