"""E-mail addresses that cannot smuggle anything into a message."""

import re
from email.errors import HeaderParseError
from email.headerregistry import Address

from services.notifications.domain.texts import is_visible

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
    plain = bool(local) and parsed.username == local and all(is_visible(sign) for sign in local)
    if not (at and plain and _DOMAIN.fullmatch(ascii_domain)) or len(address) > MAX_ADDRESS:
        raise ValueError("not an e-mail address")
    return parsed.addr_spec
