"""The catalogues of the messages, read as they are written: no mail waits for a step of set-up."""

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo

from services.kernel.i18n import DOMAIN, read_catalogue

FOLDER = Path(__file__).parents[1] / "translations"


@cache
def catalogue(language: str) -> GNUTranslations:
    """The catalogue of one of the suite's languages."""
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"))
    compiled.seek(0)
    return GNUTranslations(compiled)
