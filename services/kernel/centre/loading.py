"""From a file on disk to a centre, or to a list of its mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath
from typing import Any

from marshmallow import ValidationError
from marshmallow.experimental.context import Context

from services.kernel.centre.centre import Centre, Contact, Section
from services.kernel.centre.marked_yaml import MAX_BYTES, MarkedDocument, MarkedYamlError, read_marked_yaml
from services.kernel.centre.mistakes import CentreFileError, Mistake, read_errors
from services.kernel.centre.schema import common_schema
from services.kernel.languages import LANGUAGES

SECTIONS = ("booking",)
"""The sections of a centre file; a service that reads one adds its name here."""


def load_centre_file(path: str | FilePath, sections: Iterable[str] = SECTIONS) -> Centre:
    """Read the centre file at `path`; its sections stay raw for the services to read.

    CentreFileError names every mistake of the common part with its line, or says why the file cannot be read.
    """
    file = str(path)
    try:
        document = read_marked_yaml(_read_text(FilePath(path)))
    except MarkedYamlError as error:
        raise CentreFileError(file, [Mistake(error.line, "", error.message)]) from error
    if not isinstance(document.data, Mapping):
        raise CentreFileError(
            file, [Mistake(1, "", "must be a mapping of keys and values, such as slug: my-centre")]
        )
    names = tuple(sections)
    with Context({"languages": _languages_of(document.data)}):
        try:
            common = common_schema(names).load(document.data)
        except ValidationError as error:
            raise CentreFileError(file, read_errors(document, (), error.messages)) from error
    return _centre(file, document, common, names)


def _read_text(path: FilePath) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CentreFileError(str(path), [Mistake(0, "", f"cannot be read: {error.strerror}")]) from error
    if len(content) > MAX_BYTES:
        raise CentreFileError(str(path), [Mistake(0, "", f"is larger than {MAX_BYTES} bytes; shorten it")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CentreFileError(
            str(path), [Mistake(line, "", "is not UTF-8; save it in that encoding")]
        ) from error


def _languages_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages that texts must have: those named that the suite knows, else all of them."""
    named = data.get("languages")
    if not isinstance(named, list):
        return LANGUAGES
    return tuple(language for language in LANGUAGES if language in named) or LANGUAGES


def _centre(file: str, document: MarkedDocument, common: dict[str, Any], names: tuple[str, ...]) -> Centre:
    languages = tuple(common["languages"])
    return Centre(
        slug=common["slug"],
        name=common["name"],
        time_zone=common["time_zone"],
        languages=languages,
        contact=Contact(**common["contact"]),
        country=common["country"],
        subdivision=common["subdivision"],
        demo=common["demo"],
        sections={name: Section(file, document, (name,), common[name], languages) for name in names},
    )
