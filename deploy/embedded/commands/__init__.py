"""The commands of ./camp, a module each, with `run(arguments) -> exit code`."""
