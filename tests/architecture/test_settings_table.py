"""README's table tells every setting of the suite, in the words of the code."""

import re
from pathlib import Path

from deploy.embedded.environment import all_settings_info
from services.kernel.settings import SettingInfo

CHECKOUT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?P<help>.+) \| (?P<default>.*) \|$", re.MULTILINE)


def test_the_table_has_every_setting_with_its_help_and_default() -> None:
    text = (CHECKOUT / "README.md").read_text()
    told = {row["name"]: (row["help"], row["default"]) for row in ROW.finditer(text)}
    wanted = {info.name: (info.help.replace("|", "\\|"), _default(info)) for info in all_settings_info()}
    assert set(told) == set(wanted)
    for name, (help_text, default) in wanted.items():
        assert told[name][0] == help_text, name
        assert default in told[name][1], name


def _default(info: SettingInfo) -> str:
    """The default as README writes it; "" where README says in words what happens without the setting."""
    return info.default.removeprefix(f"{CHECKOUT}/")
