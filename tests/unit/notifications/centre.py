"""A small centre for tests of messages."""

from services.kernel.centre import Centre, Contact

NAMES = {"pl": "Centrum CAMP", "en": "CAMP Centre", "uk": "Центр CAMP"}
CENTRE = Centre(
    slug="test-camp",
    name=NAMES,
    time_zone="Europe/Warsaw",
    languages=("pl", "en", "uk"),
    contact=Contact(
        NAMES, "camp@example.org", "+48 61 000 00 00", "ul. Przykładowa 1, Poznań", "https://camp.example"
    ),
    country="PL",
    subdivision=None,
    demo=False,
    sections={},
)
