"""Languages: which one to use, and the gettext catalogues in which the texts stand."""

import gettext
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel import negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from services.kernel.languages import LANGUAGES

DOMAIN = "messages"

__all__ = [
    "DOMAIN",
    "LANGUAGES",
    "compile_catalogues",
    "incomplete_messages",
    "load_translations",
    "negotiate",
]


def negotiate(accept_language: str | None, preferred: str | None = None, default: str = "pl") -> str:
    """The language to speak: one chosen before, else the best of Accept-Language, else the default."""
    if preferred in LANGUAGES:
        return str(preferred)
    wanted = sorted(_weighted(accept_language or ""), key=lambda pair: -pair[1])
    found = negotiate_locale([tag for tag, weight in wanted if weight > 0], list(LANGUAGES), sep="-")
    return found or default


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile each <language>/LC_MESSAGES/*.po under `folder` that is newer than its .mo; those done."""
    done = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _write_whole(target, read_catalogue(source))
            done.append(target)
    return done


def load_translations(folder: Path, language: str) -> gettext.NullTranslations:
    """The compiled catalogue of a language; FileNotFoundError when it was not compiled."""
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    with path.open("rb") as file:
        return Translations(file, domain=DOMAIN)


def read_catalogue(path: Path) -> Catalog:
    """A catalogue's source; its language is that of its folder."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain=path.stem)


def incomplete_messages(path: Path) -> list[str]:
    """The messages of a catalogue that are empty or doubtful (fuzzy)."""
    texts: list[str] = []
    for message in read_catalogue(path):
        if not message.id:
            continue
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.fuzzy or not all(said):
            texts.append(message.id if isinstance(message.id, str) else message.id[0])
    return texts


def _write_whole(target: Path, catalogue: Catalog) -> None:
    """Written beside and renamed: another process never reads half a file."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        write_mo(file, catalogue)
    os.chmod(name, 0o644)
    os.replace(name, target)


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    for part in header[:500].split(","):
        tag, _, parameter = part.strip().partition(";")
        quality = parameter.strip().removeprefix("q=")
        try:
            yield tag, float(quality) if quality else 1.0
        except ValueError:
            continue
