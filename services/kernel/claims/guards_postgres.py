"""The guards of claims on PostgreSQL: an exclusion constraint, and triggers that mind the blocks."""

from sqlalchemy import Connection, text

from services.kernel.database.failures import CLAIMS_EXCLUSION

_NEED_READ_COMMITTED = """
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'claims and blocks are written in READ COMMITTED only';
    END IF;"""

# The lock is a statement of its own: in READ COMMITTED the look at the blocks that follows then sees
# every block that was committed while it waited.
_CLAIMS_BODY = f"""
BEGIN{_NEED_READ_COMMITTED}
    IF NOT NEW.active THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended(NEW.unit::text, 0));
    IF NEW.over_block THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.active AND OLD.unit = NEW.unit
            AND OLD.starts_at <= NEW.starts_at AND NEW.ends_at <= OLD.ends_at THEN
            RETURN NEW;
        END IF;
    END IF;
    IF EXISTS (
        SELECT 1 FROM blocks
        WHERE unit = NEW.unit AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
    ) THEN
        RAISE EXCEPTION 'slot_blocked';
    END IF;
    RETURN NEW;
END
"""

_BLOCKS_BODY = f"""
BEGIN{_NEED_READ_COMMITTED}
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.unit::text, 0));
    RETURN NEW;
END
"""

FUNCTIONS = {"claims_guard_function": _CLAIMS_BODY, "blocks_guard_function": _BLOCKS_BODY}
TRIGGERS = {
    f"{table}_guard": (
        f"CREATE TRIGGER {table}_guard BEFORE INSERT OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_guard_function()"
    )
    for table in ("claims", "blocks")
}
EXCLUSION = "EXCLUDE USING gist (unit WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (active)"


def install(connection: Connection) -> None:
    """Put functions, triggers and the exclusion constraint in place, replacing what is there."""
    connection.execute(text("CREATE EXTENSION IF NOT EXISTS btree_gist"))
    for name, body in FUNCTIONS.items():
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$"
        )
    for name, sql in TRIGGERS.items():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {name.removesuffix('_guard')}"))
        connection.exec_driver_sql(sql)
    if installed(connection, {}).get(CLAIMS_EXCLUSION) != EXCLUSION:
        connection.execute(text(f"ALTER TABLE claims DROP CONSTRAINT IF EXISTS {CLAIMS_EXCLUSION}"))
        connection.exec_driver_sql(f"ALTER TABLE claims ADD CONSTRAINT {CLAIMS_EXCLUSION} {EXCLUSION}")


def remove(connection: Connection) -> None:
    """Take everything away that `install` made, except the extension, which others may use."""
    for name in TRIGGERS:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {name.removesuffix('_guard')}"))
    for name in FUNCTIONS:
        connection.execute(text(f"DROP FUNCTION IF EXISTS {name}()"))
    connection.execute(text(f"ALTER TABLE claims DROP CONSTRAINT IF EXISTS {CLAIMS_EXCLUSION}"))


def installed(connection: Connection, checks: dict[str, str]) -> dict[str, str]:
    """What guards claims and blocks, as the database holds it; a disabled trigger says so."""
    functions = connection.execute(
        text(
            "SELECT proname, prosrc FROM pg_proc"
            " WHERE proname = ANY(:names) AND pronamespace = current_schema()::regnamespace"
        ),
        {"names": list(FUNCTIONS)},
    )
    found = {name: str(body) for name, body in functions}
    triggers = connection.execute(
        text(
            "SELECT tgname, pg_get_triggerdef(oid, true), tgenabled FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgrelid IN (to_regclass('claims'), to_regclass('blocks'))"
        )
    )
    found |= {name: sql if enabled in ("O", "A") else f"disabled: {sql}" for name, sql, enabled in triggers}
    constraints = connection.execute(
        text(
            "SELECT conname, pg_get_constraintdef(oid, true) FROM pg_constraint"
            " WHERE conname = ANY(:names) AND conrelid IN (to_regclass('claims'), to_regclass('blocks'))"
        ),
        {"names": [*checks, CLAIMS_EXCLUSION]},
    )
    return found | {name: str(definition) for name, definition in constraints}
