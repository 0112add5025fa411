"""Accounts on both stores: made once, known by what is typed, and out when the password changes."""

from unicodedata import normalize

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from gateway.db.models import Account
from gateway.db.queries import find_account_by_email
from gateway.identity.accounts import authenticate, change_password, create_account
from gateway.identity.sessions import find_session_account, open_session
from gateway.identity.tokens import TokenDesk
from services.kernel.database import Database
from services.kernel.errors import Conflict, Invalid, NotFound, Unauthenticated
from services.kernel.ids import new_id
from tests.concurrency.crowd import at_once
from tests.integration.gateway.conftest import EMAIL, PASSWORD, START

NEW_PASSWORD = "another password for tests"


def stored_hash(people: Database) -> str:
    with people.reading() as session:
        account = find_account_by_email(session, EMAIL)
        assert account is not None
        return account.password_hash


def test_two_who_make_an_account_at_once_make_one(people: Database) -> None:
    def make() -> str:
        try:
            return create_account(people, email=EMAIL, name="P", password=PASSWORD, now=START).email
        except Conflict as conflict:
            return conflict.code

    assert sorted(at_once([make] * 4)) == ["email_taken"] * 3 + [EMAIL]


@pytest.mark.parametrize("typed", ["person@example.org", " Person@Example.ORG\t", "PERSON@example.org"])
def test_an_address_is_known_however_it_is_typed(people: Database, person: Account, typed: str) -> None:
    assert authenticate(people, typed, PASSWORD).id == person.id
    with pytest.raises(Conflict):
        create_account(people, email=typed, name="Twin", password=PASSWORD, now=START)


@pytest.mark.parametrize(
    "email",
    ["", "person", "@example.org", "person@", "a b@example.org", "a\x00@example.org", "a\x01@b", "a\ud800@b"],
)
def test_what_is_no_address_belongs_to_nobody(people: Database, email: str) -> None:
    with pytest.raises(Unauthenticated):
        authenticate(people, email, PASSWORD)
    with pytest.raises(Invalid) as refused:
        create_account(people, email=email, name="P", password=PASSWORD, now=START)
    assert [fault["field"] for fault in refused.value.particulars["errors"]] == ["email"]


@pytest.mark.parametrize("password", ["", "wrong", "\x00", "\ud800", "a" * 100_000, PASSWORD + " "])
def test_another_password_does_not_fit(people: Database, person: Account, password: str) -> None:
    with pytest.raises(Unauthenticated):
        authenticate(people, EMAIL, password)


def test_a_password_is_the_same_on_every_keyboard(people: Database) -> None:
    composed = "zażółć gęślą jaźń"
    apart = normalize("NFD", composed)
    assert apart != composed
    create_account(people, email=EMAIL, name="P", password=composed, now=START)
    assert authenticate(people, EMAIL, apart).email == EMAIL


def test_an_account_that_was_closed_lets_nobody_in(people: Database, person: Account) -> None:
    session = open_session(people, person, now=START)
    desk = TokenDesk(people)
    token = desk.give(person, now=START).token
    with people.unit_of_work() as work:
        work.execute(text("UPDATE accounts SET active = false"))
    with pytest.raises(Unauthenticated):
        authenticate(people, EMAIL, PASSWORD)
    assert find_session_account(people, session, now=START) is None
    assert desk.find_account(token, now=START) is None


def test_a_hash_of_weaker_parameters_is_made_anew_at_the_next_login(
    people: Database, person: Account
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    with people.unit_of_work() as work:
        work.execute(text("UPDATE accounts SET password_hash = :weak"), {"weak": weak})
    account = authenticate(people, EMAIL, PASSWORD)
    fresh = stored_hash(people)
    assert fresh not in (weak, person.password_hash)
    assert authenticate(people, EMAIL, PASSWORD).password_hash == fresh
    open_session(people, account, now=START)  # the login that found it goes on


def test_a_new_password_ends_all_access(people: Database, person: Account) -> None:
    session, desk = open_session(people, person, now=START), TokenDesk(people)
    token = desk.give(person, now=START).token
    change_password(people, person.id, NEW_PASSWORD)
    assert find_session_account(people, session, now=START) is None
    assert desk.find_account(token, now=START) is None
    with pytest.raises(Unauthenticated):
        authenticate(people, EMAIL, PASSWORD)
    assert authenticate(people, EMAIL, NEW_PASSWORD).id == person.id


def test_who_logs_in_while_the_password_changes_gets_nothing(people: Database, person: Account) -> None:
    authenticated = authenticate(people, EMAIL, PASSWORD)
    change_password(people, person.id, NEW_PASSWORD)
    with pytest.raises(Unauthenticated):
        open_session(people, authenticated, now=START)
    with pytest.raises(Unauthenticated):
        TokenDesk(people).give(authenticated, now=START)


def test_a_new_password_must_be_a_good_one(people: Database, person: Account) -> None:
    for bad in ("short", EMAIL, "a" * 201):
        with pytest.raises(Invalid) as refused:
            change_password(people, person.id, bad)
        assert [fault["field"] for fault in refused.value.particulars["errors"]] == ["new_password"]
    with pytest.raises(NotFound):
        change_password(people, new_id(), NEW_PASSWORD)
    assert authenticate(people, EMAIL, PASSWORD).id == person.id
