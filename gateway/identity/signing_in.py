"""Signing in, for a browser or for a token: one way, with one limit on guessing."""

from flask import request

from gateway.db.models import Account
from gateway.identity.accounts import authenticate
from gateway.identity.limits import client_limits
from services.kernel.errors import Unauthenticated
from services.kernel.web import database


def sign_in(email: str, password: str) -> Account:
    """The account to which e-mail and password belong. Raises Unauthenticated, TooManyRequests, Busy."""
    limits, address = client_limits(), request.remote_addr or ""
    limits.check_login(address, email)
    try:
        return authenticate(database(), email, password)
    except Unauthenticated:
        limits.count_failed_login(address, email)
        raise
