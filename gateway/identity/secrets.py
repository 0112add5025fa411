"""Random keys for sessions and tokens, of which only hashes are kept."""

import hashlib
import re
import secrets

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What is kept of it. Being random, it needs no salt and no slowness."""
    return hashlib.sha256(secret.encode()).hexdigest()


def has_shape(secret: str) -> bool:
    """Whether a text can be a secret of ours at all."""
    return _SHAPE.fullmatch(secret) is not None
