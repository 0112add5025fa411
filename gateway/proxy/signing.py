"""Saying who asks, without signing the same words for every request."""

import threading
import time

from services.kernel.caller import LIFETIME_SECONDS, Caller, CallerSigner

KEPT_SECONDS = LIFETIME_SECONDS / 3  # a statement that is handed out has most of its time before it
MOST_KEPT = 1000


class ThriftySigner(CallerSigner):
    """Signs like any signer and keeps each statement for a while: the services then verify it once, too."""

    def __init__(self, private_key_pem: str, issuer: str) -> None:
        super().__init__(private_key_pem, issuer)
        self._lock = threading.Lock()
        self._kept: dict[tuple[Caller, str], tuple[str, float]] = {}

    def sign(self, caller: Caller, audience: str) -> str:
        """A statement of who asks, for one audience, valid for at least 40 seconds of real time."""
        kept = self._kept.get((caller, audience))
        if kept is not None and time.time() < kept[1]:
            return kept[0]
        signed_at = time.time()
        statement = super().sign(caller, audience)
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[caller, audience] = (statement, signed_at + KEPT_SECONDS)
        return statement
