"""Times as a reader says them: the wall clock of the centre, in her language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

LOCALES = {"pl": "pl", "en": "en_GB", "uk": "uk"}


def slot_in_words(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, language: str) -> str:
    """The slot in words, such as `czwartek, 26 listopada 2026, 17:00–19:00`.

    A slot that ends at midnight ends at 24:00 of its day; one that runs into another day names both.
    """
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    opening = f"{_day(start, language)}, {_hour(start, language)}"
    if end.date() == start.date():
        return f"{opening}–{_hour(end, language)}"
    if end.date() == start.date() + timedelta(days=1) and (end.hour, end.minute) == (0, 0):
        return f"{opening}–24:00"
    return f"{opening} – {_day(end, language)}, {_hour(end, language)}"


def instant_in_words(instant: datetime, zone: ZoneInfo, language: str) -> str:
    """One moment in words, such as `czwartek, 26 listopada 2026, 17:05`."""
    local = instant.astimezone(zone)
    return f"{_day(local, language)}, {_hour(local, language)}"


def _day(local: datetime, language: str) -> str:
    return format_date(local.date(), "full", locale=LOCALES[language])


def _hour(local: datetime, language: str) -> str:
    shown = format_time(local.time(), "short", locale=LOCALES[language])
    if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
        return shown
    offset = f"{local:%z}"  # an hour that the clocks pass twice is told apart by its offset
    return f"{shown} (UTC{offset[:3]}:{offset[3:]})"
