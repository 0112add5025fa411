"""`python -m deploy.embedded COMMAND …`: what ./camp becomes once the libraries are there."""

import importlib
import sys
import tempfile
import traceback

from deploy.embedded.faults import Fault
from deploy.embedded.usage import COMMANDS, USAGE


def main(arguments: list[str]) -> int:
    """Run a command and return its exit code; a fault is told in its lines, never as a traceback."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name in ("help", "-h", "--help") or (name != "test" and rest[:1] in (["-h"], ["--help"])):
        print(USAGE)
        return 0
    if name not in COMMANDS:
        print(f"camp: there is no command {name!r}; see ./camp help", file=sys.stderr)
        return 2
    try:
        # By name, so that each command loads only what it needs.
        module = importlib.import_module(f"deploy.embedded.commands.{COMMANDS[name]}")
        return int(module.run(rest))
    except Fault as fault:
        for line in fault.lines:
            print(f"camp: {line}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # as in `./camp logs | head`
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001 - the last resort: a person gets a line, the rest is in a file
        told = f"{type(error).__name__}: {error}".split("\n")[0]
        print(f"camp: this should not have happened ({told}); the details: {_keep_report()}", file=sys.stderr)
        return 1


def _keep_report() -> str:
    with tempfile.NamedTemporaryFile("w", prefix="camp-", suffix=".txt", delete=False) as file:
        traceback.print_exc(file=file)
    return file.name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
