"""Reading a JSON body so that nothing in it can harm: size, depth, numbers, text."""

import json
import math
import re
from typing import Any, NoReturn

from flask import Request, request
from marshmallow import RAISE, ValidationError
from marshmallow import Schema as MarshmallowSchema
from webargs.core import missing
from webargs.flaskparser import FlaskParser, is_json_request
from webargs.multidictproxy import MultiDictProxy

from services.kernel.errors import BadRequest, Invalid, UnsupportedMediaType
from services.kernel.web.faults import Fault, field_errors

MAX_DEPTH = 20
MAX_WHOLE = 2**63 - 1
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
_BAD_TEXT = re.compile("[\x00\ud800-\udfff]")


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
                faults.append(_fault(name, "repeated_field", "Give this field once."))
            if any(_BAD_TEXT.search(text) for text in (name, *values)):
                faults.append(_fault(name, "invalid_text", "This is not text."))
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
    except _Refused as refused:
        raise Invalid("invalid_body", errors=[_fault("body", refused.fault.code, refused.fault)]) from None
    except ValueError as error:
        raise BadRequest("invalid_json", f"The body is not JSON: {error}.") from None
    if not isinstance(data, dict):
        raise Invalid("invalid_body", errors=[_fault("body", "not_an_object", "Send a JSON object.")])
    faults = [
        _fault(path, "invalid_text", "NUL and lone surrogates are not text.") for path in _bad_texts(data)
    ]
    if faults:
        raise Invalid("invalid_body", errors=faults)
    return data


def refuse_unasked_query() -> None:
    """Name the query fields of a request to a route that takes none."""
    if request.args:
        faults = [_fault(name, "unknown_field", "Unknown field.") for name in request.args]
        raise Invalid("invalid_query", errors=faults)


class _Refused(Exception):  # noqa: N818 - carries a fault out of the JSON parser
    def __init__(self, code: str, detail: str) -> None:
        self.fault = Fault(code, detail)
        super().__init__(detail)


def _check_depth(raw: bytes) -> None:
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", raw)):
        depth += 1 if bracket.group() in b"[{" else -1
        if depth > MAX_DEPTH:
            message = f"Objects and lists may be {MAX_DEPTH} deep."
            raise Invalid("invalid_body", errors=[_fault("body", "too_deep", message)])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused("repeated_field", "A field is given twice.")
    return found


def _whole(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) > MAX_WHOLE:
        raise _Refused("number_too_large", "A number is too large.")
    return int(digits)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _Refused("number_too_large", "A number is too large.")
    return number


def _no_number(text: str) -> NoReturn:
    raise _Refused("not_a_number", f"{text} is not a number.")


def _bad_texts(value: Any, path: str = "") -> list[str]:
    """The dotted paths of all texts that cannot be stored."""
    if isinstance(value, str):
        return [path] if _BAD_TEXT.search(value) else []
    if isinstance(value, list):
        return [
            bad
            for index, inner in enumerate(value)
            for bad in _bad_texts(inner, f"{path}.{index}".lstrip("."))
        ]
    if isinstance(value, dict):
        named = [path or "body" for key in value if _BAD_TEXT.search(key)]
        return named + [
            bad
            for key, inner in value.items()
            if not _BAD_TEXT.search(key)
            for bad in _bad_texts(inner, f"{path}.{key}".lstrip("."))
        ]
    return []


def _fault(field: str, code: str, detail: str) -> dict[str, str]:
    return {"field": _BAD_TEXT.sub("?", field)[:100], "code": code, "detail": str(detail)}
