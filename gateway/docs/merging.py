"""Several OpenAPI documents become one."""

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

Document = dict[str, Any]
Component = tuple[str, str]  # its kind and its name

TITLE = "Room booking for an NGO centre"
VERSION = "1"
_REFERENCE = re.compile(r"#/components/(?P<kind>\w+)/(?P<name>[^/]+)")


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
    told = copy.deepcopy(document)
    renamed = {
        (kind, name): _free_name(service, name, {**told["components"][kind], **taken[kind]})
        for kind, name in _misunderstood(told, taken)
    }
    for part in _parts(told):
        reference = part.get("$ref")
        if isinstance(reference, str):
            part["$ref"] = _REFERENCE.sub(lambda found: _renamed_reference(found, renamed), reference)
    for (kind, name), new in renamed.items():
        told["components"][kind][new] = told["components"][kind].pop(name)
    return told


def _misunderstood(document: Document, taken: Document) -> set[Component]:
    """The components whose names are taken by others that differ, in themselves or in what they refer to."""
    components = document.get("components", {})
    shared = {
        (kind, name): component
        for kind, named in components.items()
        for name, component in named.items()
        if name in taken.get(kind, {})
    }
    found = {(kind, name) for (kind, name), component in shared.items() if component != taken[kind][name]}
    while True:
        drawn_in = {known for known in shared if known not in found and found & _references(shared[known])}
        if not drawn_in:
            return found
        found |= drawn_in


def _references(component: Any) -> set[Component]:
    texts = (part.get("$ref") for part in _parts(component))
    matches = (_REFERENCE.match(text) for text in texts if isinstance(text, str))
    return {(match["kind"], match["name"]) for match in matches if match}


def _parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document, the outer ones first."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _parts(inner)


def _free_name(service: str, name: str, taken: Mapping[str, Any]) -> str:
    name = service.capitalize() + name
    while name in taken:
        name += "_"
    return name


def _renamed_reference(found: "re.Match[str]", renamed: Mapping[Component, str]) -> str:
    kind, name = found["kind"], found["name"]
    return f"#/components/{kind}/{renamed.get((kind, name), name)}"
