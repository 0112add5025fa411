"""How the setting SMTP_URL is read."""

import pytest

from services.notifications.domain.mail_server import MailServer, parse_mail_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 25, "none")),
        ("smtp://mail.example.org:2525/", MailServer("mail.example.org", 2525, "none")),
        ("smtp://mail.example.org?starttls=1", MailServer("mail.example.org", 587, "starttls")),
        ("smtp://mail.example.org:25?starttls=0", MailServer("mail.example.org", 25, "none")),
        ("smtps://mail.example.org", MailServer("mail.example.org", 465, "tls")),
        (
            "smtps://camp%40example.org:p%2Fw%3A@mail.example.org:465",
            MailServer("mail.example.org", 465, "tls", "camp@example.org", "p/w:"),
        ),
        ("smtp://u:p@localhost:1025", MailServer("localhost", 1025, "none", "u", "p")),
        ("smtp://[::1]:1025", MailServer("::1", 1025, "none")),
    ],
)
def test_a_mail_server_is_read_from_its_url(url, server):
    assert parse_mail_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org", "http://mail.example.org", "smtp://", "smtp://mail.example.org:0",
        "smtp://mail.example.org:99999", "smtp://mail.example.org/box", "smtp://mail.example.org?starttls=maybe",
        "smtp://mail.example.org?tls=1", "smtp://mail.example.org?starttls", "smtp://[::1",
    ],
)  # fmt: skip
def test_what_is_not_a_mail_server_is_refused_with_an_example(url):
    with pytest.raises(ValueError, match="give smtp://user:password@host:port"):
        parse_mail_server(url)


def test_a_password_never_travels_unencrypted():
    with pytest.raises(ValueError, match="starttls=1 or use smtps"):
        parse_mail_server("smtp://u:p@mail.example.org")


def test_a_password_is_not_shown_in_logs():
    assert "hush" not in repr(parse_mail_server("smtps://u:hush@mail.example.org"))
