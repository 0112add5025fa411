"""The one door: which service answers which address, and the way there and back."""
