"""Identifiers of rows, events and messages: UUIDv7, which sorts by the time it was made."""

import uuid

import uuid6


def new_id() -> uuid.UUID:
    """A fresh UUIDv7: unique everywhere, rising with time, so that indexes grow at their end."""
    return uuid.UUID(int=uuid6.uuid7().int)  # the plain standard type: drivers and JSON know it
