"""Alembic without an ini file: the same migrations on both stores, each time in one transaction."""

from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from services.kernel.database import Database, migrating
from services.kernel.health import Fault


class Migrations:
    """The migrations of one service (a folder with env.py and versions/) and the database they apply to."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._database = database
        self._config = Config()
        self._config.set_main_option("script_location", str(folder).replace("%", "%%"))
        self._scripts = ScriptDirectory.from_config(self._config)

    def upgrade(self, to: str = "head") -> None:
        """Bring the database forward; all steps or none."""
        self._run(command.upgrade, to)

    def downgrade(self, to: str = "base") -> None:
        """Take the database back; all steps or none."""
        self._run(command.downgrade, to)

    def head(self) -> str | None:
        """The newest revision that this code knows."""
        return self._scripts.get_current_head()

    def current(self) -> str | None:
        """The revision of the database; None before the first migration."""
        file = self._database.file
        if file is not None and not file.exists():
            return None
        with self._database.reading() as session:  # asked often, and must not wait for writers
            return MigrationContext.configure(session.connection()).get_current_revision()

    def is_at_head(self) -> bool:
        """Whether the database is just as this code expects it."""
        return self.current() == self.head()

    def is_newer(self) -> bool:
        """Whether the database was migrated by code newer than this."""
        current = self.current()
        known = {script.revision for script in self._scripts.walk_revisions()}
        return current is not None and current not in known

    def check(self) -> None:
        """Raise Fault when the database is not just as this code expects it; for /readyz."""
        if self.is_at_head():
            return
        if self.is_newer():
            raise Fault("The database was migrated by newer code.")
        raise Fault("The database is not migrated.")

    def _run(self, step: Any, to: str) -> None:
        with migrating(self._database) as connection:
            self._config.attributes["connection"] = connection
            step(self._config, to)


def run() -> None:
    """What a service's env.py calls: run the migrations on the connection that Migrations opened."""
    connection = context.config.attributes["connection"]
    # Our own BEGIN IMMEDIATE makes DDL transactional on SQLite too, whatever the driver believes.
    context.configure(connection=connection, transactional_ddl=True, render_as_batch=False)
    context.run_migrations()
