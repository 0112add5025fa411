"""The languages that the suite speaks."""

LANGUAGES = ("pl", "en", "uk")
