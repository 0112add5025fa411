"""Secrets made on the first run and kept below the data folder, readable by their owner only."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from deploy.embedded.faults import Fault
from services.kernel.caller import generate_keypair

RANDOM = ("GATEWAY_SECRET_KEY", "BOOKING_LINK_SECRET", "VALKEY_PASSWORD")
# Who signs callers: the setting with the private key, and the issuer's name in what it signs.
SIGNERS = {"GATEWAY_PRIVATE_KEY": "gateway"}


class SecretStore:
    """One file for each secret, named like its setting."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def complete(self) -> dict[str, str]:
        """All secrets by name; those that are missing are made. Raises Fault."""
        try:
            for name in RANDOM:
                if not self._path(name).exists():
                    self._write(name, secrets.token_urlsafe(48))
            for name in SIGNERS:
                if not self._path(name).exists():
                    private, _ = generate_keypair()
                    self._write(name, private)
            return self.read()
        except OSError as error:
            raise Fault(
                f"The secrets in {self._folder} cannot be used ({error.strerror}: {error.filename}); "
                "run ./camp as the user who owns them"
            ) from error

    def read(self) -> dict[str, str]:
        """The secrets that are there."""
        names = [*RANDOM, *SIGNERS]
        return {name: self._path(name).read_text() for name in names if self._path(name).exists()}

    def _path(self, name: str) -> Path:
        return self._folder / name.lower()

    def _write(self, name: str, value: str) -> None:
        fresh = self._path(name).with_suffix(".new")
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path(name))


def public_keys(values: Mapping[str, str]) -> dict[str, str]:
    """Issuer and public key (PEM) of everyone who signs callers; `values` holds the private keys by setting.

    Raises ValueError where a private key is none.
    """
    return {issuer: _public_part(values[name]) for name, issuer in SIGNERS.items()}


def _public_part(private_pem: str) -> str:
    key = load_pem_private_key(private_pem.strip().encode(), password=None)
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
