"""Every template renders in every language, accessibly, and lets nothing through that a booker typed."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from marshmallow import RAISE

import services.notifications.templates as templates
from services.kernel.languages import LANGUAGES
from services.notifications.domain.message import CalendarEntry, Wording
from services.notifications.rendering.renderer import Renderer
from services.notifications.templates import TEMPLATES

from .centre import CENTRE

RENDERER = Renderer(CENTRE)
ENTRY = CalendarEntry("REQUEST", "BEGIN:VCALENDAR")
DAYS = {
    "pl": "czwartek, 26 listopada 2026",
    "en": "Thursday, 26 November 2026",
    "uk": "четвер, 26 листопада 2026",
}
GREETINGS = {"pl": "Dzień dobry,", "en": "Hello,", "uk": "Доброго дня!"}

each_template = pytest.mark.parametrize("slug", TEMPLATES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def rendered(slug: str, language: str, *, calendar: CalendarEntry | None = ENTRY, **changes: Any) -> Wording:
    template = TEMPLATES[slug]
    parameters = template.parameters().load({**template.sample, **changes})
    return RENDERER.render(template, parameters, language=language, calendar=calendar)


def page(wording: Wording) -> BeautifulSoup:
    return BeautifulSoup(wording.html, "html.parser")


def test_every_file_belongs_to_a_template_and_every_template_has_both():
    files = {file.name for file in Path(templates.__file__).parent.glob("*.j2")}
    named = {f"{slug}.{kind}.j2" for slug in (*TEMPLATES, "layout") for kind in ("txt", "html")}
    assert files == named


@each_template
def test_the_sample_gives_just_what_the_schema_asks_for(slug):
    template = TEMPLATES[slug]
    assert template.parameters(unknown=RAISE).validate(dict(template.sample)) == {}


@each_template
@each_language
def test_it_says_what_where_and_when_in_the_readers_language(slug, language):
    wording = rendered(slug, language)
    for said in (wording.text, page(wording).get_text(" ")):
        assert GREETINGS[language] in said
        assert "Sala Dębowa" in said
        assert DAYS[language] in said
        assert "17:00–19:00" in said
        assert CENTRE.name[language] in said
    assert "Sala Dębowa" in wording.subject
    assert DAYS[language] in wording.subject
    assert TEMPLATES[slug].sample["link"] in wording.text


@each_template
@each_language
def test_nothing_is_left_untranslated_or_unfilled(slug, language):
    wording = rendered(slug, language)
    for said in (wording.subject, wording.text, wording.html):
        assert not re.search(r"%\(|\{\{|\{%|None|Undefined", said)
    if language != "en":
        english = {line for line in rendered(slug, "en").text.splitlines() if re.search("[a-z]{4}", line)}
        same = english & set(wording.text.splitlines())
        assert all(line.startswith(("http", "E-mail: ")) for line in same), same


@each_template
@each_language
def test_text_and_html_say_the_same_sentences(slug, language):
    wording = rendered(slug, language)
    in_html = " ".join(page(wording).get_text(" ").split())
    for line in wording.text.splitlines():
        labelled = line.endswith(TEMPLATES[slug].sample.get("reason", "?"))
        if line.endswith(".") and not labelled:
            assert " ".join(line.split()) in in_html


@each_template
@each_language
def test_the_html_is_accessible(slug, language):
    soup = page(rendered(slug, language))
    assert soup.html["lang"] == language
    assert len(soup.find_all("h1")) == 1
    assert soup.title.get_text() == soup.h1.get_text()
    assert soup.find("main")
    assert not soup.find_all(["img", "script", "style", "form", "iframe", "link"])
    for link in soup.find_all("a"):
        assert len(link.get_text(strip=True)) > 5, "a link says where it leads"
        assert not link.get_text().startswith("http")
    assert not [tag for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]


@each_template
def test_the_colours_have_contrast_enough(slug):
    soup = page(rendered(slug, "pl"))
    for tag in soup.find_all(style=True):
        colour = re.search(r"(?<!-)color: (#\w{6})", tag["style"])
        ground = re.search(r"background: (#\w{6})", tag["style"])
        if colour:
            assert contrast(colour[1], ground[1] if ground else "#ffffff") >= 4.5, tag["style"]


@each_template
def test_what_is_not_given_leaves_no_trace(slug):
    sparse = {"title": None, "building_address": None, "reason": None}
    kept = {name: None for name in sparse if name in TEMPLATES[slug].parameters().fields}
    wording = rendered(slug, "pl", calendar=None, **kept)
    assert "Adres:" not in wording.text
    assert "Tytuł" not in wording.text
    assert "Powód" not in wording.text
    assert "kalendarz" not in wording.text
    assert "\n\n\n" not in wording.text


@pytest.mark.parametrize("slug", sorted(set(TEMPLATES) - {"reservation_confirm_link"}))
def test_a_message_without_a_link_is_whole(slug):
    wording = rendered(slug, "pl", link=None)
    assert "http" not in wording.text.replace(CENTRE.contact.url, "")
    assert not [link for link in page(wording).find_all("a") if link["href"] != CENTRE.contact.url]


@each_template
def test_what_people_typed_is_text_and_nothing_else(slug):
    typed = '<script>alert("x")</script>\r\nBcc: all@example.org %(room)s {{ 7*7 }}'
    asked = TEMPLATES[slug].parameters().fields
    changes = {name: typed for name in ("title", "room_name", "reason", "building_address") if name in asked}
    wording = rendered(slug, "pl", **changes)
    assert not page(wording).find_all("script")
    assert "49" not in wording.html
    assert "\n" not in wording.subject
    room = next(line for line in wording.text.splitlines() if line.startswith("Sala: "))
    assert room == 'Sala: <script>alert("x")</script> Bcc: all@example.org %(room)s {{ 7*7 }}'


@pytest.mark.parametrize("slug", ["reservation_confirm_link", "reservation_expired"])
@each_language
def test_an_address_that_nobody_confirmed_gets_no_text_of_the_booker(slug, language):
    wording = rendered(slug, language, title="You have won, see https://evil.example")
    assert "evil" not in wording.subject + wording.text + wording.html


def test_times_are_told_in_the_zone_that_is_given():
    assert "16:00–18:00" in rendered("reservation_confirmed", "en", time_zone="Europe/London").text


def test_a_name_that_is_given_stands_for_the_centre():
    assert "Dom Sąsiedzki" in rendered("reservation_confirmed", "pl", centre_name="Dom Sąsiedzki").text


def test_what_is_very_long_is_cut_and_not_refused():
    wording = rendered("reservation_declined", "pl", room_name="S" * 5_000, reason="R" * 9_000)
    assert "S" * 299 + "…" in wording.subject
    assert "R" * 3_999 + "…" in wording.text


def test_a_reason_keeps_its_lines_as_text():
    soup = page(rendered("reservation_cancelled", "pl", reason="Awaria.\nPrzepraszamy <b>!"))
    reason = soup.find("dd", style=re.compile("pre-line"))
    assert reason.get_text() == "Awaria.\nPrzepraszamy <b>!"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
