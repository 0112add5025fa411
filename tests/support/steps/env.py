"""Where Alembic enters; the kernel does the rest."""

from services.kernel.migrations import run

run()
