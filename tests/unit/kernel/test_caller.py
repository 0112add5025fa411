"""A caller travels whole, and nobody can say to be another."""

import base64
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from services.kernel.caller import (
    ANONYMOUS,
    CACHE_SIZE,
    Caller,
    CallerSigner,
    CallerVerifier,
    Membership,
    generate_keypair,
    service_caller,
)
from services.kernel.errors import Unauthenticated

GATEWAY, GATEWAY_PUBLIC = generate_keypair()
BOOKING, BOOKING_PUBLIC = generate_keypair()
PERSON = Caller(
    subject="person-1",
    roles=frozenset({"person", "staff"}),
    organizations=(Membership("o-1", "member", True), Membership("o-2", "admin", False)),
    scopes=frozenset({"reservations"}),
    language="uk",
)


def verifier() -> CallerVerifier:
    return CallerVerifier({"gateway": GATEWAY_PUBLIC, "service:booking": BOOKING_PUBLIC}, "booking")


def claims(**changes: Any) -> dict[str, Any]:
    moment = int(time.time())
    sound = {"iss": "gateway", "aud": "booking", "sub": "s", "iat": moment, "exp": moment + 60}
    return {**sound, "roles": [], "orgs": [], "scopes": [], "lang": "pl", **changes}


def signed(key: str = GATEWAY, **changes: Any) -> str:
    said = {name: value for name, value in claims(**changes).items() if value is not None or name == "sub"}
    payload = json.dumps(said).encode()  # by hand: PyJWT itself would not write some of these
    return jwt.PyJWS().encode(payload, load_pem_private_key(key.encode(), None), algorithm="EdDSA")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "key", "issuer"),
    [
        (PERSON, GATEWAY, "gateway"),
        (ANONYMOUS("pl"), GATEWAY, "gateway"),
        (service_caller("booking", acting_for="person-1"), BOOKING, "service:booking"),
    ],
)
def test_a_caller_travels_whole(who: Caller, key: str, issuer: str) -> None:
    token = CallerSigner(key, issuer).sign(who, "booking")
    both = verifier()
    assert both.verify(token) == both.verify(token) == who


NOW = int(time.time())
FORGED = {
    "nothing": "",
    "three dots": "a.b.c",
    "no JSON": base64.urlsafe_b64encode(b"[" * 9000).decode() + ".e30.e30",
    "another audience": signed(aud="notifications"),
    "several audiences": signed(aud=["booking", "notifications"]),
    "no audience": signed(aud=None),
    "an unknown issuer": signed(iss="somebody"),
    "no issuer": signed(iss=None),
    "an issuer that is a list": signed(iss=["gateway"]),
    "another's key": signed(BOOKING),
    "expired": signed(iat=NOW - 200, exp=NOW - 140),
    "without end": signed(exp=None),
    "valid for a year": signed(exp=NOW + 31_536_000),
    "from tomorrow": signed(iat=NOW + 86_400, exp=NOW + 86_460),
    "a subject that is a number": signed(sub=7),
    "roles that are a text": signed(roles="admin"),
    "roles that are numbers": signed(roles=[1]),
    "an odd organization": signed(orgs=[["o-1"]]),
    "organizations that are a number": signed(orgs=3),
    "no roles": signed(roles=None),
    "acting for a list": signed(act=["a"]),
    "a service that is another": signed(BOOKING, iss="service:booking", sub="service:notifications"),
    "a service that is a person": signed(BOOKING, iss="service:booking", sub="person-1"),
    "a service that is nobody": signed(BOOKING, iss="service:booking", sub=None),
    "alg none": jwt.encode(claims(), "", algorithm="none"),
    "alg HS256 with the public key": jwt.encode(claims(), base64.b64encode(GATEWAY_PUBLIC.encode()), "HS256"),
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_forged_caller_is_refused(token: str) -> None:
    with pytest.raises(Unauthenticated) as refused:
        verifier().verify(token)
    assert refused.value.code == "caller_invalid"


def test_a_changed_claim_breaks_the_signature() -> None:
    head, body, signature = CallerSigner(GATEWAY, "gateway").sign(PERSON, "booking").split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    said["roles"].append("admin")
    changed = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    with pytest.raises(Unauthenticated):
        verifier().verify(f"{head}.{changed}.{signature}")


def test_a_remembered_token_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    token, remembering = CallerSigner(GATEWAY, "gateway").sign(PERSON, "booking"), verifier()
    remembering.verify(token)
    later = time.time() + 120
    monkeypatch.setattr("services.kernel.caller.time.time", lambda: later)
    remembering._keys.clear()  # only what is remembered could still let it in
    with pytest.raises(Unauthenticated):
        remembering.verify(token)


def test_only_so_many_tokens_are_remembered() -> None:
    remembering = verifier()
    for number in range(CACHE_SIZE + 10):
        remembering.verify(signed(sub=f"p-{number}"))
    assert len(remembering._known) <= CACHE_SIZE


@pytest.mark.parametrize(
    ("who", "anonymous", "staff", "admin", "service"),
    [
        (ANONYMOUS(), True, False, False, False),
        (Caller("p", frozenset({"person"})), False, False, False, False),
        (Caller("p", frozenset({"staff"})), False, True, False, False),
        (Caller("p", frozenset({"admin"})), False, True, True, False),
        (service_caller("booking"), False, False, False, True),
    ],
)
def test_what_a_caller_is(who: Caller, anonymous: bool, staff: bool, admin: bool, service: bool) -> None:
    assert (who.is_anonymous, who.is_staff, who.is_admin, who.is_service) == (
        anonymous,
        staff,
        admin,
        service,
    )


def test_a_membership_is_found_by_its_organization() -> None:
    found = PERSON.membership("o-2")
    assert found is not None
    assert not found.verified
    assert PERSON.membership("o-3") is None
