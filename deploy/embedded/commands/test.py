"""`./camp test [pytest arguments]`: install what the tests need, then run them in the checkout."""

import os
import sys

from deploy.embedded.settings import CHECKOUT
from deploy.embedded.setup.frontend import FOR_TESTS, install_frontend
from deploy.embedded.setup.translations import compile_translations
from deploy.embedded.testing.debian import install_missing


def run(arguments: list[str]) -> int:
    """Become pytest, run from the checkout; the reasons of skipped tests are listed at the end."""
    for notice in (install_missing(), install_frontend(purpose=FOR_TESTS)):
        if notice:
            print(f"camp: {notice}", file=sys.stderr, flush=True)
    compile_translations()
    os.chdir(CHECKOUT)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "pytest", "-rs", *arguments])
