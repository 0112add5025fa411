"""The key in a mailed link, which lets its holder see, confirm and cancel one reservation."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from uuid import UUID

_PURPOSE = b"reservation-link"


def derive_key(secret: str, reservation_id: UUID, generation: int = 1) -> str:
    """The key of a reservation: always the same, unguessable without the secret, safe in an address.

    A higher generation makes every earlier key worthless.
    """
    message = b"\0".join([_PURPOSE, reservation_id.bytes, str(generation).encode("ascii")])
    digest = hmac.new(secret.encode("utf-8"), message, hashlib.sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def verify_key(secret: str, reservation_id: UUID, generation: int, key: str) -> bool:
    """Whether `key` is the reservation's; takes as long for a wrong key as for the right one."""
    expected = derive_key(secret, reservation_id, generation)
    return hmac.compare_digest(expected.encode("ascii"), key.encode("utf-8", "surrogatepass"))
