"""Who sends the present request: pages know a person by the cookie, the API by the token alone."""

from flask import Flask, Response, current_app, g, request
from flask import session as form_session

from gateway.db.queries import set_language
from gateway.identity.person import Account, caller_of, read_account
from gateway.identity.sessions import LONGEST, close_session, find_session_account, open_session
from gateway.identity.signing_in import sign_in
from gateway.identity.tokens import TokenDesk
from services.kernel.caller import Caller
from services.kernel.errors import Unauthenticated
from services.kernel.i18n import negotiate
from services.kernel.web import database, now, part

COOKIE = "login"
API_ROOT = "/api/v1/"


def current_account() -> Account | None:
    """The account of whoever sends the present request; None for the anonymous.

    Raises Unauthenticated for a token that is none, rather than taking its bearer for anonymous.
    """
    if "account" not in g:
        g.account = _account_by_token() if is_api_request() else _account_by_cookie()
    found: Account | None = g.account
    return found


def current_caller() -> Caller:
    """The caller as whom the present request goes on to the services."""
    account = current_account()
    spoken = account.language if account else None
    return caller_of(account, negotiate(request.headers.get("Accept-Language"), spoken))


def login(email: str, password: str, *, language: str | None = None) -> Account:
    """Log the browser in; any session it had before ends. Raises Unauthenticated, TooManyRequests.

    `language`: the one that the person has chosen on this browser, None when she never did. It becomes
    the account's, and so goes along to her next browser.
    """
    row = sign_in(email, password)
    if language is not None and language != row.language:
        row.language = language
        database().write(lambda session: set_language(session, row.id, language))
    logout()
    g.login_cookie = open_session(database(), row, now=now())
    g.account = read_account(row)
    account: Account = g.account
    return account


def logout() -> None:
    """End the browser's session; nothing happens where there is none."""
    secret = request.cookies.get(cookie_name())
    if secret:
        close_session(database(), secret)
        g.login_cookie = ""
    g.account = None
    form_session.clear()  # neither the next person's forms nor her pages know of this one's


def is_api_request() -> bool:
    """Whether the request is one to the API, where cookies count for nothing."""
    return request.path.startswith(API_ROOT)


def bearer_token() -> str | None:
    """The token of the Authorization header; raises Unauthenticated when there is another kind of header."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("token_invalid", "Send Authorization: Bearer and a token.")
    return token.strip()


def cookie_name() -> str:
    """The cookie's name; with TLS one that no other host of the domain can set."""
    return f"__Host-{COOKIE}" if current_app.config["SESSION_COOKIE_SECURE"] else COOKIE


def install_login_cookie(app: Flask) -> None:
    """Give the browser its cookie, or take it away, after a login or logout."""

    @app.after_request
    def set_cookie(response: Response) -> Response:
        secret = g.get("login_cookie")
        if secret is None:
            return response
        response.set_cookie(
            cookie_name(),
            secret,
            max_age=int(LONGEST.total_seconds()) if secret else 0,
            httponly=True,
            samesite="Lax",
            secure=app.config["SESSION_COOKIE_SECURE"],
        )
        return response


def _account_by_cookie() -> Account | None:
    secret = request.cookies.get(cookie_name())
    return find_session_account(database(), secret, now=now()) if secret else None


def _account_by_token() -> Account | None:
    token = bearer_token()
    if token is None:
        return None
    desk: TokenDesk = part("tokens")
    account = desk.find_account(token, now=now())
    if account is None:
        raise Unauthenticated("token_invalid", "This token is not known, or it is over.")
    return account
