"""Addresses that cannot smuggle anything into a message."""

import pytest

from services.notifications.domain.addresses import sendable


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("anna@example.org", "anna@example.org"),
        (" anna@example.org ", "anna@example.org"),
        ("o'neil+camp@example.org", "o'neil+camp@example.org"),
        ("Anna.K@Example.ORG", "Anna.K@Example.ORG"),
        ("anna@żółw.pl", "anna@xn--w-uga1v8h.pl"),
        ("anna@localhost", "anna@localhost"),
    ],
)
def test_an_address_is_taken_as_mail_servers_want_it(given, taken):
    assert sendable(given) == taken


@pytest.mark.parametrize(
    "given",
    [
        "", "anna", "anna@", "@example.org", "a b@example.org", "a@b@example.org", "<anna@example.org>",
        "anna@example.org, jan@example.org", "anna@example.org;jan@example.org", '"anna k"@example.org',
        "anna@example.org\r\nBcc: all@example.org", "anna\r\n@example.org", "anna\0@example.org",
        "anna@exam ple.org", "anna@[192.0.2.1]", "anna@example..org", "anna.@example.org",
        "anna@-example.org",
        "zażółć@example.org", "anna\u2028@example.org", "(note)anna@example.org", "a" * 250 + "@example.org",
    ],
)  # fmt: skip
def test_what_is_not_one_mailbox_is_refused(given):
    with pytest.raises(ValueError, match="not an e-mail address"):
        sendable(given)
