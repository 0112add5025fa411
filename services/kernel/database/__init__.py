"""Where transactions begin and end: engines, the writer's turn, the unit of work, reading."""

from .serialize import serialize
from .unit_of_work import Database

__all__ = ["Database", "serialize"]
