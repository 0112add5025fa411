"""Statements that change many rows at once."""

from typing import Any, cast

from sqlalchemy import CursorResult
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase


def count_changed(session: Session, statement: UpdateBase) -> int:
    """Run an update or delete in the caller's transaction; the number of rows that it changed.

    Objects of the session that it touches are brought up to date.
    """
    result = session.execute(statement, execution_options={"synchronize_session": "fetch"})
    return int(cast(CursorResult[Any], result).rowcount)
