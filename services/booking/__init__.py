"""Rooms, availability and reservations."""
