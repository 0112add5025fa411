"""Passing requests to the API on to the services, each with a signed statement of who asks."""

from flask import Blueprint, Response, request

from gateway.identity.current import current_caller
from gateway.identity.limits import client_limits
from gateway.proxy.headers import passing_answer, passing_request
from gateway.proxy.route_table import API_ROOT, find_service
from services.kernel.errors import NotFound
from services.kernel.http import HttpClient
from services.kernel.web import allowed, part

blueprint = Blueprint("proxy", __name__)

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@blueprint.route(f"{API_ROOT}<path:rest>", methods=METHODS)
@allowed("anonymous")
def forward(rest: str) -> Response:
    """Pass the request on; the service decides who may do what.

    Raises NotFound where nobody answers, Unavailable, BadGateway or GatewayTimeout where the service fails.
    """
    name = find_service(request.path)
    if name is None or _leads_elsewhere(rest):
        raise NotFound()
    caller = current_caller()
    client_limits().take_request(request.remote_addr or "")
    if caller.is_anonymous and request.method == "POST" and rest == "reservations":
        client_limits().take_guest_booking(request.remote_addr or "")
    service: HttpClient = part("services")[name]
    answer = service.send(
        request.method,
        _address(),
        caller=caller,
        headers=passing_request(request.headers),
        body=request.get_data() or None,
    )
    return Response(answer.body, answer.status, headers=passing_answer(answer.headers))


def _address() -> str:
    """The path and query just as they came, so that nothing is decoded twice."""
    raw = str(request.environ.get("RAW_URI") or request.full_path.rstrip("?"))
    return raw if raw.startswith("/") else request.full_path.rstrip("?")


def _leads_elsewhere(rest: str) -> bool:
    """Whether the path, once decoded, would climb out of its service's part of the API."""
    return "\\" in rest or any(step in ("", ".", "..") for step in rest.split("/"))
