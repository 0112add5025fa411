"""Which language is spoken, and catalogues that are compiled when they changed."""

import os
from pathlib import Path

import pytest

from services.kernel.i18n import compile_catalogues, incomplete_messages, load_translations, negotiate

PO = """msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Book"
msgstr "Zarezerwuj"

msgid "one room"
msgid_plural "%(num)d rooms"
msgstr[0] "sala"
msgstr[1] "sale"
msgstr[2] "%s"

msgid "Cancel"
msgstr ""

#, fuzzy
msgid "Approve"
msgstr "Odrzuć"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "pl" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO.replace("%s", "sal"))
    return path


@pytest.mark.parametrize(
    ("accepted", "preferred", "spoken"),
    [
        (None, None, "pl"),
        ("", None, "pl"),
        ("uk", None, "uk"),
        ("uk-UA,uk;q=0.9,en;q=0.8", None, "uk"),
        ("de,en-GB;q=0.7,pl;q=0.3", None, "en"),
        ("pl;q=0.1,en;q=0.9", None, "en"),
        ("en;q=0,uk;q=0.1", None, "uk"),
        ("de,fr", None, "pl"),
        ("en", "uk", "uk"),
        ("en", "de", "en"),
        ("*", None, "pl"),
        ("en;q=many,uk", None, "uk"),
        ("en;q=nan,uk;q=0.5", None, "uk"),
        (";;;,,,=", None, "pl"),
        ("x" * 100_000, None, "pl"),
    ],
)
def test_the_language_that_suits_best_is_spoken(
    accepted: str | None, preferred: str | None, spoken: str
) -> None:
    assert negotiate(accepted, preferred) == spoken


def test_a_catalogue_is_compiled_when_it_changed_and_not_otherwise(source: Path) -> None:
    folder = source.parents[2]
    compiled = source.with_suffix(".mo")
    assert compile_catalogues(folder) == [compiled]
    assert compile_catalogues(folder) == []
    os.utime(source, (compiled.stat().st_mtime + 10, compiled.stat().st_mtime + 10))
    assert compile_catalogues(folder) == [compiled]
    assert list(source.parent.glob("*.tmp")) == []


def test_a_compiled_catalogue_speaks(source: Path) -> None:
    compile_catalogues(source.parents[2])
    polish = load_translations(source.parents[2], "pl")
    assert polish.gettext("Book") == "Zarezerwuj"
    assert [polish.ngettext("one room", "%(num)d rooms", n) for n in (1, 2, 5, 12, 22)] == [
        "sala",
        "sale",
        "sal",
        "sal",
        "sale",
    ]
    with pytest.raises(FileNotFoundError):
        load_translations(source.parents[2], "en")


def test_what_is_empty_or_doubtful_is_found(source: Path) -> None:
    assert incomplete_messages(source) == ["Cancel", "Approve"]
    source.write_text(PO.replace("%s", ""))
    assert incomplete_messages(source) == ["one room", "Cancel", "Approve"]
