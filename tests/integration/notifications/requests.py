"""Message requests as booking records them, for tests."""

from typing import Any

from services.kernel.ids import new_id
from services.notifications.templates import TEMPLATES

REQUEST_ICS = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CAMP//PL", "METHOD:REQUEST", "BEGIN:VEVENT",
        "UID:01990000-0000-7000-8000-000000000001@camp.example", "SEQUENCE:0", "DTSTAMP:20261120T100000Z",
        "DTSTART:20261126T160000Z", "DTEND:20261126T180000Z", "SUMMARY:Zebranie Żółwi", "END:VEVENT",
        "END:VCALENDAR", "",
    ]
)  # fmt: skip


def message_request(template: str = "reservation_confirmed", **changes: Any) -> dict[str, Any]:
    """A request with the template's sample parameters; `changes` replace top-level fields."""
    return {
        "message_id": str(new_id()),
        "template": template,
        "recipient": {"name": "Żaneta Ćwięk", "email": "zaneta@example.org", "phone": None},
        "language": "pl",
        "params": dict(TEMPLATES[template].sample),
        "ics": {"method": "REQUEST", "content": REQUEST_ICS},
        "reservation_id": str(new_id()),
        **changes,
    }
