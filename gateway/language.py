"""The language of a page: the choice in the address, the remembered one, the account's, the browser's."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request, url_for
from flask_babel import Babel

from gateway.centre_info import current_centre
from gateway.identity import current_account
from services.kernel.errors import Problem
from services.kernel.i18n import LANGUAGES, negotiate

TRANSLATIONS = Path(__file__).parent / "translations"
COOKIE = "language"
YEAR_SECONDS = 31_536_000
NAMES = {"pl": "Polski", "en": "English", "uk": "Українська"}
LOCALES = {"pl": "pl", "en": "en_GB", "uk": "uk"}


def install_language(app: Flask) -> None:
    """Let Babel speak the language of each request on the centre's clock; remember a choice in a cookie."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(
        app,
        locale_selector=lambda: LOCALES[current_language()],
        timezone_selector=lambda: current_centre().time_zone,
    )
    app.after_request(_remember_choice)


def current_language() -> str:
    """The language code of the present request."""
    if "language" not in g:
        g.language = _find_language()
    return str(g.language)


def chosen_language() -> str | None:
    """What the person has chosen herself, now or before; None when she never did."""
    for choice in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if choice in LANGUAGES:
            return choice
    return None


def same_page(**changed: str) -> str:
    """The address of the present page with some of its query changed.

    After a POST that is the page on which its form stands, as far as it has one.
    """
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changed]
    query = urlencode([*kept, *changed.items()])
    return f"{_page_path()}?{query}" if query else _page_path()


def _page_path() -> str:
    if request.method in ("GET", "HEAD"):
        return "/" + quote(request.path).lstrip("/")  # two slashes would lead to another host
    page = _PAGE_OF_FORM.get(request.endpoint or "", "site.home")
    return url_for(
        page, **{name: value for name, value in (request.view_args or {}).items() if name == "slug"}
    )


_PAGE_OF_FORM = {
    "site.book": "site.room",
    "site.log_in": "site.login",
    "staff.approve": "staff.requests",
    "staff.decline": "staff.requests",
}


def _find_language() -> str:
    return negotiate(request.headers.get("Accept-Language"), chosen_language() or _account_language())


def _account_language() -> str | None:
    try:
        account = current_account()
    except Problem:  # accounts cannot be read: the page that says so needs a language all the same
        return None
    return account.language if account else None


def _remember_choice(response: Response) -> Response:
    choice = request.args.get("lang")
    if choice in LANGUAGES and choice != request.cookies.get(COOKIE):
        response.set_cookie(
            COOKIE, choice, max_age=YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response
