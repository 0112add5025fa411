"""People: accounts, sessions, tokens, and what the gateway knows of memberships."""

from .current import current_account, current_caller, login, logout
from .person import Account, Membership

__all__ = ["Account", "Membership", "current_account", "current_caller", "login", "logout"]
