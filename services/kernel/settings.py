"""Settings: frozen dataclasses read once from the environment, with one clear line for each fault."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from services.kernel import parsers
from services.kernel.clock import real_time

T = TypeVar("T")
REQUIRED: Any = object()
HIDDEN = "(hidden)"


class SettingsError(Exception):
    """The settings cannot be used; `lines` holds one line for each fault, with its mend."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


class SettingInfo(NamedTuple):
    """What README and `config` tell about one setting; `default` is "" where there is none."""

    name: str
    help: str
    default: str
    secret: bool
    required: bool


def setting(
    name: str, parse: Callable[[str], Any], *, help: str, default: Any = REQUIRED, secret: bool = False
) -> Any:
    """A field of a settings dataclass, read from the variable `name`.

    `parse` turns the text into the value and raises ValueError with the end of a sentence
    ("is not …; give …"). An empty variable counts as unset. `default` is the value itself, not its text.
    """
    metadata = {"setting": name, "parse": parse, "help": help, "secret": secret}
    if default is REQUIRED:
        return dataclasses.field(kw_only=True, metadata=metadata)
    return dataclasses.field(kw_only=True, default=default, metadata=metadata)


def log_level_setting() -> Any:
    """The field that every service has for how much it logs."""
    return setting(
        "CAMP_LOG_LEVEL",
        parsers.one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        help="Least level of the lines that are logged.",
        default="INFO",
    )


def clock_setting() -> Any:
    """The field that every service has for the time that it obeys."""
    return setting(
        "CAMP_CLOCK",
        parsers.clock,
        help="Time that a demo obeys: an instant, or seconds away from real time.",
        default=real_time,
    )


def read_settings(cls: type[T], environ: Mapping[str, str]) -> T:
    """The settings from `environ`; raises SettingsError that names every fault at once."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for field in _settings_of(cls):
        name, text = field.metadata["setting"], environ.get(field.metadata["setting"], "")
        if not text.strip():
            if field.default is dataclasses.MISSING:
                faults.append(f"{name} is not set; give it: {field.metadata['help']}")
            continue
        try:
            values[field.name] = field.metadata["parse"](text)
        except ValueError as error:
            shown = "the value" if field.metadata["secret"] else f'"{_printable(text)}"'
            faults.append(f"{name}: {shown} {error}")
    if faults:
        raise SettingsError(faults)
    return cls(**values)


def describe(cls: type) -> list[SettingInfo]:
    """Every setting of the class, in order of declaration."""
    infos = []
    for field in _settings_of(cls):
        required = field.default is dataclasses.MISSING
        default = "" if required or field.default is None else _as_text(field.default)
        secret = field.metadata["secret"]
        shown = HIDDEN if secret and default else default
        infos.append(SettingInfo(field.metadata["setting"], field.metadata["help"], shown, secret, required))
    return infos


def check_unknown(
    environ: Mapping[str, str], known: Iterable[SettingInfo], prefixes: Sequence[str]
) -> list[str]:
    """One line for each variable with one of the prefixes that is no setting, with a near match."""
    names = {info.name for info in known}
    lines = []
    for name in sorted(environ):
        if name.startswith(tuple(prefixes)) and name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            mend = f"did you mean {near[0]}?" if near else "remove it, or see the settings table in README."
            lines.append(f"{name} is not a setting; {mend}")
    return lines


def shown_value(info: SettingInfo, text: str) -> str:
    """The text of a setting as it may be printed: secrets are hidden."""
    return HIDDEN if info.secret and text else text


def _settings_of(cls: type) -> list[dataclasses.Field[Any]]:
    return [field for field in dataclasses.fields(cls) if "setting" in field.metadata]


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if callable(value):
        return ""
    return str(value)


def _printable(text: str) -> str:
    shown = "".join(c if c.isprintable() else "?" for c in text)
    return shown if len(shown) <= 80 else f"{shown[:77]}..."
