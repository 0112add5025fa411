"""ETag and If-Match by the version of a row, which the database counts."""

import re

from flask import Response, request

from services.kernel.errors import PreconditionFailed, PreconditionRequired

_ETAGS = re.compile(r'(?:W/)?"([^"]*)"')


def etag_of(version: int) -> str:
    """The ETag of a row in this version."""
    return f'"{version}"'


def set_etag(response: Response, version: int) -> Response:
    """Give an answer its ETag; the answer."""
    response.headers["ETag"] = etag_of(version)
    return response


def require_match(version: int, *, needed: bool = False) -> None:
    """Hold If-Match against the version as it is read inside the unit of work.

    Raises PreconditionFailed where it names another, PreconditionRequired where it is `needed` and missing.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        if needed:
            raise PreconditionRequired()
        return
    if header != "*" and str(version) not in _ETAGS.findall(header):
        raise PreconditionFailed()


def is_known(version: int) -> bool:
    """Whether the caller says by If-None-Match that it has this version."""
    header = request.headers.get("If-None-Match", "").strip()
    return header == "*" or str(version) in _ETAGS.findall(header)
