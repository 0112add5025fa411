"""YAML that remembers on which line each value stands, and that reads only what is plainly meant.

Only `true`, `false`, `null`, whole numbers and decimal fractions are more than text: 22:00 stays a time, not
the number 1320; `no` and `on` stay words; 2027-12-24 stays text. Two equal keys, tags, and documents that are
too large or too deep are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

MAX_BYTES = 1_000_000
_MAX_DEPTH = 30
_MAX_VALUES = 50_000  # an alias counts each time it is used, so that a few lines cannot grow into gigabytes
_PREFIX = "tag:yaml.org,2002:"

Path = tuple[str | int, ...]


class MarkedYamlError(Exception):
    """A document that cannot be read, with the line (from 1) of the fault."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}")


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """The data of a YAML document and the line (from 1) of each value by its path."""

    data: Any
    lines: Mapping[Path, int]

    def line_of(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest value around it if that is missing."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


class _Loader(yaml.SafeLoader):
    """A loader for its composer alone; its resolvers know the plainly meant."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose a node, and refuse to go too deep."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            mark = self.peek_event().start_mark
            raise MarkedYamlError(mark.line + 1, f"lists and mappings lie more than {_MAX_DEPTH} deep")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


_Loader.add_implicit_resolver(f"{_PREFIX}null", re.compile(r"(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver(f"{_PREFIX}bool", re.compile(r"(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver(f"{_PREFIX}int", re.compile(r"-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    f"{_PREFIX}float", re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}$"), list("-0123456789")
)


def read_marked_yaml(text: str) -> MarkedDocument:
    """Read one YAML document; MarkedYamlError tells the line and the fault."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "it is not YAML"
        raise MarkedYamlError(mark.line + 1 if mark else 1, f"cannot be read as YAML: {reason}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise MarkedYamlError(line, f"holds a character that YAML does not allow: {error.reason}") from error
    builder = _Builder()
    data = None if node is None else builder.build(node, (), 1)
    return MarkedDocument(data, {(): 1, **builder.lines})


class _Builder:
    """Turns nodes into plain data and notes their lines."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}

    def build(self, node: yaml.Node, path: Path, line: int) -> Any:
        """The data of `node`; `line` is where its key stands, or it itself."""
        self.lines[path] = line
        if len(self.lines) > _MAX_VALUES or len(path) > _MAX_DEPTH:
            raise MarkedYamlError(line, "the aliases in this file repeat too much; write less with them")
        if isinstance(node, yaml.MappingNode) and node.tag == f"{_PREFIX}map":
            return self._build_mapping(node, path)
        if isinstance(node, yaml.SequenceNode) and node.tag == f"{_PREFIX}seq":
            items = enumerate(node.value)
            return [self.build(item, (*path, index), item.start_mark.line + 1) for index, item in items]
        if isinstance(node, yaml.ScalarNode):
            return _read_scalar(node)
        raise MarkedYamlError(line, f"the tag {node.tag} is not allowed; write the value without it")

    def _build_mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise MarkedYamlError(line, "a key must be a word")
            key = key_node.value
            if key in data:
                first = self.lines[(*path, key)]
                raise MarkedYamlError(
                    line, f"“{key}” is here for the second time; the first is in line {first}"
                )
            data[key] = self.build(value_node, (*path, key), line)
        return data


def _read_scalar(node: yaml.ScalarNode) -> Any:
    kind = node.tag.removeprefix(_PREFIX)
    try:
        match kind:
            case "str":
                return node.value
            case "null":
                return None
            case "bool":
                return node.value == "true"
            case "int":
                return int(node.value)
            case "float":
                return float(node.value)
    except ValueError:
        pass  # an explicit tag on something else, told below
    raise MarkedYamlError(node.start_mark.line + 1, f"the tag {node.tag} is not allowed here; leave it out")
