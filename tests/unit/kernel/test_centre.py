"""The common part of a centre file, and its mistakes by line and field."""

from pathlib import Path

import pytest

from services.kernel.centre import Centre, CentreFileError, load_centre_file

GOOD = """\
slug: my-centre
demo: true
name: {pl: Centrum, en: Centre}
time_zone: Europe/Warsaw
languages: [pl, en]
country: PL
contact:
  name: Desk
  email: desk@centre.test
  phone: "+48 61 000 00 00"
  url: https://centre.test/
booking:
  rooms: []
"""


def load(folder: Path, text: str) -> Centre:
    file = folder / "centre.yaml"
    file.write_text(text, encoding="utf-8")
    return load_centre_file(file)


def mistakes(folder: Path, text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(CentreFileError) as caught:
        load(folder, text)
    return [(mistake.line, mistake.field, mistake.message) for mistake in caught.value.mistakes]


def test_a_centre_is_read(tmp_path: Path) -> None:
    centre = load(tmp_path, GOOD)
    assert (centre.slug, centre.demo, centre.country, centre.languages) == (
        "my-centre",
        True,
        "PL",
        ("pl", "en"),
    )
    assert centre.name == {"pl": "Centrum", "en": "Centre"}
    assert centre.contact.name == {"pl": "Desk", "en": "Desk"}
    assert centre.contact.address == ""
    assert centre.zone.key == "Europe/Warsaw"


def test_a_section_stays_raw_with_its_place(tmp_path: Path) -> None:
    section = load(tmp_path, GOOD).sections["booking"]
    assert section.data == {"rooms": []}
    mistake = section.mistake(("rooms", 0, "slug"), "is missing")
    assert (mistake.line, mistake.field) == (13, "booking.rooms[0].slug")


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "message"),
    [
        ("slug: my-centre", "slug: My Centre", 1, "slug", "small letters"),
        ("slug: my-centre", "slug: 12", 1, "slug", "quotes"),
        ("slug: my-centre", "slug:", 1, "slug", "is empty"),
        ("slug: my-centre", "slug: ''", 1, "slug", "is empty"),
        ("slug: my-centre\n", "", 1, "slug", "is missing; add it"),
        ("demo: true", "demo: yes", 2, "demo", "true or false"),
        ("demo: true", "demo: 1", 2, "demo", "true or false"),
        ("demo: true", "demmo: true", 2, "demmo", "did you mean “demo”"),
        ("demo: true", "zzz: true", 2, "zzz", "known here: slug"),
        ("{pl: Centrum, en: Centre}", "{pl: Centrum}", 3, "name.en", "is missing; add the text"),
        ("{pl: Centrum, en: Centre}", "{pl: Centrum, en: ''}", 3, "name.en", "is empty"),
        (
            "{pl: Centrum, en: Centre}",
            "{pl: Centrum, en: C, uk: C}",
            3,
            "name.uk",
            "is no language of this centre",
        ),
        ("{pl: Centrum, en: Centre}", "[Centrum]", 3, "name", "must be text"),
        ("Europe/Warsaw", "Europe/Varsaw", 4, "time_zone", "did you mean “Europe/Warsaw”"),
        ("Europe/Warsaw", "Europe", 4, "time_zone", "is no time zone"),
        ("Europe/Warsaw", "../etc/passwd", 4, "time_zone", "is no time zone"),
        ("[pl, en]", "[pl, en, xx]", 5, "languages[2]", "must be one of: pl, en, uk"),
        ("[pl, en]", "[pl, en, pl]", 5, "languages", "twice"),
        ("[pl, en]", "pl", 5, "languages", "must be a list"),
        ("[pl, en]", "[]", 5, "languages", "at least one"),
        ("country: PL", "country: Poland", 6, "country", "two capitals"),
        ("contact:\n", "contact: {}\nwas:\n", 7, "contact.email", "is missing"),
        ("desk@centre.test", "desk", 9, "contact.email", "e-mail address"),
        ('"+48 61 000 00 00"', "616000000", 10, "contact.phone", "quotes"),
        ('"+48 61 000 00 00"', "ask us", 10, "contact.phone", "phone number"),
        ("https://centre.test/", "javascript:alert(1)", 11, "contact.url", "https://"),
        ("booking:\n  rooms: []\n", "", 1, "booking", "is missing"),
        ("booking:", "boking:", 12, "boking", "did you mean “booking”"),
    ],
)
def test_a_mistake_is_told_by_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str, message: str
) -> None:
    assert old in GOOD
    found = mistakes(tmp_path, GOOD.replace(old, new, 1))
    assert any(
        found_line == line and name == field and message in text for found_line, name, text in found
    ), found


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = GOOD.replace("my-centre", "My", 1).replace("Warsaw", "Varsaw").replace("desk@", "")
    found = mistakes(tmp_path, text)
    assert [line for line, _, _ in found] == [1, 4, 9]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ":1: must be a mapping"),
        (b"- a\n- b\n", ":1: must be a mapping"),
        (b"slug: a\nname: \xff\n", ":2: is not UTF-8"),
        (b"a: [\n", ":2: cannot be read as YAML"),
        (b"#" * 1_000_001, ": is larger than 1000000 bytes"),
    ],
)
def test_a_file_that_is_no_centre_is_told_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "centre.yaml"
    file.write_bytes(content)
    with pytest.raises(CentreFileError) as caught:
        load_centre_file(file)
    (line,) = caught.value.lines()
    assert line.startswith(f"{file}{message}")


@pytest.mark.parametrize("name", ["gone.yaml", "."])
def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(CentreFileError, match="cannot be read") as caught:
        load_centre_file(tmp_path / name)
    assert len(caught.value.lines()) == 1


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeff" + GOOD).slug == "my-centre"
