"""The staff's pages."""

from datetime import timedelta

import pytest

from services.kernel.errors import Conflict, Unavailable
from tests.api.pages.browser import Browser
from tests.support.page_services import (
    TODAY,
    MemoryBooking,
    MemoryNotifications,
    at,
    make_delivery,
    make_reservation,
)

PAGES = ["/staff", "/staff/requests", "/staff/outbox", f"/staff/outbox/{make_delivery(1)['id']}"]


@pytest.mark.parametrize("address", PAGES)
def test_the_staff_s_pages_are_for_the_staff(browser: Browser, address: str) -> None:
    assert browser.get(address).location.startswith("/login?next=/staff")


@pytest.mark.parametrize("address", PAGES)
def test_whoever_is_not_staff_is_refused(person: Browser, address: str) -> None:
    page = person.get(address)
    assert page.status == 403
    assert "This is not for you" in page.text


def test_today_and_the_week_are_told_in_tables(staff: Browser, booking: MemoryBooking) -> None:
    booking.all_reservations += [
        make_reservation(1, start=at(TODAY, 9), end=at(TODAY, 10)),
        make_reservation(2),
        make_reservation(3, status="cancelled"),
    ]
    page = staff.get("/staff")
    today, week = page.soup.select("table")
    assert "Meeting 1" in today.get_text()
    assert "Meeting 2" not in today.get_text()
    assert "Meeting 2" in week.get_text()
    assert "Meeting 3" not in page.text
    assert "person@example.org" in page.text


def test_another_week_can_be_looked_at(staff: Browser, booking: MemoryBooking) -> None:
    page = staff.get(f"/staff?week={TODAY + timedelta(days=7)}")
    assert "Week from" in page.one("h1").get_text()
    assert booking.asked("reservations")[0]["from"] == at(TODAY + timedelta(days=6), 0)


@pytest.fixture
def two_requests(booking: MemoryBooking) -> list[str]:
    """Ids of two requests; the first asked later."""
    waiting = {"status": "requested", "awaiting": "staff"}
    booking.all_reservations += [
        make_reservation(1, created_at=at(TODAY, 10), **waiting),
        make_reservation(2, created_at=at(TODAY, 9), **waiting),
        make_reservation(3, status="requested", awaiting="email"),
    ]
    return [item["id"] for item in booking.all_reservations[:2]]


def test_requests_come_oldest_first(staff: Browser, two_requests: list[str]) -> None:
    page = staff.get("/staff/requests")
    later, earlier = two_requests
    assert [article["id"] for article in page.soup.select("article")] == [
        f"request-{earlier}",
        f"request-{later}",
    ]
    assert page.one(".staff-nav .count").get_text() == "2"


def test_a_request_is_approved(staff: Browser, booking: MemoryBooking, two_requests: list[str]) -> None:
    page = staff.get("/staff/requests")
    done = staff.send(page, f"#request-{two_requests[0]} form[action$=approve]")
    assert booking.asked("approve") == [(two_requests[0], None)]
    assert "Approved." in staff.get(done.location).text


def test_a_request_is_declined_with_a_reason(
    staff: Browser, booking: MemoryBooking, two_requests: list[str]
) -> None:
    form = f"#request-{two_requests[0]} form[action$=decline]"
    page = staff.get("/staff/requests")
    refused = staff.send(page, form, reason="  ")
    assert refused.status == 422
    assert not booking.asked("decline")
    assert "Say why" in refused.one(f"#error-{two_requests[0]}").get_text()
    done = staff.send(refused, form, reason="The house is closed")
    assert booking.asked("decline") == [(two_requests[0], "The house is closed")]
    assert "Declined." in staff.get(done.location).text


def test_what_was_decided_meanwhile_says_so(
    staff: Browser, booking: MemoryBooking, two_requests: list[str]
) -> None:
    booking.refuses["approve"] = Conflict("already_decided", "x")
    page = staff.get("/staff/requests")
    done = staff.send(page, f"#request-{two_requests[0]} form[action$=approve]")
    assert "Somebody has decided this already." in staff.get(done.location).text


def test_the_delivery_log_tells_state_and_error(staff: Browser, notifications: MemoryNotifications) -> None:
    notifications.all_deliveries += [
        make_delivery(1),
        make_delivery(2, state="failed", attempts=6, last_error="550 no such mailbox"),
        make_delivery(
            3, recipient={"name": None, "email": None, "phone": None}, subject=None, state="skipped"
        ),
    ]
    text = staff.get("/staff/outbox").text
    for said in ("Confirmed 1", "kept in the mail folder", "failed", "550 no such mailbox", "1 event waits."):
        assert said in text
    assert "Confirmed 1" not in staff.get("/staff/outbox?state=failed").text
    assert "Confirmed 1" in staff.get("/staff/outbox?state=nonsense").text


def test_a_message_is_shown_and_tried_again(staff: Browser, notifications: MemoryNotifications) -> None:
    mail = make_delivery(1, state="failed", last_error="<b>bad</b>")
    notifications.all_deliveries.append(mail)
    page = staff.get(f"/staff/outbox/{mail['id']}")
    assert "The room is yours." in page.one("pre.mail-text:nth-of-type(1)").get_text()
    assert page.one("iframe").has_attr("sandbox")
    assert not page.soup.select("main b")
    staff.send(page, "form[action$=retry]")
    assert notifications.retried == [mail["id"]]


def test_a_mail_s_html_can_do_nothing(staff: Browser, notifications: MemoryNotifications) -> None:
    mail = make_delivery(1, html="<script>alert(1)</script>")
    notifications.all_deliveries.append(mail)
    policy = staff.get(f"/staff/outbox/{mail['id']}/html").headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy


def test_one_service_away_leaves_the_other_s_half(
    staff: Browser, booking: MemoryBooking, notifications: MemoryNotifications
) -> None:
    notifications.refuses["deliveries"] = Unavailable()
    text = staff.get("/staff/outbox").text
    assert "The delivery log cannot be shown right now" in text
    assert "1 event waits." in text
    booking.refuses |= {"outbox": Unavailable(), "reservations": Unavailable()}
    assert "The waiting events cannot be shown right now" in staff.get("/staff/outbox").text
