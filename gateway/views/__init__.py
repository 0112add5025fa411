"""What the pages show, worked out from the services' answers; no Flask, no language, no I/O."""
