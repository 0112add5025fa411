"""The folders of one instance, all below its data folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.faults import Fault


@dataclass(frozen=True)
class Folders:
    """Where an instance keeps what. `make` creates what is missing."""

    data: Path

    @property
    def run(self) -> Path:
        """What is true only while the instance runs: its lock, its state, what is held."""
        return self.data / "run"

    @property
    def logs(self) -> Path:
        """One log file for each part."""
        return self.data / "log"

    @property
    def secrets(self) -> Path:
        """Keys made on the first run, one file each."""
        return self.data / "secrets"

    @property
    def databases(self) -> Path:
        """SQLite databases, one for each service."""
        return self.data / "db"

    @property
    def mail(self) -> Path:
        """Messages that are kept instead of sent."""
        return self.data / "mail"

    @property
    def valkey(self) -> Path:
        """What the built-in Valkey keeps."""
        return self.data / "valkey"

    def metrics(self, part: str) -> Path:
        """Where the processes of one part share their counts; emptied at each start."""
        return self.run / "metrics" / part

    def make(self) -> None:
        """Create the folders; what holds secrets or mail is for the owner only. Raises Fault."""
        try:
            for folder in (self.data, self.logs, self.databases):
                folder.mkdir(parents=True, exist_ok=True)
            for folder in (self.run, self.secrets, self.mail, self.valkey):
                folder.mkdir(mode=0o700, exist_ok=True)
                if folder.stat().st_uid == os.getuid():
                    folder.chmod(0o700)
            probe = self.run / "writable"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise Fault(
                f"The data folder {self.data} cannot be written ({error.strerror}: {error.filename}); "
                "give yourself write access, or choose another folder with CAMP_DATA"
            ) from error
