"""Alembic's way in; the kernel runs the migrations."""

from services.kernel.migrations import run

run()
