"""The store of the booking service."""
