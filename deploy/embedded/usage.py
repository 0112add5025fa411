"""The commands and the text of `./camp help`; loads nothing, so that help works from the start."""

COMMANDS = {
    "up": "up",
    "down": "down",
    "status": "status",
    "logs": "logs",
    "part": "part",
    "config": "config",
    "doctor": "doctor",
    "admin": "admin",
    "test": "test",
}

USAGE = """\
Usage: ./camp COMMAND

  up [--detach] [--verbose]   Start the whole suite and show how it does; Ctrl-C stops it.
                              --detach: come back once it is ready, it runs on. --verbose: show every line.
  down                        Stop the suite.
  status                      Tell which parts run.
  logs [PART] [-f] [-n N]     Show the last lines of the logs, of all parts or one; -f goes on showing them.
  part stop|start NAME        Keep one part stopped, or start it again, while the rest runs.
  config                      Show every setting, its value and where that comes from.
  doctor                      Look for faults and tell the mend of each.
  admin create --email ADDR   Make an administrator's account; the password is asked for.
  test [PYTEST ARGUMENTS]     Install what the tests need and run them.
  help                        Show this.

Settings are environment variables, such as CAMP_PORT=8090 ./camp up; README.md lists them all.
"""
