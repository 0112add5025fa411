"""Reading a JSON body so that nothing in it can harm: size, depth, numbers, text."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE, ValidationError
from marshmallow import Schema as MarshmallowSchema
from webargs.core import missing
from webargs.flaskparser import FlaskParser, is_json_request
from webargs.multidictproxy import MultiDictProxy

from services.kernel.errors import BadRequest, Invalid, UnsupportedMediaType
from services.kernel.web.faults import BAD_TEXT, Fault, field_error, field_errors

MAX_DEPTH = 20
MAX_WHOLE = 2**63 - 1
LONGEST_WHOLE = 20  # digits with a sign; no longer one is converted, which would take time
# Possessive, and content with a string that never ends: else a body of escaped quotes takes hours.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS = bytes(set(range(256)) - set(_STEPS))
_NO_TEXT = Fault("invalid_text", "NUL and lone surrogates are not text.")


class BodyParser(FlaskParser):
    """webargs' parser with the mends: content types, unknown query fields, harmful JSON."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - as webargs declares it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "querystring": RAISE,
    }

    def load_json(self, req: Request, schema: MarshmallowSchema) -> Any:
        """The body as an object; `missing` when there is none."""
        raw = req.get_data(cache=True)
        if not raw:
            return missing
        if not is_json_request(req):
            raise UnsupportedMediaType(detail="Send the body as application/json.")
        return parse_object(raw)

    def load_querystring(self, req: Request, schema: MarshmallowSchema) -> Any:
        """The query, in which no field may be given twice or hold what is no text."""
        faults = []
        for name, values in req.args.lists():
            proxy_takes_all = name in schema.fields and hasattr(schema.fields[name], "inner")
            if len(values) > 1 and not proxy_takes_all:
                faults.append(field_error(name, "repeated_field", "Give this field once."))
            if any(BAD_TEXT.search(text) for text in (name, *values)):
                faults.append(field_error(name, "invalid_text", "This is not text."))
        if faults:
            raise Invalid("invalid_query", errors=faults)
        return MultiDictProxy(req.args, schema)

    def handle_error(
        self, error: ValidationError, req: Request, schema: MarshmallowSchema, **_: Any
    ) -> NoReturn:
        """Tell what is wrong with each field."""
        messages = error.messages
        location, inner = next(iter(messages.items())) if isinstance(messages, dict) else ("json", messages)
        where = {"json": "body", "querystring": "query", "view_args": "path"}.get(location, location)
        raise Invalid(f"invalid_{where}", errors=field_errors(inner, top=where)) from error


def parse_object(raw: bytes) -> dict[str, Any]:
    """The JSON object in `raw`. Raises BadRequest where it is no JSON, Invalid for what we refuse."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("invalid_json", "The body is not UTF-8.") from None
    _check_depth(raw)
    try:
        data = json.loads(
            raw,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_number,
            parse_constant=_no_number,
        )
    except ValueError as error:
        raise BadRequest("invalid_json", f"The body is not JSON: {error}.") from None
    if not isinstance(data, dict):
        raise Invalid("invalid_body", errors=[field_error("body", "not_an_object", "Send a JSON object.")])
    faults = [field_error(path or "body", fault.code, fault) for path, fault in _faults_in(data)]
    if faults:
        raise Invalid("invalid_body", errors=faults)
    return data


class _Refused:
    """Stands in the parsed body for a value that cannot be accepted, until its path is known."""

    def __init__(self, code: str, detail: str) -> None:
        self.fault = Fault(code, detail)


def _check_depth(raw: bytes) -> None:
    brackets = _STRING.sub(b"", raw).translate(None, delete=_NO_BRACKETS)
    if max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > MAX_DEPTH:
        message = f"Objects and lists may be {MAX_DEPTH} deep."
        raise Invalid("invalid_body", errors=[field_error("body", "too_deep", message)])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = Counter(name for name, _ in pairs)
        repeated = {
            name: _Refused("repeated_field", "Give this field once.") for name in names if names[name] > 1
        }
        found.update(repeated)
    return found


def _whole(digits: str) -> int | _Refused:
    if len(digits) > LONGEST_WHOLE or abs(int(digits)) > MAX_WHOLE:
        return _Refused("number_too_large", "This number is too large.")
    return int(digits)


def _number(text: str) -> float | _Refused:
    number = float(text)
    return number if math.isfinite(number) else _Refused("number_too_large", "This number is too large.")


def _no_number(text: str) -> _Refused:
    return _Refused("not_a_number", f"{text} is not a number.")


def _faults_in(value: Any, path: str = "") -> Iterator[tuple[str, Fault]]:
    """What cannot be accepted inside a parsed value, each with its dotted path."""
    if isinstance(value, _Refused):
        yield path, value.fault
    elif isinstance(value, str) and BAD_TEXT.search(value):
        yield path, _NO_TEXT
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _faults_in(inner, f"{path}.{index}" if path else str(index))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if BAD_TEXT.search(key):
                yield path, _NO_TEXT
            else:
                yield from _faults_in(inner, f"{path}.{key}" if path else key)
