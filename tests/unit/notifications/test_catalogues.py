"""The catalogues say everything that the templates say, in every language, and nothing else."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import services.notifications
from services.kernel.languages import LANGUAGES

PACKAGE = Path(services.notifications.__file__).parent


def catalogue(language: str) -> Catalog:
    with (PACKAGE / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def said_in_templates() -> set[str]:
    methods = [("**.j2", "jinja2.ext:babel_extract"), ("**.py", "python")]
    options = {"**.j2": {"newstyle_gettext": "true", "silent": "false"}}
    return {found[2] for found in extract_from_dir(PACKAGE, method_map=methods, options_map=options)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_catalogue_says_just_what_the_templates_say(language):
    said = {message.id for message in catalogue(language) if message.id}
    assert said == said_in_templates()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_message_is_translated_with_the_same_places_to_fill(language):
    for message in catalogue(language):
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            assert not list(message.check()), message.id


def test_plural_forms_are_those_of_the_language():
    assert [catalogue(language).num_plurals for language in LANGUAGES] == [3, 2, 3]


def test_english_says_what_stands_in_the_code():
    assert all(message.string == message.id for message in catalogue("en") if message.id)
