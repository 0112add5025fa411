"""Asking the services for their documents; the last good answer serves while one is away."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gateway.docs.merging import Document, merge_documents
from gateway.proxy.route_table import find_service
from services.kernel.errors import BadGateway, Problem
from services.kernel.http import HttpClient
from services.kernel.logs import get_logger

log = get_logger(__name__)

KEPT_SECONDS = 300.0
RETRY_SECONDS = 5.0


@dataclass(frozen=True)
class Collected:
    """The merged document, also as bytes with their ETag, and the services that have never told theirs."""

    document: Document
    body: bytes
    etag: str
    missing: tuple[str, ...]


class DocumentDesk:
    """The whole API, as far as the services have told it. `own` gives the gateway's part."""

    def __init__(
        self, services: Mapping[str, HttpClient], own: Callable[[], Document], public_url: str
    ) -> None:
        self._services = services
        self._own = own
        self._public_url = public_url
        self._lock = threading.Lock()
        self._told: dict[str, Document] = {}
        self._collected: Collected | None = None
        self._ask_again_at = 0.0

    def collected(self) -> Collected:
        """What is known now. Whoever comes while it is asked anew gets what was known before."""
        known = self._collected
        if known is None:
            self._lock.acquire()
        elif time.monotonic() < self._ask_again_at or not self._lock.acquire(blocking=False):
            return known
        try:
            if self._collected is None or time.monotonic() >= self._ask_again_at:
                complete = self._ask()
                self._collected = self._collect()
                self._ask_again_at = time.monotonic() + (KEPT_SECONDS if complete else RETRY_SECONDS)
            return self._collected
        finally:
            self._lock.release()

    def _ask(self) -> bool:
        complete = True
        for name, service in self._services.items():
            try:
                self._told[name] = _reachable(name, service.call("GET", "/openapi.json").json())
            except Problem as problem:
                complete = False
                log.warning("document_unknown", of=name, code=problem.code)
        return complete

    def _collect(self) -> Collected:
        document = merge_documents({"gateway": self._own(), **self._told}, public_url=self._public_url)
        missing = tuple(name for name in self._services if name not in self._told)
        if missing:
            document["x-missing"] = list(missing)
        body = json.dumps(document, ensure_ascii=False).encode()
        return Collected(document, body, sha256(body).hexdigest()[:32], missing)


def _reachable(service: str, told: Any) -> Document:
    """A service's document without what the door does not let through to it. Raises BadGateway."""
    if not isinstance(told, dict) or not isinstance(told.get("paths"), dict):
        raise BadGateway("bad_gateway", "This is no OpenAPI document.", service=service)
    paths = {path: item for path, item in told["paths"].items() if find_service(path) == service}
    return {**told, "paths": paths}
