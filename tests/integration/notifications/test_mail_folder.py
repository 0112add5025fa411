"""E-mails kept as files: whole or not at all, once each, readable by the owner only."""

import errno
import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from services.notifications.clients.mail_folder import MailFolder
from services.notifications.domain.message import Letter
from services.notifications.domain.outcomes import Kept, TryLater

LETTER = Letter(
    UUID("01990000-0000-7000-8000-000000000001"),
    datetime(2026, 11, 20, 10, 5, 7, tzinfo=UTC),
    "camp@example.org",
    "anna@example.org",
    b"Subject: x\r\n\r\nx\r\n",
)
NAME = "20261120T100507Z-01990000-0000-7000-8000-000000000001.eml"


def test_a_letter_is_kept_under_a_name_that_sorts_by_time(tmp_path):
    folder = tmp_path / "var" / "mail"
    assert MailFolder(folder).deliver(LETTER) == Kept()
    assert [file.name for file in folder.iterdir()] == [NAME]
    assert (folder / NAME).read_bytes() == LETTER.content


def test_a_repeat_overwrites_its_own_file(tmp_path):
    MailFolder(tmp_path).deliver(LETTER)
    MailFolder(tmp_path).deliver(LETTER)
    assert len(list(tmp_path.iterdir())) == 1


def test_letters_are_readable_by_the_owner_only(tmp_path):
    folder = tmp_path / "mail"
    MailFolder(folder).deliver(LETTER)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("fault", "said"),
    [(errno.ENOSPC, "the disk of the mail folder is full"), (errno.EIO, "the mail folder cannot be written")],
)
def test_a_disk_that_fails_leaves_nothing_behind_and_is_tried_later(tmp_path, monkeypatch, fault, said):
    def fail(_handle: int) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, "fsync", fail)
    outcome = MailFolder(tmp_path).deliver(LETTER)
    assert isinstance(outcome, TryLater)
    assert outcome.reason.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "mail").write_text("a file")
    folder = MailFolder(tmp_path / "mail")
    assert isinstance(folder.deliver(LETTER), TryLater)
    assert "cannot be written" in folder.fault()
    assert MailFolder(Path(tmp_path)).fault() is None
