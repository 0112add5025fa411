"""Reading a child's output by lines."""

import os

from deploy.embedded.supervision.lines import LONGEST_LINE, LineReader


def test_a_line_is_yielded_once_it_is_whole() -> None:
    reading, writing = os.pipe()
    reader = LineReader(reading)
    os.write(writing, b"one\ntw")
    assert list(reader.read()) == [b"one"]
    os.write(writing, b"o\n")
    assert list(reader.read()) == [b"two"]
    os.write(writing, b"unfinished")
    os.close(writing)
    assert list(reader.read()) == [b"unfinished"]
    assert reader.at_end
    assert list(reader.last) == ["one", "two", "unfinished"]
    os.close(reading)


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    reading, writing = os.pipe()
    reader = LineReader(reading)
    read: list[bytes] = []
    for _ in range(LONGEST_LINE // 65536 + 1):
        os.write(writing, b"x" * 65536)
        read += reader.read()
    assert [len(line) for line in read] == [LONGEST_LINE + 65536]
    os.close(writing)
    os.close(reading)
