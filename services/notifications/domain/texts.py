"""Texts as they may stand in a header or in one line of a message."""

import unicodedata


def one_line(text: str) -> str:
    """The text without line breaks, control characters and what does not show."""
    return " ".join("".join(map(_in_line, text)).split())


def shorten(text: str, length: int) -> str:
    """The text, cut to `length` characters with an ellipsis as the last."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def is_visible(sign: str) -> bool:
    """Whether it is a sign that shows, neither a control character nor a blank."""
    return not unicodedata.category(sign).startswith(("C", "Z"))


def _in_line(sign: str) -> str:
    if is_visible(sign):
        return sign
    return "" if unicodedata.category(sign) == "Cf" else " "
