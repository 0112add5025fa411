"""From parameters to words, and from words to an e-mail."""
