"""Who asks: a signed statement of the caller that travels between services, and nothing else is trusted."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from services.kernel.errors import Unauthenticated
from services.kernel.parsers import json_texts

ALGORITHM = "EdDSA"
LIFETIME_SECONDS = 60
LEEWAY_SECONDS = 5
CACHE_SIZE = 1024


@dataclass(frozen=True)
class Membership:
    """The caller's part in an organization, as the gateway knows it."""

    organization_id: str
    role: str
    verified: bool


@dataclass(frozen=True)
class Caller:
    """Who asks. `subject` is None for the anonymous; a service names whom it acts for."""

    subject: str | None = None
    roles: frozenset[str] = frozenset()
    organizations: tuple[Membership, ...] = ()
    scopes: frozenset[str] = frozenset()
    language: str = "en"
    acting_for: str | None = None

    @property
    def is_anonymous(self) -> bool:
        """Nobody has said who they are."""
        return self.subject is None

    @property
    def is_admin(self) -> bool:
        """An administrator of the centre."""
        return "admin" in self.roles

    @property
    def is_staff(self) -> bool:
        """Someone who works at the centre; administrators count."""
        return "staff" in self.roles or self.is_admin

    @property
    def is_service(self) -> bool:
        """One of our own services, not a person."""
        return "service" in self.roles

    def membership(self, organization_id: str) -> Membership | None:
        """The caller's membership in the organization, or None."""
        return next((m for m in self.organizations if m.organization_id == organization_id), None)


def ANONYMOUS(language: str = "en") -> Caller:
    """A caller of whom only the language is known."""
    return Caller(language=language)


def service_caller(name: str, *, acting_for: str | None = None, language: str = "en") -> Caller:
    """The caller that a service is when it calls another by itself."""
    return Caller(
        subject=f"service:{name}", roles=frozenset({"service"}), acting_for=acting_for, language=language
    )


class CallerSigner:
    """Signs callers for one audience at a time with the issuer's private key."""

    def __init__(self, private_key_pem: str, issuer: str) -> None:
        self._key = _load_private_key(private_key_pem)
        self.issuer = issuer

    def sign(self, caller: Caller, audience: str) -> str:
        """A token that says who asks, for one audience, valid for 60 seconds of real time."""
        issued = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": audience,
            "iat": issued,
            "exp": issued + LIFETIME_SECONDS,
            "roles": sorted(caller.roles),
            "orgs": [[m.organization_id, m.role, m.verified] for m in caller.organizations],
            "scopes": sorted(caller.scopes),
            "lang": caller.language,
        }
        if caller.subject is not None:
            claims["sub"] = caller.subject
        if caller.acting_for is not None:
            claims["act"] = caller.acting_for
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)


class CallerVerifier:
    """Verifies tokens of known issuers for one audience; remembers verified ones until they expire."""

    def __init__(self, public_keys: Mapping[str, str], audience: str) -> None:
        self._keys = {issuer: _load_public_key(pem) for issuer, pem in public_keys.items()}
        self._audience = audience
        self._known: dict[str, tuple[Caller, float]] = {}
        self._lock = threading.Lock()

    def verify(self, token: str) -> Caller:
        """The caller whom the token names; raises Unauthenticated with the code caller_invalid."""
        known = self._known.get(token)
        if known is not None and time.time() < known[1]:
            return known[0]
        try:
            claims = self._claims(token)
            caller = _caller_from(claims)
        except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
            raise Unauthenticated("caller_invalid", "The caller's signature cannot be accepted.") from error
        with self._lock:
            if len(self._known) >= CACHE_SIZE:
                self._known.clear()
            self._known[token] = (caller, float(claims["exp"]))
        return caller

    def _claims(self, token: str) -> dict[str, Any]:
        issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
        if not isinstance(issuer, str) or issuer not in self._keys:
            raise jwt.InvalidIssuerError("unknown issuer")
        claims = jwt.decode(
            token,
            self._keys[issuer],
            algorithms=[ALGORITHM],
            audience=self._audience,
            issuer=issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "aud", "iat", "exp"], "strict_aud": True},
        )
        if claims["exp"] - claims["iat"] > LIFETIME_SECONDS:
            raise jwt.InvalidTokenError("valid for too long")
        if issuer.startswith("service:") and claims.get("sub") != issuer:
            raise jwt.InvalidTokenError("a service speaks only for itself")
        return claims


def generate_keypair() -> tuple[str, str]:
    """A new Ed25519 key pair as PEM texts: (private, public)."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def private_key(value: str) -> str:
    """Parser of a setting that holds an Ed25519 private key as PEM."""
    _load_private_key(value)
    return value


def public_keys(value: str) -> dict[str, str]:
    """Parser of a setting that holds the issuers' public keys: JSON {issuer: PEM}."""
    found = json_texts(value)
    for pem in found.values():
        _load_public_key(pem)
    return found


def _load_private_key(pem: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem.strip().encode(), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("is not an Ed25519 private key; give one as PEM")
    return key


def _load_public_key(pem: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem.strip().encode())
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("holds what is not an Ed25519 public key; give each as PEM")
    return key


def _caller_from(claims: Mapping[str, Any]) -> Caller:
    subject, acting_for = claims.get("sub"), claims.get("act")
    if not (acting_for is None or isinstance(acting_for, str)):
        raise ValueError("act is not a text")
    return Caller(
        subject=subject,
        roles=_texts(claims["roles"]),
        organizations=tuple(Membership(str(i), str(role), bool(ok)) for i, role, ok in claims["orgs"]),
        scopes=_texts(claims["scopes"]),
        language=str(claims["lang"]),
        acting_for=acting_for,
    )


def _texts(values: Any) -> frozenset[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError("not a list of texts")
    return frozenset(values)
