"""What is told to people: the delivery log, each message itself, and the events that still wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway import backends
from gateway.headers import MAIL_POLICY, keep_private
from gateway.problem_texts import rule_text
from gateway.site.private import private_page
from gateway.staff.blueprint import blueprint
from gateway.wording import DELIVERY_STATES, EVENT_STATES, MAIL_KINDS
from services.kernel.errors import Conflict, NotFound, Problem
from services.kernel.web import allowed, caller

PAGE = 50


@blueprint.get("/outbox")
@allowed("staff")
@private_page
def outbox() -> str:
    """The log and the waiting events; each is shown even while the service of the other is away."""
    state = request.args.get("state")
    chosen = state if state in DELIVERY_STATES else None
    log, log_trouble = _deliveries(chosen)
    events, outbox_trouble = _events()
    return render_template(
        "staff/outbox.html",
        deliveries=log["items"] if log else [],
        cursor=log["next"] if log else None,
        log_trouble=log_trouble,
        outbox=events,
        outbox_trouble=outbox_trouble,
        chosen_state=chosen,
        delivery_states=DELIVERY_STATES,
        event_states=EVENT_STATES,
        mail_kinds=MAIL_KINDS,
    )


@blueprint.get("/outbox/<uuid:id>")
@allowed("staff")
@private_page
def delivery(id: object) -> str:
    """One message with its attempts."""
    mail = backends.notifications().delivery(str(id), caller=caller())
    return render_template(
        "staff/delivery.html", mail=mail, delivery_states=DELIVERY_STATES, mail_kinds=MAIL_KINDS
    )


@blueprint.get("/outbox/<uuid:id>/html")
@allowed("staff")
def delivery_html(id: object) -> Response:
    """The HTML part alone, for the frame: it may style itself and do nothing else."""
    mail = backends.notifications().delivery(str(id), caller=caller())
    if not mail.get("html"):
        raise NotFound()
    response = make_response(mail["html"])
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return keep_private(response)


@blueprint.post("/outbox/<uuid:id>/retry")
@allowed("staff")
def retry(id: object) -> Response:
    """Have a message tried again now."""
    try:
        backends.notifications().retry(str(id), caller=caller())
    except Conflict as problem:
        flash(rule_text({"code": problem.code, "detail": problem.detail}), "bad")
    else:
        flash(gettext("It is tried again now."), "good")
    return redirect(url_for("staff.delivery", id=id), 303)


def _deliveries(state: str | None) -> tuple[Mapping[str, Any] | None, bool]:
    try:
        page = backends.notifications().deliveries(
            state=state, cursor=request.args.get("cursor"), limit=PAGE, caller=caller()
        )
    except Problem:
        return None, True
    return page, False


def _events() -> tuple[Mapping[str, Any] | None, bool]:
    try:
        return backends.booking().outbox(caller=caller()), False
    except Problem:
        return None, True
