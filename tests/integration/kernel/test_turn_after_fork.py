"""A database that was opened before a fork serves parent and child, as gunicorn with --preload needs it."""

import os

from sqlalchemy import text

from services.kernel.database import Database


def test_parent_and_child_write_in_turn(database: Database) -> None:
    with database.unit_of_work() as session:
        session.execute(text("CREATE TABLE seen (who TEXT)"))
    child = os.fork()
    if child == 0:  # pragma: no cover - the child ends here, without pytest's leave-taking
        try:
            with database.unit_of_work() as session:
                session.execute(text("INSERT INTO seen VALUES ('child')"))
        except BaseException:  # noqa: BLE001 - whatever it was, the parent has to hear of it
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with database.unit_of_work() as session:
        session.execute(text("INSERT INTO seen VALUES ('parent')"))
        assert list(session.scalars(text("SELECT who FROM seen ORDER BY who"))) == ["child", "parent"]
