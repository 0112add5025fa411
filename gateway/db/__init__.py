"""The gateway's own store: accounts, sessions, tokens, and what it knows of memberships."""
