"""Who may call a route: said at the route, checked before anything of the request is read."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from flask import Flask, current_app, request

from services.kernel.caller import Caller
from services.kernel.errors import Forbidden, Unauthenticated
from services.kernel.web.parts import caller
from services.kernel.web.query import refuse_unasked_query

Who = Literal["open", "anonymous", "person", "staff", "admin", "service"]
F = TypeVar("F", bound=Callable[..., Any])

_ATTRIBUTE = "__allowed__"
_TESTS: dict[str, Callable[[Caller], bool]] = {
    "anonymous": lambda who: True,
    "person": lambda who: not who.is_anonymous and not who.is_service,
    "staff": lambda who: who.is_staff,
    "admin": lambda who: who.is_admin,
    "service": lambda who: who.is_service,
}


def allowed(*who: Who) -> Callable[[F], F]:
    """Say who may call the route: each of `who` is enough.

    anonymous: anyone the gateway lets in. person: whoever has an account. staff includes admin.
    open: without any caller, for what machines ask (health, metrics).
    """

    def decorate(view: F) -> F:
        setattr(view, _ATTRIBUTE, frozenset(who))
        return view

    return decorate


def allowed_of(view: Any, method: str = "GET") -> frozenset[str] | None:
    """Who may call a view by a method; None where nobody said."""
    view_class = getattr(view, "view_class", None)
    if view_class is not None:
        view = getattr(view_class, "get" if method == "HEAD" else method.lower(), None)
    found: frozenset[str] | None = getattr(view, _ATTRIBUTE, None)
    return found


def install_access(app: Flask) -> None:
    """Check every request to a known route before its view runs; a route that names nobody lets nobody in."""

    @app.before_request
    def check_access() -> None:
        if request.endpoint is None or request.method == "OPTIONS":
            return
        view = current_app.view_functions[request.endpoint]
        who = allowed_of(view, request.method)
        if who is None:
            raise Forbidden("not_declared", "Nobody may call this.")
        if "open" not in who:
            _check(who, caller())
        if not _reads_query(view):
            refuse_unasked_query()


def _check(who: frozenset[str], found: Caller) -> None:
    if any(_TESTS[each](found) for each in who):
        return
    if found.is_anonymous:
        raise Unauthenticated()
    raise Forbidden()


def _reads_query(view: Any) -> bool:
    if not hasattr(view, "_apidoc"):
        return True  # not an API route of ours
    parameters = view._apidoc.get("arguments", {}).get("parameters", [])
    return any(isinstance(each, dict) and each.get("in") == "query" for each in parameters)
