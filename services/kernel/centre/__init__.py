"""The centre file: one YAML file that makes the suite the suite of one centre."""

from services.kernel.centre.centre import Centre, Contact, Section
from services.kernel.centre.loading import load_centre_file
from services.kernel.centre.mistakes import CentreFileError, Mistake

__all__ = ["Centre", "CentreFileError", "Contact", "Mistake", "Section", "load_centre_file"]
