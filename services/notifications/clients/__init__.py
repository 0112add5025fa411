"""Ways out of the house for an e-mail: a mail server, the mail folder, or nowhere (in tests)."""
