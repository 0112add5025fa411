"""The booking section of a centre file, read into values of the domain."""

from services.booking.centre_file.reading import read_booking

__all__ = ["read_booking"]
