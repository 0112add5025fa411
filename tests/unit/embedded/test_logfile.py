"""A log file turns over by size and loses nothing it promised to keep."""

from pathlib import Path

from deploy.embedded.supervision.logfile import LogFile


def test_a_full_file_becomes_the_first_old_one(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "part.log", max_bytes=10, keep=2)
    for number in range(6):
        log.write(f"line {number}".encode())
    kept = {path.name: path.read_text().split("\n")[0] for path in tmp_path.iterdir()}
    assert kept == {"part.log": "line 5", "part.log.1": "line 4", "part.log.2": "line 3"}


def test_an_existing_file_is_continued(tmp_path: Path) -> None:
    (tmp_path / "part.log").write_text("before\n")
    log = LogFile(tmp_path / "part.log")
    log.write(b"after")
    assert (tmp_path / "part.log").read_text() == "before\nafter\n"
