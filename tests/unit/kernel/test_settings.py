"""Settings: each fault is one clear line, and no secret is shown."""

import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass
from pathlib import Path
from typing import Any

import pytest

from services.kernel import caller, parsers
from services.kernel.settings import (
    SettingInfo,
    SettingsError,
    check_unknown,
    describe,
    read_settings,
    setting,
    shown_value,
)

PRIVATE, PUBLIC = caller.generate_keypair()


@dataclass(frozen=True)
class Settings:
    port: int = setting("CAMP_PORT", parsers.port, help="The port.", default=8080)
    secret: str = setting("CAMP_SECRET", parsers.secret(), help="A secret.", secret=True)
    demo: bool = setting("CAMP_DEMO", parsers.yes_no, help="Demo or not.", default=True)


def faults(**environ: str) -> list[str]:
    with pytest.raises(SettingsError) as error:
        read_settings(Settings, environ)
    return error.value.lines


def test_what_is_set_is_parsed_and_the_rest_has_defaults() -> None:
    settings = read_settings(Settings, {"CAMP_PORT": "80", "CAMP_SECRET": "s" * 32, "CAMP_DEMO": " "})
    assert settings == Settings(port=80, secret="s" * 32, demo=True)
    with pytest.raises(FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]


def test_all_faults_are_told_at_once() -> None:
    assert faults(CAMP_PORT="80a", CAMP_DEMO="perhaps") == [
        'CAMP_PORT: "80a" is not a port number; give a whole number from 1 to 65535',
        "CAMP_SECRET is not set; give it: A secret.",
        'CAMP_DEMO: "perhaps" is neither yes nor no; give yes or no',
    ]


def test_a_secret_is_never_shown() -> None:
    assert "hunter2" not in "".join(faults(CAMP_SECRET="hunter2"))
    info = next(info for info in describe(Settings) if info.secret)
    assert shown_value(info, "hunter2") == "(hidden)"
    assert shown_value(info, "") == ""


def test_a_value_that_could_upset_a_terminal_is_shown_harmless() -> None:
    (line,) = faults(CAMP_PORT="\x1b[2J\n" + "a" * 500, CAMP_SECRET="s" * 32)
    assert line.isprintable()
    assert len(line) < 200


def test_each_setting_is_described() -> None:
    assert describe(Settings)[0] == SettingInfo("CAMP_PORT", "The port.", "8080", False, False)
    assert [info.required for info in describe(Settings)] == [False, True, False]


def test_a_variable_that_is_no_setting_is_named_with_a_near_one() -> None:
    environ = {"CAMP_PROT": "1", "CAMP_PORT": "1", "PATH": "/bin", "CAMP_XYZZY": ""}
    prot, other = check_unknown(environ, describe(Settings), ["CAMP_"])
    assert prot == "CAMP_PROT is not a setting; did you mean CAMP_PORT?"
    assert other.startswith("CAMP_XYZZY is not a setting; ")


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (parsers.port, " 65535 ", 65535),
        (parsers.whole_number(-5, 5), "-5", -5),
        (parsers.seconds(0, 10), "2.5", 2.5),
        (parsers.yes_no, "ON", True),
        (parsers.yes_no, "0", False),
        (parsers.one_of("a", "b"), "b", "b"),
        (parsers.url("http", "https"), "https://example.org:8443/", "https://example.org:8443"),
        (parsers.url("redis"), "redis://:pw@[::1]:6379/0", "redis://:pw@[::1]:6379/0"),
        (parsers.database_url, "sqlite:////var/a.db", "sqlite:////var/a.db"),
        (parsers.database_url, "postgresql:///db?host=/run/pg", "postgresql:///db?host=/run/pg"),
        (parsers.path, "/a/../b", Path("/a/../b")),
        (parsers.json_texts, '{"a": "b"}', {"a": "b"}),
    ],
)
def test_sound_values_are_parsed(parse: Callable[[str], Any], text: str, value: Any) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("parse", "texts"),
    [
        (parsers.port, ["0", "65536", "1.5", "80a", "9" * 5000, "1_000", "٨٠", "-1"]),
        (parsers.seconds(0, 10), ["-1", "11", "nan", "inf", "1e3", "x"]),
        (parsers.yes_no, ["2", "ja"]),
        (parsers.one_of("a"), ["A", "c"]),
        (parsers.url("http"), ["example.org", "ftp://a", "http://", "http://a:99999", "http://[::1", "//a"]),
        (parsers.database_url, ["mysql://h/db", "postgresql://", "file.db"]),
        (parsers.path, ["a\0b"]),
        (parsers.clock, ["tomorrow", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "+1e99"]),
        (parsers.secret(8), ["1234567", "       8"]),
        (parsers.json_texts, ["[]", "{", '{"a": 1}', "[" * 100_000]),
    ],
)
def test_faulty_values_are_refused_with_a_mend(parse: Callable[[str], Any], texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(ValueError, match=r"^(is|holds) .+; give "):
            parse(text)


def test_keys_are_parsed_and_only_keys_of_the_right_kind() -> None:
    assert caller.private_key(PRIVATE) == PRIVATE
    assert caller.public_keys(json.dumps({"gateway": PUBLIC})) == {"gateway": PUBLIC}
    for parse, text in (
        (caller.private_key, PUBLIC),
        (caller.private_key, "x"),
        (caller.public_keys, json.dumps({"gateway": PRIVATE})),
        (caller.public_keys, '{"gateway": "x"}'),
    ):
        with pytest.raises(ValueError, match="; give "):
            parse(text)
