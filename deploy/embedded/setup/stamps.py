"""Remembering what a step was last done for, so that it is skipped until that changes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


class Stamp:
    """A small file that holds the fingerprint of a step's inputs as they were when it was last finished."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def matches(self, fingerprint: str) -> bool:
        """Whether the step was finished for these very inputs."""
        try:
            return self._path.read_text() == fingerprint
        except OSError:
            return False

    def write(self, fingerprint: str) -> None:
        """Remember the inputs; called last, so that an interrupted step is repeated. Raises OSError."""
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_text(fingerprint)
        fresh.replace(self._path)

    def remove(self) -> None:
        """Forget, so that the step is done again."""
        self._path.unlink(missing_ok=True)


def fingerprint(files: Iterable[Path], *texts: str) -> str:
    """A digest of the files' contents and the texts. Raises OSError for a file that cannot be read."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for text in texts:
        digest.update(hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()
