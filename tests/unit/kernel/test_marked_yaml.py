"""YAML that remembers its lines and reads only what is plainly meant."""

import pytest

from services.kernel.centre.marked_yaml import MarkedYamlError, read_marked_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22:00", "22:00"),
        ("2027-12-24", "2027-12-24"),
        ("2027-12-24T10:00:00Z", "2027-12-24T10:00:00Z"),
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("~", None),
        ("null", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1.5", 1.5),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("+48 61 000 00 00", "+48 61 000 00 00"),
        ("<<", "<<"),
        ("99999999999999999999", "99999999999999999999"),
        ("!!int 12", 12),
        ("ż\u00f3\u0142\u0107", "żółć"),
    ],
)
def test_only_what_is_plainly_meant_is_more_than_text(text: str, value: object) -> None:
    read = read_marked_yaml(f"key: {text}").data["key"]
    assert read == value
    assert type(read) is type(value)


def test_every_value_has_its_line() -> None:
    document = read_marked_yaml("a: 1\nb:\n  - c: 2\n    d:\n      long\n  - 3\n")
    assert [document.line_of(path) for path in [("a",), ("b",), ("b", 0, "c"), ("b", 0, "d"), ("b", 1)]] == [
        1,
        2,
        3,
        4,
        6,
    ]


def test_a_missing_value_has_the_line_of_what_it_is_missing_from() -> None:
    document = read_marked_yaml("a: 1\nb:\n  - c: 2\n")
    assert document.line_of(("b", 0, "slug")) == 3
    assert document.line_of(("z", "y")) == 1


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "second time; the first is in line 1"),
        ("a:\n  b: 1\n  b: 1\n", 3, "second time"),
        ("a: [1\nb: 2\n", 2, "cannot be read as YAML"),
        ("a:\n\tb: 1\n", 2, "cannot be read as YAML"),
        ("a: b: c\n", 1, "cannot be read as YAML"),
        ("a: *gone\n", 1, "undefined alias"),
        ("a: 1\n---\nb: 2\n", 2, "cannot be read as YAML"),
        ("a: 1\nb: x\0y\n", 2, "a character that YAML does not allow"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("a: !!timestamp 2027-12-24\n", 1, "tag"),
        ("a: !!int twelve\n", 1, "tag"),
        ("a: !!set {x, y}\n", 1, "tag"),
        ("a: !mine [x]\n", 1, "tag"),
        ("? [a, b]\n: 1\n", 1, "a key must be a word"),
        ("a:\n  " + "[" * 5_000, 2, "deep"),
        ("a: &a\n  b: *a\n", 2, "repeat too much"),
        (
            "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9 if n else ['x'])}]" for n in range(12)),
            1,
            "repeat",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(MarkedYamlError, match=message) as caught:
        read_marked_yaml(text)
    assert caught.value.line == line


def test_a_value_may_be_written_once_and_used_again() -> None:
    assert read_marked_yaml("a: &hours [08:00-20:00]\nb: *hours\n").data == {
        "a": ["08:00-20:00"],
        "b": ["08:00-20:00"],
    }
