"""Keeps e-mails as .eml files in a folder, where no mail server is set."""

import errno
import os
import tempfile
from datetime import UTC
from pathlib import Path

from services.notifications.domain.message import Letter
from services.notifications.domain.outcomes import Kept, Outcome, TryLater

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class MailFolder:
    """Writes each e-mail to a file of its own, readable by the owner only: it holds personal data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, letter: Letter) -> Outcome:
        """Write the e-mail; a repeat overwrites its own file, so that nothing is kept twice."""
        target = self.folder / f"{letter.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{letter.delivery_id}.eml"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(target, letter.content)
        except OSError as error:
            return TryLater(f"{_said(error)}: {self.folder}", everyone=True)
        return Kept()

    def fault(self) -> str | None:
        """What stands against writing to the folder, or None."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                return None
        except OSError as error:
            return f"{_said(error)}: {self.folder}"


def _write_whole(target: Path, content: bytes) -> None:
    """Write beside the target, then rename: whoever looks sees the whole file or none."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _said(error: OSError) -> str:
    if error.errno in _FULL:
        return "the disk of the mail folder is full"
    return f"the mail folder cannot be written ({error.strerror or error})"
