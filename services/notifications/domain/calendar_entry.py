"""What makes a calendar entry one that mail programs accept."""

from icalendar import Calendar

from services.notifications.domain.message import CalendarEntry


def check_calendar_entry(entry: CalendarEntry) -> None:
    """Raise ValueError when the content is no iCalendar object or tells another method."""
    if "\0" in entry.content:
        raise ValueError("not an iCalendar object")
    try:
        calendar = Calendar.from_ical(entry.content)
    except (ValueError, KeyError, IndexError) as error:
        raise ValueError("not an iCalendar object") from error
    if str(calendar.get("METHOD", "")) != entry.method:
        raise ValueError(f"its METHOD is not {entry.method}")
    if not calendar.walk("VEVENT"):
        raise ValueError("it holds no event")
