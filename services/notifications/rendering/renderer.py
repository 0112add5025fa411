"""Renders a template's message in one language: the subject, the text and the HTML."""

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from services.kernel.centre import Centre
from services.notifications.domain.message import CalendarEntry, Wording
from services.notifications.domain.texts import one_line, shorten
from services.notifications.domain.times import instant_in_words, slot_in_words
from services.notifications.rendering.catalogues import catalogue
from services.notifications.templates import Template

# A mail is to be read: whatever is longer is cut, not refused.
MAX_LINE, MAX_REASON = 300, 4_000
_ONE_LINE = ("room_name", "building_address", "title", "centre_name")


class Renderer:
    """Renders in the name of one centre."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._environments: dict[str, Environment] = {}

    def render(
        self,
        template: Template,
        parameters: Mapping[str, Any],
        *,
        language: str,
        calendar: CalendarEntry | None,
    ) -> Wording:
        """The message in words; `parameters` are loaded by the template's schema."""
        environment = self._environment(language)
        context = self._context(parameters, language, calendar)
        text = environment.get_template(f"{template.slug}.txt.j2")
        html = environment.get_template(f"{template.slug}.html.j2")
        subject = "".join(text.blocks["subject"](text.new_context(context)))
        return Wording(
            one_line(subject), _without_gaps(text.render(context)), _without_gaps(html.render(context))
        )

    def _environment(self, language: str) -> Environment:
        if language not in self._environments:
            environment = Environment(
                loader=PackageLoader("services.notifications", "templates"),
                autoescape=lambda name: name is not None and name.endswith(".html.j2"),
                undefined=StrictUndefined,
                extensions=["jinja2.ext.i18n"],
                trim_blocks=True,
                lstrip_blocks=True,
            )
            environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
            self._environments[language] = environment
        return self._environments[language]

    def _context(
        self, parameters: Mapping[str, Any], language: str, calendar: CalendarEntry | None
    ) -> dict[str, Any]:
        zone = ZoneInfo(parameters["time_zone"]) if parameters["time_zone"] else self._centre.zone
        confirm_by = parameters.get("confirm_by")
        lines = {name: shorten(one_line(parameters[name] or ""), MAX_LINE) for name in _ONE_LINE}
        return {
            **parameters,
            "reason": shorten(parameters.get("reason") or "", MAX_REASON),
            **lines,
            "language": language,
            "calendar": calendar,
            "when": slot_in_words(parameters["starts_at"], parameters["ends_at"], zone, language),
            "confirm_until": confirm_by and instant_in_words(confirm_by, zone, language),
            "centre": self._signature(lines["centre_name"], language),
        }

    def _signature(self, given_name: str, language: str) -> dict[str, str]:
        centre, contact = self._centre, self._centre.contact
        name = given_name or centre.name.get(language) or centre.name[centre.languages[0]]
        return {"name": name, "email": contact.email, "phone": contact.phone, "url": contact.url}


def _without_gaps(text: str) -> str:
    """Parts that were left out leave no more than one empty line."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
