"""The message templates: each with the schema of its parameters and a sample of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.kernel.web.schema import Schema
from services.notifications.templates.parameters import (
    ConfirmLinkParameters,
    EndedParameters,
    ReservationParameters,
)
from services.notifications.templates.samples import SAMPLES


@dataclass(frozen=True)
class Template:
    """A kind of message; `<slug>.txt.j2` and `<slug>.html.j2` lie beside this file.

    `useful_until` names the parameter after whose time the message would only mislead.
    """

    slug: str
    parameters: type[Schema] = ReservationParameters
    useful_until: str | None = None

    def not_after(self, parameters: Mapping[str, Any]) -> datetime | None:
        """The moment after which the message is withdrawn, from its loaded parameters."""
        own = parameters[self.useful_until] if self.useful_until else None
        return parameters["expires_at"] or own

    @property
    def sample(self) -> Mapping[str, Any]:
        """Parameters as a sender gives them."""
        return SAMPLES[self.slug]


TEMPLATES: Mapping[str, Template] = {
    template.slug: template
    for template in (
        Template("reservation_confirm_link", ConfirmLinkParameters, useful_until="confirm_by"),
        Template("reservation_requested"),
        Template("reservation_confirmed"),
        Template("reservation_cancelled", EndedParameters),
        Template("reservation_declined", EndedParameters),
        Template("reservation_reminder", useful_until="starts_at"),
        Template("reservation_expired"),
    )
}
