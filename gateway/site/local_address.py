"""Addresses that lead nowhere but to our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit


def local_address(text: str | None, otherwise: str) -> str:
    """`text` when it is a path of ours, else `otherwise`: nobody is led away after logging in."""
    if not text or not text.startswith("/") or text.startswith(("//", "/\\")):
        return otherwise
    if any(sign in text for sign in "\\\r\n\t") or not text.isprintable():
        return otherwise
    try:
        parts = urlsplit(text)
    except ValueError:
        return otherwise
    return text if not parts.scheme and not parts.netloc else otherwise
