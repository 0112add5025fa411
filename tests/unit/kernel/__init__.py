"""Tests of the kernel without a database or a network."""
