"""What is wrong with a field: a stable code and a sentence, wherever marshmallow found it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

# marshmallow's own sentences, from the most telling to the most general
_CODES = [
    (re.compile(pattern), code)
    for pattern, code in (
        (r"Missing data for required field", "required"),
        (r"Unknown field", "unknown_field"),
        (r"Field may not be null", "null"),
        (r"Not a valid (integer|number|string|boolean|list|mapping type|tuple|dict)", "invalid_type"),
        (r"Not a valid aware datetime", "naive_time"),
        (r"Not a valid (naive )?datetime", "invalid_time"),
        (r"Not a valid (date|time)", "invalid_date"),
        (r"Not a valid UUID", "invalid_id"),
        (r"Not a valid email address", "invalid_email"),
        (r"Not a valid URL", "invalid_url"),
        (r"Invalid input type|Invalid type", "invalid_type"),
        (r"Number too large", "too_large"),
        (r"Longer than maximum length", "too_long"),
        (r"Shorter than minimum length", "too_short"),
        (r"Length must be", "wrong_length"),
        (r"Must be (greater|less)", "out_of_range"),
        (r"Must be one of|Must be equal to", "unknown_choice"),
        (r"does not match expected pattern", "wrong_format"),
    )
]

BAD_TEXT = re.compile("[\x00\ud800-\udfff]")  # what no store can keep


class Fault(str):
    """The sentence of a validation error, with the stable code that goes with it."""

    code: str

    def __new__(cls, code: str, detail: str) -> "Fault":
        fault = super().__new__(cls, detail)
        fault.code = code
        return fault


def field_errors(messages: Any, *, top: str = "body") -> list[dict[str, str]]:
    """marshmallow's nested messages as a flat list of {field, code, detail}; fields are dotted paths."""
    return [
        {"field": ".".join(path) or top, "code": code_of(message), "detail": str(message)}
        for path, message in _walk(messages, ())
    ]


def field_error(field: str, code: str, detail: str) -> dict[str, str]:
    """One entry of `errors`; a field's name that is no text is made one."""
    return {"field": BAD_TEXT.sub("?", field)[:100] or "?", "code": code, "detail": str(detail)}


def code_of(message: object) -> str:
    """The stable code of a sentence; `invalid` where there is none more telling."""
    if isinstance(message, Fault):
        return message.code
    return next((code for pattern, code in _CODES if pattern.search(str(message))), "invalid")


def _walk(messages: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _walk(inner, path if key == "_schema" else (*path, str(key)[:100]))
    elif isinstance(messages, list):
        for message in messages:
            yield from _walk(message, path)
    else:
        yield path, messages
