"""Sessions, tokens and memberships on both stores."""

import time
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from gateway.db.models import Account, Membership
from gateway.identity import tokens
from gateway.identity.accounts import join_organization
from gateway.identity.demo import ACCOUNTS, ORGANIZATION_ID, seed_demo
from gateway.identity.sessions import IDLE, LONGEST, close_session, find_session_account, open_session
from gateway.identity.tokens import LIFETIME, TokenDesk
from services.kernel.database import Database
from services.kernel.errors import Busy
from tests.integration.gateway.conftest import START

HOUR = timedelta(hours=1)


def count(people: Database, table: str) -> int:
    with people.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_a_session_lives_from_use_to_use_and_no_longer_than_a_week(people: Database, person: Account) -> None:
    secret, now = open_session(people, person, now=START), START
    while now < START + LONGEST:
        assert find_session_account(people, secret, now=now) is not None, now - START
        now += IDLE - HOUR
    assert find_session_account(people, secret, now=now) is None


@pytest.mark.parametrize(("later", "lives"), [(IDLE - HOUR / 60, True), (IDLE, False)])
def test_a_session_that_is_left_alone_ends(
    people: Database, person: Account, later: timedelta, lives: bool
) -> None:
    secret = open_session(people, person, now=START)
    assert (find_session_account(people, secret, now=START + later) is not None) is lives


def test_a_page_can_be_read_while_the_use_of_its_session_cannot_be_noted(
    people: Database, person: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = open_session(people, person, now=START)

    def refuse(_: object) -> None:
        raise Busy()

    monkeypatch.setattr(people, "write", refuse)
    assert find_session_account(people, secret, now=START + HOUR) is not None


def test_a_closed_session_is_over(people: Database, person: Account) -> None:
    secret, other = (open_session(people, person, now=START) for _ in range(2))
    close_session(people, secret)
    assert find_session_account(people, secret, now=START) is None
    assert find_session_account(people, other, now=START) is not None
    close_session(people, "no session at all")


@pytest.mark.parametrize("secret", ["", "x", "A" * 43, "A" * 10_000, "ą" * 43, "'; DROP TABLE sessions"])
def test_a_secret_that_was_made_up_opens_nothing(people: Database, person: Account, secret: str) -> None:
    assert find_session_account(people, secret, now=START) is None
    assert TokenDesk(people).find_account(secret, now=START) is None


def test_only_hashes_are_kept(people: Database, person: Account) -> None:
    session = open_session(people, person, now=START)
    token = TokenDesk(people).give(person, now=START).token
    with people.reading() as work:
        kept = [
            str(row)
            for table in ("accounts", "sessions", "tokens")
            for row in work.execute(text(f"SELECT * FROM {table}"))
        ]
    assert not [row for row in kept for secret in (session, token, "a password") if secret in row]


def test_what_lapsed_is_forgotten(people: Database, person: Account) -> None:
    desk = TokenDesk(people)
    for _ in range(3):
        open_session(people, person, now=START)
        desk.give(person, now=START)
    later = START + LIFETIME + LONGEST
    open_session(people, person, now=later)
    assert (count(people, "sessions"), count(people, "tokens")) == (1, 0)


def test_a_token_dies_here_at_once_and_elsewhere_within_a_minute(
    people: Database, person: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = TokenDesk(people), TokenDesk(people)
    token = here.give(person, now=START).token
    assert here.find_account(token, now=START) == elsewhere.find_account(token, now=START) is not None
    here.take_back(token)
    assert here.find_account(token, now=START) is None
    assert tokens.REMEMBERED_SECONDS <= 60
    began = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: began + tokens.REMEMBERED_SECONDS)
    assert elsewhere.find_account(token, now=START) is None


def test_a_remembered_token_still_ends_in_time(people: Database, person: Account) -> None:
    desk = TokenDesk(people)
    token = desk.give(person, now=START)
    assert desk.find_account(token.token, now=START) is not None
    assert desk.find_account(token.token, now=token.expires_at) is None


def test_only_so_many_tokens_are_remembered(
    people: Database, person: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "MOST_REMEMBERED", 2)
    desk = TokenDesk(people)
    given = [desk.give(person, now=START).token for _ in range(5)]
    assert all(desk.find_account(token, now=START) for token in given)
    assert len(desk._known) <= 2


def membership(person: Account, version: int, role: str) -> Membership:
    return Membership(
        account_id=person.id,
        organization_id=UUID(int=7),
        organization_name="An organization",
        role=role,
        verified=True,
        version=version,
    )


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ([(1, "member")], "member"),
        ([(1, "member"), (2, "manager")], "manager"),
        ([(2, "manager"), (1, "member")], "manager"),
        ([(1, "member"), (3, "owner"), (2, "manager"), (3, "owner")], "owner"),
    ],
)
def test_what_is_known_of_a_membership_is_the_latest_that_was_told(
    people: Database, person: Account, told: list[tuple[int, str]], known: str
) -> None:
    for version, role in told:
        with people.unit_of_work() as session:
            join_organization(session, membership(person, version, role))
    account = find_session_account(people, open_session(people, person, now=START), now=START)
    assert account is not None
    assert [one.role for one in account.memberships] == [known]


def test_the_demo_is_seeded_once_and_completed_when_it_was_cut_short(people: Database) -> None:
    emails = [email for email, _, _ in ACCOUNTS]
    assert seed_demo(people, now=START) == emails
    with people.unit_of_work() as session:
        session.execute(text("DELETE FROM memberships"))
        session.execute(text("UPDATE accounts SET active = false WHERE email = 'staff@demo.test'"))
        session.execute(text("DELETE FROM accounts WHERE email = 'resident@demo.test'"))
    later = START + timedelta(days=1)
    assert seed_demo(people, now=later) == ["resident@demo.test"]
    assert seed_demo(people, now=later) == []
    with people.reading() as session:
        known = session.get(Membership, (_id_of(people, "member@demo.test"), ORGANIZATION_ID))
    assert known is not None
    assert "demo" in known.organization_name


def _id_of(people: Database, email: str) -> UUID:
    with people.reading() as session:
        found = session.execute(text("SELECT id FROM accounts WHERE email = :email"), {"email": email})
        return UUID(str(found.scalar_one()))
