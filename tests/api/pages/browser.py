"""A browser for tests: keeps cookies, reads pages, and sends forms as they stand on the page."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse


class Page:
    """A page as it was answered."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.html = response.get_data(as_text=True)
        self.soup = BeautifulSoup(self.html, "html.parser")

    @property
    def text(self) -> str:
        """What the page says, with single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def location(self) -> str:
        """Where the answer leads."""
        return self.headers.get("Location", "")

    def one(self, selector: str) -> Tag:
        """The only element that fits."""
        found = self.soup.select(selector)
        assert len(found) == 1, f"{selector}: {len(found)} elements"
        return found[0]

    def fields(self, selector: str) -> dict[str, str]:
        """The fields of a form with the values that a browser would send."""
        sent: dict[str, str] = {}
        for field in self.one(selector).select("input[name], select[name], textarea[name]"):
            value = _value(field)
            if value is not None:
                sent[str(field["name"])] = value
        return sent


class Browser:
    """Sends requests with the cookies that it was given."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.client = app.test_client()
        self.language = language

    def get(self, address: str, **options: Any) -> Page:
        """A page, without following where it leads."""
        return Page(self.client.get(address, headers=self._headers(), **options))

    def post(self, address: str, data: dict[str, Any]) -> Page:
        """The answer to a form, without following where it leads."""
        return Page(self.client.post(address, data=data, headers=self._headers()))

    def send(self, page: Page, selector: str, **changed: Any) -> Page:
        """Send a form of a page with some fields filled in."""
        form = page.one(selector)
        return self.post(str(form["action"]), {**page.fields(selector), **changed})

    def log_in(self, email: str, password: str) -> Page:
        """Log in by the form."""
        return self.send(self.get("/login"), "main form", email=email, password=password)

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.language}


def _value(field: Tag) -> str | None:
    if field.name == "select":
        chosen = field.select_one("option[selected]") or field.select_one("option")
        return str(chosen["value"]) if chosen else None
    if field.name == "textarea":
        return field.get_text().removeprefix("\n")
    if field.get("type") == "checkbox" and not field.has_attr("checked"):
        return None
    return str(field.get("value", ""))
