"""What can be set, and the one line for each fault."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from services.kernel.caller import generate_keypair
from services.kernel.settings import SettingsError, describe, read_settings
from services.notifications.clients.mail_folder import MailFolder
from services.notifications.clients.mail_server import SmtpClient
from services.notifications.domain.message import Person
from services.notifications.runtime import build_parts
from services.notifications.settings import Settings, StoreSettings, mail_address

CENTRE_FILE = Path(__file__).parents[2] / "centres" / "always-open.yaml"
NEEDED = {
    "NOTIFICATIONS_DATABASE_URL": "sqlite:////tmp/notifications.db",
    "REDIS_URL": "redis://localhost:6379/0",
    "CAMP_CENTRE": str(CENTRE_FILE),
    "CALLER_PUBLIC_KEYS": json.dumps({"gateway": generate_keypair()[1]}),
}


def test_what_is_missing_is_named_all_at_once():
    with pytest.raises(SettingsError) as caught:
        read_settings(Settings, {})
    assert [line.split()[0] for line in caught.value.lines] == list(NEEDED)


def test_migrations_need_the_database_alone():
    url = {"NOTIFICATIONS_DATABASE_URL": NEEDED["NOTIFICATIONS_DATABASE_URL"]}
    assert read_settings(StoreSettings, url).database_url == NEEDED["NOTIFICATIONS_DATABASE_URL"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SMTP_URL", "mail.example.org", "SMTP_URL: the value is not a mail server; give smtp://"),
        ("SMTP_URL", "smtp://u:p@mail.example.org", "would send the password unencrypted"),
        ("CAMP_MAIL_FROM", "the centre", 'CAMP_MAIL_FROM: "the centre" is not an address; give one like'),
        ("NOTIFICATIONS_KEEP_DAYS", "0", "give a whole number from 1 to 3650"),
        (
            "NOTIFICATIONS_DATABASE_URL",
            "mysql://x/y",
            "NOTIFICATIONS_DATABASE_URL: the value is not an address",
        ),
        ("CAMP_CLOCK", "noon", "CAMP_CLOCK"),
    ],
)
def test_a_wrong_setting_is_one_line_with_its_mend(name, value, said):
    with pytest.raises(SettingsError) as caught:
        read_settings(Settings, NEEDED | {name: value})
    (line,) = caught.value.lines
    assert said in line


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("camp@example.org", Person("", "camp@example.org")),
        ("Centrum CAMP <camp@example.org>", Person("Centrum CAMP", "camp@example.org")),
        ('"CAMP, Poznań" <camp@example.org>', Person("CAMP, Poznań", "camp@example.org")),
    ],
)
def test_a_sender_may_have_a_name(value, person):
    assert mail_address(value) == person


@pytest.mark.parametrize("value", ["", "CAMP <>", "<a@b.c> x", "a@b.c\r\nBcc: x@y.z", "A <a@b.c>, B <b@b.c>"])
def test_what_is_no_sender_is_refused(value):
    with pytest.raises(ValueError, match="is not an address"):
        mail_address(value)


def test_without_a_sender_the_centres_contact_writes():
    parts = build_parts(read_settings(Settings, NEEDED))
    assert parts.mail_from == Person("Zawsze otwarte (test)", "biuro@always-open.test")
    assert parts.reply_to is None
    assert isinstance(parts.sender, MailFolder)
    assert parts.keep == timedelta(days=90)


def test_answers_go_to_the_centre_when_another_address_writes():
    asked = {"CAMP_MAIL_FROM": "CAMP <no-reply@example.org>", "SMTP_URL": "smtp://mail.example.org"}
    parts = build_parts(read_settings(Settings, NEEDED | asked))
    assert parts.mail_from == Person("CAMP", "no-reply@example.org")
    assert parts.reply_to == Person("Zawsze otwarte (test)", "biuro@always-open.test")
    assert isinstance(parts.sender, SmtpClient)


def test_what_holds_secrets_is_known_as_such():
    assert {info.name for info in describe(Settings) if info.secret} == {
        "NOTIFICATIONS_DATABASE_URL", "REDIS_URL", "SMTP_URL",
    }  # fmt: skip
