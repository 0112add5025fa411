"""What tests share: both stores, a Valkey server, and the rule that in CI nothing is skipped."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from redis import Redis

from services.kernel.database import Database
from tests.support import postgres
from tests.support.stores import Stores
from tests.support.valkey import Valkey

STORES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """Makes databases; the PostgreSQL cluster starts when the first test asks for it."""
    with ExitStack() as stack:
        started: list[str] = []

        def cluster() -> str:
            if not started:
                programs = postgres.find_programs()
                if programs is None:
                    pytest.skip(postgres.MISSING)
                started.append(stack.enter_context(postgres.running_cluster(programs)))
            return started[0]

        yield Stores(tmp_path_factory.mktemp("stores"), cluster)


@pytest.fixture(params=STORES)
def store_name(request: pytest.FixtureRequest) -> str:
    """The name of each store in turn."""
    name: str = request.param
    return name


@pytest.fixture
def store(store_name: str, stores: Stores) -> Iterator[str]:
    """The address of an empty database, on each store in turn."""
    with stores.empty(store_name) as url:
        yield url


@pytest.fixture
def database(store: str) -> Iterator[Database]:
    """An empty database, on each store in turn."""
    opened = Database(store)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def session_valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """One server for all tests that only use it."""
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def valkey_url(session_valkey: Valkey) -> str:
    """The address of an empty Valkey."""
    with Redis.from_url(session_valkey.url) as client:
        client.flushall()
    return session_valkey.url


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A server that a test may stop, kill and start again."""
    folder = tmp_path / "valkey"
    folder.mkdir()
    server = Valkey(folder)
    server.start()
    yield server
    server.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """In CI a skipped test is a failed one: what is not shown there is shown nowhere."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI nothing may be: {report.longrepr[2]}"
    return report
