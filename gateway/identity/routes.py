"""The gateway's own part of the API: tokens, and who one is."""

from typing import Any
from uuid import UUID

from flask import Response, after_this_request

from gateway.identity.accounts import change_password
from gateway.identity.current import bearer_token, current_account
from gateway.identity.person import Account
from gateway.identity.schemas import CredentialsSchema, MeSchema, NewPasswordSchema, TokenSchema
from gateway.identity.signing_in import sign_in
from gateway.identity.tokens import NewToken, TokenDesk
from services.kernel.errors import Invalid, Unauthenticated
from services.kernel.web import Blueprint, allowed, database, now, part

blueprint = Blueprint("identity", __name__, description="Tokens and accounts.")


@blueprint.route("/api/v1/tokens", methods=["POST"])
@blueprint.arguments(CredentialsSchema)
@blueprint.response(201, TokenSchema)
@blueprint.problems(401, 422, 429, 503)
@allowed("open")
def create_token(body: dict[str, Any]) -> NewToken:
    """Get a token for an e-mail and a password; it goes into Authorization: Bearer."""
    token = _desk().give(sign_in(body["email"], body["password"]), now=now())
    after_this_request(_keep_nowhere)
    return token


@blueprint.route("/api/v1/tokens/current", methods=["DELETE"])
@blueprint.response(204)
@blueprint.problems(401)
@allowed("person")
def delete_token() -> None:
    """Give the token back that the request carries."""
    _desk().take_back(bearer_token() or "")


@blueprint.route("/api/v1/me", methods=["GET"])
@blueprint.response(200, MeSchema)
@blueprint.problems(401)
@allowed("person")
def read_me() -> Account:
    """The account behind the token."""
    return _account()


@blueprint.route("/api/v1/me/password", methods=["PUT"])
@blueprint.arguments(NewPasswordSchema)
@blueprint.response(204)
@blueprint.problems(401, 422, 429, 503)
@allowed("person")
def replace_password(body: dict[str, Any]) -> None:
    """Take a new password; every session and token that the account has ends, this token too."""
    account = _account()
    try:
        sign_in(account.email, body["current_password"])
    except Unauthenticated as problem:  # the token is good all the same
        fault = {"field": "current_password", "code": problem.code, "detail": "This is not the password."}
        raise Invalid(errors=[fault]) from problem
    change_password(database(), UUID(account.id), body["new_password"])
    _desk().forget_account(account.id)


def _keep_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _account() -> Account:
    account = current_account()
    if account is None:
        raise Unauthenticated()
    return account


def _desk() -> TokenDesk:
    desk: TokenDesk = part("tokens")
    return desk
