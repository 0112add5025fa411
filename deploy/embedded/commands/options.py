"""What the commands share: reading their arguments and the launcher's settings."""

import os
from argparse import ArgumentParser
from typing import NoReturn

from deploy.embedded.faults import Fault
from deploy.embedded.settings import LauncherSettings, read_launcher_settings
from services.kernel.settings import SettingsError


class Options(ArgumentParser):
    """An argument parser that tells a wrong argument as a fault, in one line."""

    def __init__(self, command: str) -> None:
        super().__init__(prog=f"./camp {command}", add_help=False, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Raise Fault with what is wrong with the arguments."""
        raise Fault(f"{self.prog}: {message}; see ./camp help")


def launcher_settings() -> LauncherSettings:
    """The launcher's settings from the environment; raises Fault with a line for each fault."""
    try:
        return read_launcher_settings(os.environ)
    except SettingsError as error:
        raise Fault(*error.lines) from error
