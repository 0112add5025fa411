"""The guards of claims on SQLite: triggers that look at the neighbour and at the blocks."""

import re

from sqlalchemy import Connection, text

# The comparisons below are of texts: exact only where every path writes units and instants in one form.
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_TIME = "[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]"
_MALFORMED = f"""
    SELECT RAISE(ABORT, 'units are 32 hexadecimal digits, instants UTC text of one width')
    WHERE length(NEW.unit) <> 32 OR NEW.unit GLOB '*[^0-9a-f]*'
        OR NEW.starts_at NOT GLOB '{_DAY}T{_TIME}Z' OR NEW.ends_at NOT GLOB '{_DAY}T{_TIME}Z';"""

# Exact because active claims never overlap: of those that start before the new end, only the last can
# reach past the new start. One index step, whatever the number or the length of claims.
_TAKEN = """
    SELECT RAISE(ABORT, 'slot_taken') WHERE NEW.starts_at < (
        SELECT ends_at FROM claims
        WHERE unit = NEW.unit AND active AND starts_at < NEW.ends_at {other}
        ORDER BY starts_at DESC LIMIT 1);"""

_BLOCKED = """
    SELECT RAISE(ABORT, 'slot_blocked') WHERE NOT NEW.over_block {unless} AND EXISTS (
        SELECT 1 FROM blocks
        WHERE unit = NEW.unit AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at);"""

_STAYS_INSIDE = """AND NOT (
        OLD.active AND OLD.unit = NEW.unit
        AND OLD.starts_at <= NEW.starts_at AND NEW.ends_at <= OLD.ends_at)"""

TRIGGERS = {
    "claims_guard_insert": (
        "CREATE TRIGGER claims_guard_insert BEFORE INSERT ON claims WHEN NEW.active BEGIN"
        + _MALFORMED
        + _TAKEN.format(other="")
        + _BLOCKED.format(unless="")
        + "\nEND"
    ),
    "claims_guard_update": (
        "CREATE TRIGGER claims_guard_update BEFORE UPDATE ON claims WHEN NEW.active BEGIN"
        + _MALFORMED
        + _TAKEN.format(other="AND id <> OLD.id")
        + _BLOCKED.format(unless=_STAYS_INSIDE)
        + "\nEND"
    ),
}
for _event in ("insert", "update"):
    TRIGGERS[f"blocks_guard_{_event}"] = (
        f"CREATE TRIGGER blocks_guard_{_event} BEFORE {_event.upper()} ON blocks BEGIN{_MALFORMED}\nEND"
    )


def install(connection: Connection) -> None:
    """Put the triggers in place, replacing any that are there."""
    for name, sql in TRIGGERS.items():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        connection.exec_driver_sql(sql)


def remove(connection: Connection) -> None:
    """Take the triggers away, before a migration drops or rebuilds the tables."""
    for name in TRIGGERS:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))


def installed(connection: Connection, checks: dict[str, str]) -> dict[str, str]:
    """Every trigger on claims, and those of `checks` that the tables have, as the database holds them."""
    triggers = connection.execute(
        text(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('claims', 'blocks')"
        )
    )
    found = {name: str(sql) for name, sql in triggers}
    tables = connection.execute(
        text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name IN ('claims', 'blocks')")
    )
    definitions = " ".join(re.sub(r"\s+", " ", sql) for (sql,) in tables)
    for name, check in checks.items():
        if re.search(rf"CONSTRAINT \W?{name}\W? {re.escape(check)}", definitions):
            found[name] = check
    return found
