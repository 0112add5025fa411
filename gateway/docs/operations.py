"""The document as a plain list of operations, for the page that needs no script."""

from dataclasses import dataclass
from typing import Any

from gateway.docs.merging import Document

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One thing that the API can do."""

    method: str
    path: str
    summary: str
    parameters: tuple[tuple[str, str, bool], ...]  # name, where, required
    body: tuple[tuple[str, str, bool], ...]  # field, type, required
    answers: tuple[tuple[str, str], ...]  # status, description


def list_operations(document: Document) -> list[Operation]:
    """Every operation, by path."""
    return [
        _read(document, path, method, item[method])
        for path, item in sorted(document["paths"].items())
        for method in METHODS
        if method in item
    ]


def _read(document: Document, path: str, method: str, operation: dict[str, Any]) -> Operation:
    shared = document["paths"][path].get("parameters", [])
    parameters = [_resolve(document, each) for each in (*shared, *operation.get("parameters", []))]
    answers = {
        status: _resolve(document, answer) for status, answer in operation.get("responses", {}).items()
    }
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        parameters=tuple((each["name"], each["in"], each.get("required", False)) for each in parameters),
        body=_body(document, operation),
        answers=tuple((status, answer.get("description", "")) for status, answer in answers.items()),
    )


def _body(document: Document, operation: dict[str, Any]) -> tuple[tuple[str, str, bool], ...]:
    content = operation.get("requestBody", {}).get("content", {})
    schema = _resolve(document, content.get("application/json", {}).get("schema", {}))
    required = schema.get("required", [])
    return tuple(
        (name, _type(_resolve(document, field)), name in required)
        for name, field in schema.get("properties", {}).items()
    )


def _type(field: dict[str, Any]) -> str:
    kind = field.get("type", "object")
    kinds = [kind] if isinstance(kind, str) else [each for each in kind if each != "null"]
    return str(field.get("format") or " or ".join(kinds))


def _resolve(document: Document, part: dict[str, Any]) -> dict[str, Any]:
    reference = part.get("$ref", "")
    if not reference.startswith("#/"):
        return part
    found: Any = document
    for step in reference[2:].split("/"):
        found = found[step]
    return dict(found)
