"""Empty databases on both stores, and migrated ones made from a template."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.support import postgres

# For the few tests that are about one store.
on_sqlite = pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize(
    "store_name", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)

_numbers = count(1)

Migrate = Callable[[str], None]


class Stores:
    """Makes databases in a folder and, where there is one, in a PostgreSQL cluster.

    `cluster` gives the address of the cluster's maintenance database when the first one is needed.
    """

    def __init__(self, folder: Path, cluster: Callable[[], str]) -> None:
        self._folder = folder
        self._cluster = cluster
        self._templates: dict[tuple[str, str], str] = {}

    @contextmanager
    def empty(self, store: str) -> Iterator[str]:
        """The address of a new, empty database that is dropped when the block ends."""
        url = self._create(store)
        try:
            yield url
        finally:
            self._drop(url)

    @contextmanager
    def migrated(self, store: str, name: str, migrate: Migrate) -> Iterator[str]:
        """A database as `migrate` leaves an empty one; migrated once for each name, then copied."""
        template = self._templates.get((store, name))
        if template is None:
            template = self._create(store)
            migrate(template)
            self._templates[store, name] = template
        url = self._copy(template)
        try:
            yield url
        finally:
            self._drop(url)

    def _create(self, store: str, template: str = "template0") -> str:
        name = f"camp_{next(_numbers)}"
        if store == "sqlite":
            return f"sqlite:///{self._folder / name}.db"
        postgres.execute(self._cluster(), f'CREATE DATABASE {name} TEMPLATE "{template}"')
        return self._cluster().rpartition("/")[0] + f"/{name}"

    def _copy(self, template: str) -> str:
        name = template.rpartition("/")[2]
        if not template.startswith("sqlite"):
            return self._create("postgresql", name)
        url = self._create("sqlite")
        for suffix in ("", "-wal"):
            source = self._folder / (name + suffix)
            if source.exists():
                shutil.copyfile(source, self._folder / (url.rpartition("/")[2] + suffix))
        return url

    def _drop(self, url: str) -> None:
        name = url.rpartition("/")[2]
        if not url.startswith("sqlite"):
            postgres.execute(self._cluster(), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            return
        for file in self._folder.glob(f"{name}*"):
            file.unlink(missing_ok=True)
