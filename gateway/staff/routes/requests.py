"""The requests that wait, approved or declined here."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway import backends
from gateway.headers import keep_private
from gateway.problem_texts import rule_text
from gateway.site.private import private_page
from gateway.staff.blueprint import blueprint
from gateway.staff.waiting import find_waiting_requests
from services.kernel.errors import Conflict, Gone, Problem
from services.kernel.web import allowed, caller


@blueprint.get("/requests")
@allowed("staff")
@private_page
def requests() -> str:
    """What waits, the oldest first."""
    return render_template("staff/requests.html", requests=find_waiting_requests(), wrong_id=None)


@blueprint.post("/requests/<uuid:id>/approve")
@allowed("staff")
def approve(id: object) -> Response:
    """Give the room."""
    try:
        backends.booking().approve(str(id), caller=caller())
    except (Conflict, Gone) as problem:
        return _back_with(problem)
    flash(gettext("Approved. The person is told by e-mail."), "good")
    return redirect(url_for("staff.requests"), 303)


@blueprint.post("/requests/<uuid:id>/decline")
@allowed("staff")
def decline(id: object) -> Response:
    """Refuse, with a reason that the person is told."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        page = render_template("staff/requests.html", requests=find_waiting_requests(), wrong_id=str(id))
        return keep_private(make_response(page, 422))
    try:
        backends.booking().decline(str(id), reason=reason, caller=caller())
    except (Conflict, Gone) as problem:
        return _back_with(problem)
    flash(gettext("Declined. The person is told by e-mail, with your reason."), "good")
    return redirect(url_for("staff.requests"), 303)


def _back_with(problem: Problem) -> Response:
    flash(rule_text({"code": problem.code, "detail": problem.detail}), "bad")
    return redirect(url_for("staff.requests"), 303)
