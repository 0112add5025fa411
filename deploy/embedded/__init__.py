"""Embedded mode: one machine runs the whole suite, started and watched by one supervisor."""
