"""The gateway's own part of the API: tokens, and who one is."""

from typing import Any

from flask import request

from gateway.identity.accounts import authenticate
from gateway.identity.current import bearer_token, client_limits, current_account
from gateway.identity.person import Account
from gateway.identity.schemas import CredentialsSchema, MeSchema, TokenSchema
from gateway.identity.tokens import NewToken, TokenDesk
from services.kernel.errors import Unauthenticated
from services.kernel.web import Blueprint, allowed, database, now, part

blueprint = Blueprint("identity", __name__, description="Tokens and accounts.")


@blueprint.route("/api/v1/tokens", methods=["POST"])
@blueprint.arguments(CredentialsSchema)
@blueprint.response(201, TokenSchema)
@blueprint.problems(401, 422, 429, 503)
@allowed("anonymous")
def create_token(body: dict[str, Any]) -> NewToken:
    """Get a token for an e-mail and a password; it goes into Authorization: Bearer."""
    client_limits().take_login(request.remote_addr or "", body["email"])
    desk: TokenDesk = part("tokens")
    return desk.give(authenticate(database(), body["email"], body["password"]), now=now())


@blueprint.route("/api/v1/tokens/current", methods=["DELETE"])
@blueprint.response(204)
@blueprint.problems(401)
@allowed("person")
def delete_token() -> None:
    """Give the token back that the request carries."""
    desk: TokenDesk = part("tokens")
    desk.take_back(bearer_token() or "")


@blueprint.route("/api/v1/me", methods=["GET"])
@blueprint.response(200, MeSchema)
@blueprint.problems(401)
@allowed("person")
def read_me() -> Account:
    """The account behind the token."""
    account = current_account()
    if account is None:
        raise Unauthenticated()
    return account
