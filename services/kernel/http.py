"""Calling another service: pooled connections, short timeouts, a signed caller, failures by meaning."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import urllib3
from urllib3.exceptions import ConnectTimeoutError as UrllibConnectTimeout
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, ProtocolError, ReadTimeoutError

from services.kernel.caller import Caller, CallerSigner
from services.kernel.errors import STATUS, BadGateway, GatewayTimeout, Problem, Unavailable
from services.kernel.logs import current_request_id, get_logger

log = get_logger(__name__)

CONNECT_SECONDS, READ_SECONDS = 1.0, 10.0
POOL_SIZE = 16
MAX_ANSWER_BYTES = 8 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
ANSWER_FACTOR = 3  # so many read timeouts may a whole answer take, however steadily it drips
_REPEATABLE = ("GET", "HEAD", "OPTIONS")
_STANDARD = {"type", "title", "status", "code", "detail", "instance"}
_BY_STATUS = {status: kind for kind, status in reversed(STATUS.items())}


@dataclass(frozen=True)
class Answer:
    """What a service answered; header names in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        """The body as JSON; raises BadGateway when it is none."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise BadGateway(detail="A service answered with something that is not JSON.") from error


class HttpClient:
    """Calls one service. Raises Unavailable when it is away, GatewayTimeout when it is silent."""

    def __init__(
        self,
        base_url: str,
        *,
        service: str,
        signer: CallerSigner | None = None,
        connect_timeout: float = CONNECT_SECONDS,
        read_timeout: float = READ_SECONDS,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.service = service
        self._signer = signer
        self._answer_seconds = ANSWER_FACTOR * read_timeout
        self._pool = urllib3.PoolManager(
            num_pools=2,
            maxsize=POOL_SIZE,
            timeout=urllib3.Timeout(connect=connect_timeout, read=read_timeout),
            retries=False,
        )

    def send(
        self,
        method: str,
        path: str,
        *,
        caller: Caller | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send a request as it is and give the answer, whatever its status.

        What may be repeated (a reading, a request with an Idempotency-Key) is sent once more when its
        connection breaks, because the service may just have restarted.
        """
        sent = {**(headers or {}), **self._own_headers(caller)}
        tries = 2 if method in _REPEATABLE or "Idempotency-Key" in sent else 1
        for _ in range(tries):
            try:
                answer = self._exchange(method, path, sent, body)
            except _Broken:
                continue
            if answer.status == 401 and b'"caller_' in answer.body:
                raise self._unusable("does not take our signature for ours")
            return answer
        raise self._away()

    def call(
        self,
        method: str,
        path: str,
        *,
        caller: Caller | None = None,
        json_body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send JSON and give the answer of a success; any other raises the problem that the service told."""
        sent = dict(headers or {})
        body = None
        if json_body is not None:
            sent["Content-Type"] = "application/json"
            body = json.dumps(json_body).encode()
        answer = self.send(method, path, caller=caller, headers=sent, body=body)
        if answer.status >= 400:
            raise problem_of(answer)
        return answer

    def close(self) -> None:
        """Close the pooled connections."""
        self._pool.clear()

    def _own_headers(self, caller: Caller | None) -> dict[str, str]:
        own = {}
        request_id = current_request_id()
        if request_id:
            own["X-Request-Id"] = request_id
        if caller is not None and self._signer is not None:
            own["Authorization"] = f"Bearer {self._signer.sign(caller, self.service)}"
        return own

    def _exchange(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        try:
            response = self._pool.request(
                method,
                self.base_url + path,
                body=body,
                headers=headers,
                redirect=False,
                preload_content=False,
            )
        except ReadTimeoutError as error:
            raise self._silent() from error
        except (NewConnectionError, UrllibConnectTimeout, MaxRetryError) as error:
            raise self._away() from error
        except ProtocolError as error:
            if isinstance(error.args[-1], OSError):
                raise _Broken from error
            raise self._unusable("is not HTTP") from error
        except HTTPError as error:
            raise self._unusable("is not HTTP") from error
        try:
            return self._read(response)
        except ReadTimeoutError as error:
            raise self._silent() from error
        except HTTPError as error:
            raise self._unusable("broke off") from error
        finally:
            response.release_conn()

    def _read(self, response: urllib3.BaseHTTPResponse) -> Answer:
        chunks, length, deadline = [], 0, time.monotonic() + self._answer_seconds
        while chunk := response.read1(CHUNK_BYTES, decode_content=False):
            chunks.append(chunk)
            length += len(chunk)
            if length > MAX_ANSWER_BYTES:
                response.close()
                raise self._unusable("is too long")
            if time.monotonic() > deadline:
                response.close()
                raise self._silent()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, headers, b"".join(chunks))

    def _away(self) -> Unavailable:
        log.warning("service_unavailable", to=self.service)
        detail = f"The {self.service} service is away."
        return Unavailable("service_unavailable", detail, service=self.service, retry_after=5)

    def _silent(self) -> GatewayTimeout:
        log.warning("service_timeout", to=self.service)
        detail = f"The {self.service} service did not answer in time."
        return GatewayTimeout("service_timeout", detail, service=self.service)

    def _unusable(self, why: str) -> BadGateway:
        log.warning("service_unusable", to=self.service, reason=why)
        return BadGateway(
            "bad_gateway", f"The answer of the {self.service} service {why}.", service=self.service
        )


class _Broken(Exception):  # noqa: N818 - the connection broke before an answer came
    pass


def problem_of(answer: Answer) -> Problem:
    """The problem that an answer of a service tells; BadGateway when it tells none."""
    kind = _BY_STATUS.get(answer.status)
    try:
        told = json.loads(answer.body)
    except ValueError:
        told = None
    if kind is None or not isinstance(told, dict) or not isinstance(told.get("code"), str):
        return BadGateway(detail=f"A service answered with {answer.status}.")
    particulars = {name: value for name, value in told.items() if name not in _STANDARD}
    retry_after = answer.headers.get("retry-after", "")
    return kind(
        told["code"],
        str(told.get("detail", "")),
        **particulars,
        **({"retry_after": int(retry_after)} if retry_after.isdigit() else {}),
    )
