"""Secrets are made once, kept for their owner, and match each other."""

from pathlib import Path

from deploy.embedded.secret_store import RANDOM, SIGNERS, SecretStore, public_keys
from services.kernel.caller import Caller, CallerSigner, CallerVerifier


def test_secrets_are_made_once_for_the_owner_only(tmp_path: Path) -> None:
    first = SecretStore(tmp_path).complete()
    assert set(first) == {*RANDOM, *SIGNERS}
    assert len(set(first.values())) == len(first)
    assert SecretStore(tmp_path).complete() == first
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_missing_secret_is_made_and_the_others_stay(tmp_path: Path) -> None:
    first = SecretStore(tmp_path).complete()
    (tmp_path / "booking_link_secret").unlink()
    again = SecretStore(tmp_path).complete()
    assert {name for name in first if first[name] != again[name]} == {"BOOKING_LINK_SECRET"}


def test_what_a_signer_signs_is_verified_with_the_public_keys(tmp_path: Path) -> None:
    kept = SecretStore(tmp_path).complete()
    keys = public_keys(kept)
    token = CallerSigner(kept["GATEWAY_PRIVATE_KEY"], "gateway").sign(Caller(subject="someone"), "booking")
    assert CallerVerifier(keys, "booking").verify(token).subject == "someone"
