"""Writes the e-mail of a message: text and HTML, and where there is one the calendar entry."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from services.notifications.domain.message import CalendarEntry, Letter, Message, Person
from services.notifications.domain.texts import one_line

# Seven bits pass every mail server; CRLF ends the lines as servers and .eml files have it.
POLICY = SMTP.clone(cte_type="7bit")
CALENDAR_FILE = "reservation.ics"
MAX_NAME = 100


def write_letter(message: Message, *, sender: Person, reply_to: Person | None = None) -> Letter:
    """The message as a letter that can be handed over."""
    email = build_email(message, sender=sender, reply_to=reply_to)
    return Letter(message.id, message.created_at, sender.email, message.recipient.email, email.as_bytes())


def build_email(message: Message, *, sender: Person, reply_to: Person | None = None) -> EmailMessage:
    """The e-mail of a message, the same octets each time.

    Its Message-ID comes from the delivery's id, so that a repeat can be recognised by whoever gets it.
    """
    email = EmailMessage(policy=POLICY)
    email["Date"] = format_datetime(message.created_at)
    email["From"] = _address(sender)
    email["To"] = _address(message.recipient)
    if reply_to is not None:
        email["Reply-To"] = _address(reply_to)
    email["Subject"] = one_line(message.wording.subject)
    email["Message-ID"] = f"<{message.id}@{_domain(sender)}>"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.wording.text, cte="quoted-printable")
    email.add_alternative(message.wording.html, subtype="html", cte="quoted-printable")
    if message.calendar is not None:
        _add_calendar(email, message.calendar)
    _name_boundaries(email, message)
    # set last, because what begins with Content- moves into the first part
    email["Content-Language"] = message.language
    return email


def _add_calendar(email: EmailMessage, calendar: CalendarEntry) -> None:
    # Once as an alternative, which mail programs show with buttons, once as a file for all others.
    email.add_alternative(
        calendar.content, subtype="calendar", cte="base64", params={"method": calendar.method}
    )
    email.add_attachment(
        calendar.content.encode(), maintype="application", subtype="ics", filename=CALENDAR_FILE
    )


def _name_boundaries(email: EmailMessage, message: Message) -> None:
    multiparts = [part for part in email.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts):
        part.set_boundary(f"={message.id.hex}-{number}")


def _address(person: Person) -> Address:
    return Address(display_name=one_line(person.name)[:MAX_NAME].strip(), addr_spec=person.email)


def _domain(sender: Person) -> str:
    return sender.email.rpartition("@")[2]
