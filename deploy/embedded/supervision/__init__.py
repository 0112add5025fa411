"""Keeping processes alive: parts, their logs, their restarts and their end. Knows nothing of the suite."""
