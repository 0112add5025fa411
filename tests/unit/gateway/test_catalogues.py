"""Every sentence of the pages is there in every language, and no catalogue keeps what nobody says."""

from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from gateway.language import TRANSLATIONS
from services.kernel.i18n import LANGUAGES, incomplete_messages, read_catalogue

GATEWAY = TRANSLATIONS.parent
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLURALS = {"pl": 3, "en": 2, "uk": 3}


@cache
def said_by_the_code() -> frozenset[str | tuple[str, ...]]:
    """What the code and the templates say, as `pybabel extract` finds it."""
    with (GATEWAY / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        GATEWAY,
        methods,
        options,
        keywords=KEYWORDS,
        directory_filter=lambda folder: "node_modules" not in folder,
    )
    return frozenset(message for _, _, message, _, _ in found)


def source(language: str) -> Path:
    """A catalogue's source."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_exactly_what_the_code_says(language: str) -> None:
    known = {message.id for message in read_catalogue(source(language)) if message.id}
    assert said_by_the_code() - known == set()
    assert known - said_by_the_code() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete(language: str) -> None:
    assert incomplete_messages(source(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_plural_forms_are_whole(language: str) -> None:
    catalogue = read_catalogue(source(language))
    assert catalogue.num_plurals == PLURALS[language]
    assert [(message.id, [str(fault) for fault in faults]) for message, faults in catalogue.check()] == []
