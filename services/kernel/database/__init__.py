"""Where transactions begin and end: engines, the writer's turn, the unit of work, reading."""

from .migrating import migrating
from .serialize import serialize
from .statements import count_changed
from .unit_of_work import Database

__all__ = ["Database", "count_changed", "migrating", "serialize"]
