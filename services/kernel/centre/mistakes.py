"""What is wrong in a centre file, where, and how it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.kernel.centre.marked_yaml import MarkedDocument, Path

# marshmallow's own words for where an error sits, which are no keys of the file
_NO_KEYS = ("_schema", "key", "value")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One fault: the line (from 1; 0 is the file as a whole), the field as rooms[0].name, and the mend."""

    line: int
    field: str
    message: str


class CentreFileError(Exception):
    """A centre file that cannot be used, with every mistake that was found."""

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.file = file
        self.mistakes = sorted(mistakes)
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line for each mistake, as file:line: field: message."""
        return [": ".join(part for part in self._parts(mistake) if part) for mistake in self.mistakes]

    def _parts(self, mistake: Mistake) -> tuple[str, str, str]:
        place = f"{self.file}:{mistake.line}" if mistake.line else self.file
        return place, mistake.field, mistake.message


def name_path(path: Path) -> str:
    """A path as people write it: rooms[0].name.pl."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def mistake_at(document: MarkedDocument, path: Path, message: str) -> Mistake:
    """A mistake in the value at `path`."""
    return Mistake(document.line_of(path), name_path(path), message)


def read_errors(document: MarkedDocument, path: Path, errors: Any) -> Iterator[Mistake]:
    """The mistakes in marshmallow's nested messages about the value at `path`."""
    if isinstance(errors, Mapping):
        for step, inner in errors.items():
            inside = (*path, step)
            if step in _NO_KEYS and inside not in document.lines:
                inside = path
            yield from read_errors(document, inside, inner)
    elif isinstance(errors, list):
        for message in errors:
            yield from read_errors(document, path, message)
    else:
        yield mistake_at(document, path, str(errors))
