"""Tests of the values and rules of booking."""
