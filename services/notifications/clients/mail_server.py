"""Hands letters to a mail server over SMTP, within a time that is bounded as a whole."""

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from services.notifications.domain.mail_server import MailServer
from services.notifications.domain.message import Letter
from services.notifications.domain.outcomes import Outcome, Refused, Sent, TryLater

STEP_SECONDS = 10.0
WHOLE_SECONDS = 60.0
PERMANENT = 500
# Refused log-ins are a matter between the centre and its server, not the fault of a message.
LOGIN_CODES = {530, 534, 535, 538}


class SmtpClient:
    """One conversation for each e-mail: `step` bounds each wait, `whole` all of it (seconds)."""

    def __init__(
        self,
        server: MailServer,
        *,
        step: float = STEP_SECONDS,
        whole: float = WHOLE_SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.server = server
        self._step = step
        self._whole = whole
        self._tls = tls or ssl.create_default_context()

    def deliver(self, letter: Letter) -> Outcome:
        """Hand the letter over; what the server says decides whether another attempt makes sense."""
        try:
            with self._conversation() as smtp:
                smtp.sendmail(letter.sender, [letter.recipient], letter.content)
        except (OSError, ValueError) as error:  # ValueError: a password that cannot be put into ASCII
            return _outcome_of(error)
        return Sent()

    def fault(self) -> str | None:
        """Why the server cannot be reached or logged in to, or None."""
        try:
            with self._conversation():
                return None
        except (OSError, ValueError) as error:
            return _said(error)

    @contextmanager
    def _conversation(self) -> Iterator[smtplib.SMTP]:
        begun = time.monotonic()
        smtp = self._connect()
        alarm = threading.Timer(max(0.0, begun + self._whole - time.monotonic()), _hang_up, [smtp])
        alarm.daemon = True
        alarm.start()
        try:
            self._log_in(smtp)
            yield smtp
            with suppress(OSError):  # the message is theirs already: QUIT is a courtesy
                smtp.quit()
        finally:
            alarm.cancel()
            smtp.close()

    def _connect(self) -> smtplib.SMTP:
        host, port = self.server.host, self.server.port
        if self.server.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=self._step, context=self._tls)
        return smtplib.SMTP(host, port, timeout=self._step)

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.server.security == "starttls":
            smtp.starttls(context=self._tls)
        if self.server.username:
            smtp.login(self.server.username, self.server.password)


def _hang_up(smtp: smtplib.SMTP) -> None:
    sock = smtp.sock
    if sock is not None:
        with suppress(OSError):  # it may have ended in the meantime
            sock.shutdown(socket.SHUT_RDWR)


def _outcome_of(error: Exception) -> Outcome:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return _by_code(code, words)
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return _by_code(error.smtp_code, error.smtp_error)
    return TryLater(_said(error), everyone=True)


def _by_code(code: int, words: bytes | str) -> Outcome:
    reason = f"the mail server answered {code} {_readable(words)}"
    if code in LOGIN_CODES:
        return TryLater(reason, everyone=True)
    return Refused(reason) if code >= PERMANENT else TryLater(reason)


def _said(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "the mail server did not answer in time"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server answered {error.smtp_code} {_readable(error.smtp_error)}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the mail server's certificate cannot be trusted: {error.verify_message}"
    return f"the mail server cannot be used: {error}"


def _readable(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())
