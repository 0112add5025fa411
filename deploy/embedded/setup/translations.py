"""Compiling the catalogues of texts, where a source is newer than what was made of it."""

from deploy.embedded.faults import Fault
from deploy.embedded.settings import CHECKOUT
from services.kernel.i18n import compile_catalogues


def compile_translations() -> int:
    """Compile every catalogue of the services and the gateway; returns how many. Raises Fault."""
    folders = [*sorted((CHECKOUT / "services").glob("*/translations")), CHECKOUT / "gateway" / "translations"]
    try:
        return sum(len(compile_catalogues(folder)) for folder in folders)
    except OSError as error:
        raise Fault(
            f"The translations cannot be compiled ({error.strerror}: {error.filename}); "
            "give yourself write access to the checkout, or compile them once as its owner"
        ) from error
