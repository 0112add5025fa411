"""The booking API."""
