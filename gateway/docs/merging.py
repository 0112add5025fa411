"""Several OpenAPI documents become one."""

import copy
import json
import re
from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]

TITLE = "Room booking for an NGO centre"
VERSION = "1"
_REFERENCE = re.compile(r"#/components/(\w+)/([^/]+)")


def merge_documents(documents: Mapping[str, Document], *, public_url: str) -> Document:
    """One document from those of the services, by name.

    Components of one name that differ get their service's name in front. Who asks is told by a
    bearer token everywhere.
    """
    merged: Document = {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": VERSION},
        "servers": [{"url": public_url}],
        "security": [{}, {"bearer": []}],
        "tags": [],
        "paths": {},
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }
    for service, document in documents.items():
        told = _with_own_names(document, service, merged["components"])
        merged["paths"].update(told.get("paths", {}))
        merged["tags"] += [tag for tag in told.get("tags", []) if tag not in merged["tags"]]
        for kind, components in told.get("components", {}).items():
            merged["components"].setdefault(kind, {}).update(components)
    return merged


def _with_own_names(document: Document, service: str, taken: Document) -> Document:
    """The document, with those of its components renamed whose names mean something else already."""
    renamed: dict[tuple[str, str], str] = {}
    for kind, components in document.get("components", {}).items():
        for name, component in components.items():
            other = taken.get(kind, {}).get(name)
            if other is not None and other != component:
                renamed[kind, name] = f"{service.capitalize()}{name}"
    if not renamed:
        return copy.deepcopy(document)

    def put(found: "re.Match[str]") -> str:
        kind, name = found.groups()
        return f"#/components/{kind}/{renamed.get((kind, name), name)}"

    told: Document = json.loads(json.dumps(document), object_hook=lambda part: _point(part, put))
    for (kind, name), new in renamed.items():
        told["components"][kind][new] = told["components"][kind].pop(name)
    return told


def _point(part: dict[str, Any], put: Any) -> dict[str, Any]:
    if isinstance(part.get("$ref"), str):
        part["$ref"] = _REFERENCE.sub(put, part["$ref"])
    return part
