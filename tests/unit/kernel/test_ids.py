"""Ids are UUIDv7: unique, and rising in the order in which they were made."""

import uuid

from services.kernel.ids import new_id


def test_ids_are_version_7_and_rise() -> None:
    made = [new_id() for _ in range(1000)]
    assert {type(each) for each in made} == {uuid.UUID}
    assert {each.version for each in made} == {7}
    assert len(set(made)) == 1000
    assert made == sorted(made)
