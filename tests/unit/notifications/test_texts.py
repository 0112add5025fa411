"""Texts that may stand in a header or in one line."""

import pytest

from services.notifications.domain.texts import one_line, shorten


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Sala A", "Sala A"),
        ("Sala\r\nBcc: all@example.org", "Sala Bcc: all@example.org"),
        ("  Zebranie\t\x00 rady\u2028osiedla ", "Zebranie rady osiedla"),
        ("\ud800", ""),
        ("Kata\u00adrzyna", "Katarzyna"),
        ("Sala \u202egro.live", "Sala gro.live"),
    ],
)
def test_a_header_text_is_one_line_of_visible_signs(given, shown):
    assert one_line(given) == shown


@pytest.mark.parametrize(("given", "shown"), [("abc", "abc"), ("abcd", "ab…"), ("", "")])
def test_what_is_too_long_is_cut(given, shown):
    assert shorten(given, 3) == shown
