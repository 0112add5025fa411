"""What a check found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line of the doctor. `mend` is empty where all is well; a finding with a mend is a fault."""

    subject: str
    told: str
    mend: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether something has to be done."""
        return bool(self.mend)
