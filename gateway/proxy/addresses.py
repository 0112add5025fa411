"""Where a request goes on, and where an answer may send its reader."""

import re
from urllib.parse import quote, urlsplit

from services.kernel.errors import NotFound

_NEVER = re.compile(r"[\x00-\x1f\x7f\\�]")  # control characters, a backslash, what was no UTF-8
_QUERY_CHARACTERS = "%&=+;/?:@!$'()*,-._~[]"


def upstream_address(path: str, query: bytes) -> str:
    """The path and query for the service, from the path as it was decoded once.

    Written anew rather than passed on, so that the service reads the very path by which the request was
    judged here. Raises NotFound for a path that leads elsewhere.
    """
    steps = path.split("/")[1:]
    if _NEVER.search(path) or any(step in ("", ".", "..") for step in steps):
        raise NotFound()
    address = quote(path, safe="/:@!$&'()*+,;=~-._")
    return f"{address}?{quote(query, safe=_QUERY_CHARACTERS)}" if query else address


def local_location(location: str, service_url: str) -> str | None:
    """A Location of a service as its reader can follow it through the gateway; None for any other place."""
    target, home = urlsplit(location), urlsplit(service_url)
    is_ours = (target.scheme, target.netloc) in (("", ""), (home.scheme, home.netloc))
    if not is_ours or "\\" in location or target.path.startswith("//"):
        return None
    return target._replace(scheme="", netloc="").geturl()
