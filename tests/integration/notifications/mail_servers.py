"""Real mail servers for tests: they take letters, refuse them as told, or never answer."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.running import free_port

HOST = "127.0.0.1"


class Inbox:
    """Handles what arrives: gives the answers told for RCPT and DATA in turn, then takes everything."""

    def __init__(self, *, to_recipient: tuple[str, ...] = (), to_content: tuple[str, ...] = ()) -> None:
        self._recipient_answers = list(to_recipient)
        self._content_answers = list(to_content)
        self.letters: list[Envelope] = []
        self.security: list[bool] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer to one recipient."""
        if self._recipient_answers:
            return self._recipient_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer to the content."""
        if self._content_answers:
            return self._content_answers.pop(0)
        self.letters.append(envelope)
        self.security.append(session.ssl is not None)
        return "250 taken"


class BreakingOff(Inbox):
    """Closes the connection without a word: at QUIT, or when the content has arrived."""

    def __init__(self, *, before_taking: bool = False) -> None:
        super().__init__()
        self._before_taking = before_taking

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the content, or break off."""
        if self._before_taking:
            server.transport.abort()
        return await super().handle_DATA(server, session, envelope)

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        """Break off instead of saying goodbye."""
        server.transport.abort()
        return "221 never heard"


def check_login(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
) -> AuthResult:
    """One account: camp, with the password hush."""
    right = data.login == b"camp" and data.password == b"hush"
    return AuthResult(success=right, handled=right)


@contextmanager
def mail_server(
    inbox: Inbox, *, port: int = 0, tls: ssl.SSLContext | None = None, login: bool = False
) -> Iterator[int]:
    """A server on the loopback; gives its port. With `tls` it wants STARTTLS first."""
    options: dict[str, object] = {"tls_context": tls, "require_starttls": tls is not None}
    if login:
        options |= {"authenticator": check_login, "auth_required": True, "auth_require_tls": tls is not None}
    controller = Controller(inbox, hostname=HOST, port=port or free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def silent_server(*, greeting: bytes = b"") -> Iterator[int]:
    """A server that says its greeting, if any, and then never a word; gives its port."""
    held: list[socket.socket] = []
    with socket.create_server((HOST, 0)) as listener:

        def welcome() -> None:
            while True:
                try:
                    guest, _address = listener.accept()
                except OSError:
                    return
                held.append(guest)
                if greeting:
                    guest.sendall(greeting)

        threading.Thread(target=welcome, daemon=True).start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            for guest in held:
                guest.close()
