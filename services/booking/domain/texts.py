"""A text in several languages."""

from __future__ import annotations

from collections.abc import Mapping

Texts = Mapping[str, str]
"""Language code to text; the same for everyone where only one language is there."""


def text_in(texts: Texts, language: str, fallback: str = "en") -> str:
    """The text in `language`, else in `fallback`, else in whatever there is, else empty."""
    return texts.get(language) or texts.get(fallback) or next(iter(texts.values()), "")
