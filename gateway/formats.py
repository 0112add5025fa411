"""Days and times as people say them, in the page's language and on the centre's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date, format_skeleton
from flask_babel import get_locale, gettext

from gateway.views.moments import Span


def day_name(day: date) -> str:
    """The day of the week, such as `wtorek`."""
    return format_date(day, "EEEE", locale=_locale())


def day_month(day: date) -> str:
    """The day and the month, such as `24 listopada`."""
    return format_skeleton("MMMMd", day, locale=_locale())


def day_long(day: date, today: date | None = None) -> str:
    """The date with its day of the week, such as `wtorek, 24 listopada`; its year when it is not this one."""
    if today is not None and day.year != today.year:
        return format_date(day, "full", locale=_locale())
    return f"{day_name(day)}, {day_month(day)}"


def day_short(day: date) -> str:
    """A date for tables, such as `wt., 24 lis`."""
    return format_skeleton("MMMEd", day, locale=_locale())


def clock(instant: datetime) -> str:
    """The time of day; the hour that the clocks pass twice is told apart by its offset."""
    shown = f"{instant:%H:%M}"
    if instant.utcoffset() == instant.replace(fold=1 - instant.fold).utcoffset():
        return shown
    offset = f"{instant:%z}"
    return f"{shown} (UTC{offset[:3]})"


def hours(span: Span) -> str:
    """The times of a span, such as `09:00–12:30`; a span to midnight ends at 24:00."""
    end = "24:00" if span.ends_at_midnight else clock(span.end)
    return f"{clock(span.start)}–{end}"


def when(span: Span, today: date | None = None) -> str:
    """Day and times of a span; both days where it runs into another."""
    if span.one_day:
        return f"{day_long(span.start.date(), today)}, {hours(span)}"
    start, end = (f"{day_long(at.date(), today)}, {clock(at)}" for at in (span.start, span.end))
    return f"{start} – {end}"


def instant_long(instant: datetime) -> str:
    """A moment in words, such as `wtorek, 24 listopada, 17:05`."""
    return f"{day_long(instant.date())}, {clock(instant)}"


def instant_short(instant: datetime) -> str:
    """A moment for tables, such as `wt., 24 lis, 17:05`."""
    return f"{day_short(instant.date())}, {clock(instant)}"


def length(minutes: int) -> str:
    """A length in hours and minutes, such as `1 h 30 min`."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return gettext("%(minutes)s min", minutes=rest)
    if not rest:
        return gettext("%(hours)s h", hours=whole)
    return gettext("%(hours)s h %(minutes)s min", hours=whole, minutes=rest)


def localized(texts: Mapping[str, str] | None) -> str:
    """The text in the page's language, else in any that it has."""
    if not texts:
        return ""
    language = _locale().language
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


FILTERS = {
    "day_name": day_name,
    "day_month": day_month,
    "day_long": day_long,
    "day_short": day_short,
    "clock": clock,
    "hours": hours,
    "when": when,
    "instant_long": instant_long,
    "instant_short": instant_short,
    "duration": length,
    "localized": localized,
}
"""What templates may pipe a value through."""


def _locale():  # noqa: ANN202 - Babel's Locale, which flask_babel leaves untyped
    locale = get_locale()
    assert locale is not None  # every page is answered inside a request
    return locale
