"""E-mail addresses and header texts that cannot smuggle anything into a message."""

import re
import unicodedata
from email.errors import HeaderParseError
from email.headerregistry import Address

MAX_ADDRESS = 254
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE)


def sendable(address: str) -> str:
    """The address as mail servers take it: trimmed, its domain in ASCII (IDNA).

    Raises ValueError when it is not an address of one mailbox.
    """
    local, at, domain = address.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
        parsed = Address(addr_spec=f"{local}@{ascii_domain}")
    except (UnicodeError, ValueError, HeaderParseError, IndexError) as wrong:
        raise ValueError("not an e-mail address") from wrong
    plain = bool(local) and parsed.username == local and all(_visible(sign) for sign in local)
    if not (at and plain and _DOMAIN.fullmatch(ascii_domain)) or len(address) > MAX_ADDRESS:
        raise ValueError("not an e-mail address")
    return parsed.addr_spec


def one_line(text: str) -> str:
    """The text without control characters and line breaks, for a header."""
    return " ".join("".join(sign if _visible(sign) else " " for sign in text).split())


def _visible(sign: str) -> bool:
    return not unicodedata.category(sign).startswith(("C", "Z"))
