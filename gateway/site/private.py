"""Pages that belong to one person."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import make_response

from gateway.headers import keep_private

View = TypeVar("View", bound=Callable[..., Any])


def private_page(view: View) -> View:
    """Keep the page out of every cache and every search engine."""

    @wraps(view)
    def kept(*args: Any, **kwargs: Any) -> Any:
        response = make_response(view(*args, **kwargs))
        response.headers["X-Robots-Tag"] = "noindex"
        return keep_private(response)

    return kept  # type: ignore[return-value]
