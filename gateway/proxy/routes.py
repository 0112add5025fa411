"""Passing requests to the API on to the services, each with a signed statement of who asks."""

from flask import Blueprint, Response, request

from gateway.identity.current import current_caller
from gateway.identity.limits import client_limits
from gateway.proxy.addresses import local_location, upstream_address
from gateway.proxy.headers import passing_answer, passing_request
from gateway.proxy.route_table import API_ROOT, find_service
from services.kernel.errors import BadGateway, NotFound, TooLarge
from services.kernel.http import Answer, HttpClient
from services.kernel.web import allowed, part
from services.kernel.web.app import MAX_BODY_BYTES

blueprint = Blueprint("proxy", __name__)

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
GUEST_BOOKING = ("POST", f"{API_ROOT}reservations")


@blueprint.route(f"{API_ROOT}<path:rest>", methods=METHODS, provide_automatic_options=False)
@allowed("anonymous")
def forward(rest: str) -> Response:
    """Pass the request on; the service decides who may do what.

    Raises NotFound where nobody answers, Unavailable, BadGateway or GatewayTimeout where the service fails.
    """
    name = find_service(request.path)
    if name is None:
        raise NotFound()
    address = upstream_address(request.path, request.query_string)
    caller = current_caller()
    if caller.is_anonymous and (request.method, request.path) == GUEST_BOOKING:
        client_limits().take_guest_booking(request.remote_addr or "")
    service: HttpClient = part("services")[name]
    answer = service.send(
        request.method,
        address,
        caller=caller,
        headers=passing_request(request.headers),
        body=_body(),
    )
    return _response(answer, service)


def _body() -> bytes | None:
    """The whole body. Raises TooLarge, also where a body that comes in chunks would be cut at the limit."""
    body = request.get_data()
    if request.content_length is None and len(body) >= MAX_BODY_BYTES:
        raise TooLarge(detail="The body is too large.")
    return body or None


def _response(answer: Answer, service: HttpClient) -> Response:
    response = Response(answer.body, answer.status, headers=passing_answer(answer.headers))
    if "location" in answer.headers:
        location = local_location(answer.headers["location"], service.base_url)
        if location is None:
            detail = f"The {service.service} service sends elsewhere."
            raise BadGateway("bad_gateway", detail, service=service.service)
        response.headers["Location"] = location
    if request.method == "HEAD" and "content-length" in answer.headers:
        response.headers["Content-Length"] = answer.headers["content-length"]
    return response
