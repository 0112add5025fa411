"""Asking the services for their documents; the last good answer serves while one is away."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from gateway.docs.merging import Document, merge_documents
from services.kernel.errors import Problem
from services.kernel.http import HttpClient
from services.kernel.logs import get_logger

log = get_logger(__name__)

KEPT_SECONDS = 300.0
RETRY_SECONDS = 5.0


class DocumentDesk:
    """The merged document. `own` gives the gateway's part."""

    def __init__(
        self, services: Mapping[str, HttpClient], own: Callable[[], Document], public_url: str
    ) -> None:
        self._services = services
        self._own = own
        self._public_url = public_url
        self._lock = threading.Lock()
        self._told: dict[str, Document] = {}
        self._merged: Document | None = None
        self._ask_again_at = 0.0

    def document(self) -> Document:
        """The whole API, as far as the services have told it."""
        with self._lock:
            if self._merged is None or time.monotonic() >= self._ask_again_at:
                complete = self._ask()
                documents = {"gateway": self._own(), **self._told}
                self._merged = merge_documents(documents, public_url=self._public_url)
                self._ask_again_at = time.monotonic() + (KEPT_SECONDS if complete else RETRY_SECONDS)
            return self._merged

    def _ask(self) -> bool:
        complete = True
        for name, service in self._services.items():
            try:
                told: Any = service.call("GET", "/openapi.json").json()
                self._told[name] = told
            except Problem as problem:
                complete = False
                log.warning("document_unknown", of=name, code=problem.code)
        return complete
