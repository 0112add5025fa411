"""What the pages need of the application: language, assets, headers, errors, protection of forms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_wtf import CSRFProtect

from gateway import assets, formats, wording
from gateway.centre_info import centre_now, current_centre
from gateway.error_pages import install_error_pages, wants_page
from gateway.headers import install_headers
from gateway.identity import Account, current_account
from gateway.language import NAMES, current_language, install_language, same_page
from gateway.views.moments import moment
from services.kernel.errors import Problem
from services.kernel.web import caller

csrf = CSRFProtect()


def install_pages(app: Flask) -> None:
    """Make the application able to answer with pages; the blueprints of site and staff come besides."""
    _protect_forms(app)
    install_language(app)
    install_headers(app)
    install_error_pages(app)
    app.register_blueprint(assets.blueprint)
    app.jinja_env.filters.update(formats.FILTERS)
    app.jinja_env.filters["moment"] = _centre_moment
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_page_context)


def _protect_forms(app: Flask) -> None:
    """Every POST to a page needs the token of its form; the API knows no cookies and so needs none."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)

    @app.before_request
    def check_form() -> None:
        if wants_page():
            csrf.protect()


def _centre_moment(text: str) -> datetime:
    return moment(text, current_centre().zone)


def _page_context() -> dict[str, Any]:
    centre, (account, is_staff) = current_centre(), _who()
    today: date = centre_now().date()
    return {
        "account": account,
        "asset": assets.asset,
        "booking_states": wording.BOOKING_STATES,
        "staff_booking_states": wording.STAFF_BOOKING_STATES,
        "centre": centre,
        "centre_name": formats.localized(centre.name) or gettext("Room booking"),
        "day_states": wording.DAY_STATES,
        "is_staff": is_staff,
        "lang": current_language(),
        "language_names": NAMES,
        "library": assets.library,
        "same_page": same_page,
        "today": today.isoformat(),
        "today_date": today,
    }


def _who() -> tuple[Account | None, bool]:
    """The account, and whether it is the staff's; nobody while accounts cannot be read: errors need pages."""
    try:
        return current_account(), caller().is_staff
    except Problem:
        return None, False
