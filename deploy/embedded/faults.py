"""What keeps a command from doing its work, told to a person in one line with the mend."""


class Fault(Exception):
    """A command cannot go on; each of its lines names what is wrong and what to do about it."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
