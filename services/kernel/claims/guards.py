"""What the database must hold so that no path can book twice: installing it and looking whether it stands."""

import re
from types import ModuleType

from sqlalchemy import Connection

from services.kernel.database.engines import Dialect
from services.kernel.database.failures import CLAIMS_EXCLUSION

from . import guards_postgres, guards_sqlite

# The named CHECKs are part of the tables; batch alterations on SQLite are known to lose them.
CHECKS = {
    "ck_claims_order": "CHECK (starts_at < ends_at)",
    "ck_blocks_order": "CHECK (starts_at < ends_at)",
}


def install_guards(connection: Connection) -> None:
    """Put the guards of claims and blocks in place. Can be repeated: what is there is replaced.

    Migrations call it after making claims and blocks, and after whatever rebuilds one of the two.
    """
    _store(connection).install(connection)


def remove_guards(connection: Connection) -> None:
    """Take the guards away: for the downgrade that drops claims and blocks."""
    _store(connection).remove(connection)


def expected_guards(dialect: Dialect) -> dict[str, str]:
    """The guards that must stand, by name, in the words of the store."""
    if dialect == "sqlite":
        return {**guards_sqlite.TRIGGERS, **CHECKS}
    return {
        **guards_postgres.FUNCTIONS,
        **guards_postgres.TRIGGERS,
        CLAIMS_EXCLUSION: guards_postgres.EXCLUSION,
        **CHECKS,
    }


def installed_guards(connection: Connection) -> dict[str, str]:
    """The guards that stand, by name, in the words of the store; other triggers on the tables too."""
    found: dict[str, str] = _store(connection).installed(connection, CHECKS)
    return found


def check_guards(connection: Connection) -> list[str]:
    """What is wrong with the guards, a line for each fault; empty when all stand as expected."""
    expected = expected_guards("sqlite" if connection.dialect.name == "sqlite" else "postgresql")
    installed = installed_guards(connection)
    faults = [f"{name} is missing" for name in expected if name not in installed]
    faults += [
        f"{name} is not what it should be"
        for name in expected
        if name in installed and _plain(installed[name]) != _plain(expected[name])
    ]
    return faults + [f"{name} is not known" for name in installed if name not in expected]


def _store(connection: Connection) -> ModuleType:
    return guards_sqlite if connection.dialect.name == "sqlite" else guards_postgres


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()
