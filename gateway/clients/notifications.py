"""Notifications, as the pages call it."""

from typing import Any
from urllib.parse import quote, urlencode

from services.kernel.caller import Caller
from services.kernel.http import HttpClient

Json = dict[str, Any]
_ROOT = "/api/v1/deliveries"


class NotificationsClient:
    """Calls the notifications service for a member of staff."""

    def __init__(self, http: HttpClient) -> None:
        self._http = http

    def deliveries(self, *, caller: Caller, **filters: Any) -> Json:
        """A page of the delivery log, the latest first."""
        given = {name: value for name, value in filters.items() if value is not None}
        address = _ROOT + (f"?{urlencode(given)}" if given else "")
        found: Json = self._http.call("GET", address, caller=caller).json()
        return found

    def delivery(self, delivery_id: str, *, caller: Caller) -> Json:
        """One delivery with its message."""
        found: Json = self._http.call("GET", f"{_ROOT}/{quote(delivery_id, safe='')}", caller=caller).json()
        return found

    def retry(self, delivery_id: str, *, caller: Caller) -> Json:
        """Have a delivery tried again now."""
        path = f"{_ROOT}/{quote(delivery_id, safe='')}/retry"
        found: Json = self._http.call("POST", path, caller=caller, json_body={}).json()
        return found
