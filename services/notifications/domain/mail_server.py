"""The address of a mail server, as the setting SMTP_URL spells it."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

NEAR = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class MailServer:
    """Where and how to reach a mail server. `security` is none, starttls or tls."""

    host: str
    port: int
    security: str
    username: str = ""
    password: str = field(default="", repr=False)


def parse_mail_server(url: str) -> MailServer:
    """The server of `smtp://user:password@host:port?starttls=1` or `smtps://…`.

    Raises ValueError with the end of a sentence ("is not …; give …").
    """
    fault = ValueError("is not a mail server; give smtp://user:password@host:port?starttls=1 or smtps://…")
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        query = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise fault from None
    starttls = query.pop("starttls", ["0"])
    known = parts.scheme in ("smtp", "smtps") and starttls in (["0"], ["1"]) and not query
    if not known or not host or port == 0 or parts.path not in ("", "/") or parts.fragment:
        raise fault
    security = "tls" if parts.scheme == "smtps" else "starttls" if starttls == ["1"] else "none"
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    if username and security == "none" and host not in NEAR:
        raise ValueError("would send the password unencrypted; add ?starttls=1 or use smtps://")
    usual = {"tls": 465, "starttls": 587, "none": 25}[security]
    return MailServer(host, port or usual, security, username, password)
