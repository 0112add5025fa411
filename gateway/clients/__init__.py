"""The services as the pages call them."""
