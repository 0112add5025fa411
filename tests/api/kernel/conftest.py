"""The probe service on both stores."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from services.kernel.database import Database
from tests.api.kernel.probe import make_app
from tests.integration.kernel.conftest import make_tables
from tests.support.stores import Stores


@pytest.fixture
def client(store_name: str, stores: Stores) -> Iterator[FlaskClient]:
    with stores.migrated(store_name, "kernel", make_tables) as url:
        opened = Database(url)
        yield make_app(opened).test_client()
        opened.dispose()
