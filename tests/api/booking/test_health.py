"""Whether the service is ready, what it measures, and its document."""

from openapi_spec_validator import validate

from services.booking.db.migrating import migrations_of


def parts(client):
    answer = client.get("/readyz")
    return answer.status_code, {part["name"]: part["ok"] for part in answer.json["parts"]}


def test_without_the_queue_it_is_ready_all_the_same(app):
    status, found = parts(app.test_client())
    assert status == 200
    assert found == {"database": True, "migrations": True, "guards": True, "centre": True, "queue": False}


def test_without_a_centre_it_is_not_ready(app, database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM centre")
    status, found = parts(app.test_client())
    assert (status, found["centre"]) == (503, False)


def test_without_its_guards_it_is_not_ready(app, database):
    drop = "DROP TRIGGER {}" if database.dialect == "sqlite" else "DROP TRIGGER {} ON claims"
    find = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'claims'"
        if database.dialect == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgrelid = 'claims'::regclass AND NOT tgisinternal"
    )
    with database.engine.begin() as connection:
        name = connection.exec_driver_sql(find).scalars().first()
        connection.exec_driver_sql(drop.format(name))
    status, found = parts(app.test_client())
    assert (status, found["guards"]) == (503, False)


def test_an_unmigrated_database_is_not_ready(app, database):
    migrations_of(database).downgrade()
    status, found = parts(app.test_client())
    assert (status, found["database"], found["migrations"]) == (503, True, False)


def test_what_waits_is_measured(app, api, clock):
    api.booked("anonymous")
    clock.move(minutes=60)
    told = app.test_client().get("/metrics").text
    assert "camp_outbox_waiting 2.0" in told
    assert "camp_outbox_oldest_seconds 3600.0" in told
    assert "camp_reservations_to_expire 1.0" in told
    assert "camp_reservations_to_remind 0.0" in told


def test_the_document_is_valid_and_tells_of_every_error_as_a_problem(app):
    document = app.test_client().get("/openapi.json").json
    validate(document)
    made = document["paths"]["/api/v1/reservations"]["post"]["responses"]
    assert {"201", "401", "403", "404", "409", "422", "503"} <= set(made)
    assert "application/problem+json" in made["409"]["content"]
