"""What is asked every few seconds is answered from an index."""

import pytest
from sqlalchemy import event

from services.notifications.db.queries import exists_to_erase, find_due, oldest_open
from tests.integration.notifications.conftest import NOW


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda session: find_due(session, now=NOW, limit=50), "ix_deliveries_due"),
        (lambda session: exists_to_erase(session, older_than=NOW), "ix_deliveries_to_erase"),
        (oldest_open, "ix_deliveries_open"),
    ],
    ids=["due", "to erase", "oldest open"],
)
def test_scans_read_an_index_and_not_the_table(database, ask, index):
    asked = []
    event.listen(database.reading_engine, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
    with database.reading() as session:
        if database.dialect == "postgresql":
            session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
        ask(session)
        statement, values = asked[-1]
        explain = "EXPLAIN QUERY PLAN " if database.dialect == "sqlite" else "EXPLAIN "
        plan = session.connection().exec_driver_sql(explain + statement, values).all()
    assert index in str(plan)
