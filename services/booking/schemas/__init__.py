"""What goes in and out of the booking API, one schema for each direction."""
