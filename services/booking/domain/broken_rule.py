"""A rule that a request breaks, told so that a person and a program understand it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """`code` is stable; `message` is English with %(name)s for particulars, so that it can be translated."""

    code: str
    message: str
    particulars: Mapping[str, Any] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The message with its particulars filled in."""
        return self.message % self.particulars

    def as_dict(self) -> dict[str, Any]:
        """Code, detail and particulars side by side, as the API answers."""
        return {**self.particulars, "code": self.code, "detail": self.detail}
