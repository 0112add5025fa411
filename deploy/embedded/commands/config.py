"""`./camp config`: every setting, its value (secrets hidden) and where the value comes from."""

import os

from deploy.embedded.commands.options import Options, launcher_settings
from deploy.embedded.environment import (
    CHOSEN_HERE,
    Value,
    all_settings_info,
    check_names,
    planned_values,
    with_secrets,
)
from deploy.embedded.folders import Folders
from deploy.embedded.secret_store import RANDOM, SIGNERS, SecretStore
from services.kernel.settings import SettingInfo, shown_value

UNSET = "(unset)"
AT_START = "(chosen at start)"
MADE_HERE = (*RANDOM, *SIGNERS)


def run(arguments: list[str]) -> int:
    """Print a line for each setting; a variable that is no setting is a fault, told before."""
    Options("config").parse_args(arguments)
    settings = launcher_settings()
    check_names(os.environ)
    kept = SecretStore(Folders(settings.data).secrets).read()
    values = with_secrets(planned_values(os.environ, settings), kept)
    rows = [_row(info, values[info.name]) for info in all_settings_info()]
    width = max(len(name) for name, _, _ in rows)
    for name, shown, source in rows:
        print(f"{name:<{width}}  {source:<11}  {shown}")
    return 0


def _row(info: SettingInfo, value: Value) -> tuple[str, str, str]:
    if value.source == "default" and info.name in (*CHOSEN_HERE, *MADE_HERE, "REDIS_URL"):
        return info.name, AT_START, "generated"
    local = value.text.startswith("sqlite:")  # a path, and no password in it
    shown = value.text if local else shown_value(info, value.text)
    return info.name, shown or UNSET, value.source
