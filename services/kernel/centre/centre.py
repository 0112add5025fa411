"""A centre as its file describes it: what every service needs, and each service's own section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import Schema, ValidationError
from marshmallow.experimental.context import Context

from services.kernel.centre.marked_yaml import MarkedDocument, Path
from services.kernel.centre.mistakes import CentreFileError, Mistake, mistake_at, read_errors

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Contact:
    """How people reach the centre; what it does not have is empty."""

    name: Texts
    email: str
    phone: str = ""
    address: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One service's part of the file, unread, with its place in it."""

    file: str
    document: MarkedDocument
    path: Path
    data: Any
    languages: tuple[str, ...]

    def load(self, schema: Schema) -> dict[str, Any]:
        """Read the section by `schema`; CentreFileError names every mistake with its line."""
        with Context({"languages": self.languages}):
            try:
                return dict(schema.load(self.data))
            except ValidationError as error:
                mistakes = read_errors(self.document, self.path, error.messages)
                raise CentreFileError(self.file, mistakes) from error

    def mistake(self, path: Path, message: str) -> Mistake:
        """A mistake in the value at `path` within the section."""
        return mistake_at(self.document, (*self.path, *path), message)

    def refuse(self, mistakes: Iterable[Mistake]) -> None:
        """Raise CentreFileError if there are any mistakes."""
        found = list(mistakes)
        if found:
            raise CentreFileError(self.file, found)


@dataclass(frozen=True, slots=True)
class Centre:
    """The common part. Texts have every language of the centre; the first is the one to fall back to.

    `country` and `subdivision` are ISO 3166 codes; `demo` marks a centre that does not exist.
    """

    slug: str
    name: Texts
    time_zone: str
    languages: tuple[str, ...]
    contact: Contact
    country: str | None
    subdivision: str | None
    demo: bool
    sections: Mapping[str, Section]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the centre's clocks run."""
        return ZoneInfo(self.time_zone)
