"""What comes in and goes out, one schema for each direction."""
