"""House rules that nobody would see broken in a review."""

import ast
import importlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from deploy.embedded.duties import EVENTS, queue_names

CHECKOUT = Path(__file__).resolve().parents[2]
ROOTS = ("services", "gateway", "deploy")
LONGEST_FILE = 300
SKIPPED = ("node_modules", "migrations")
# metrics.py: the switch is prometheus_client's own
READERS_OF_THE_ENVIRONMENT = ("settings.py", "metrics.py")


def our_files() -> list[Path]:
    files = [path for root in ROOTS for path in (CHECKOUT / root).rglob("*.py")]
    return sorted(path for path in files if not set(SKIPPED) & set(path.parts))


def name_of(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public_parts(body: Iterable[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    parts = (node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return (node for node in parts if not node.name.startswith("_"))


def faults(look: Callable[[Path, ast.Module], Iterable[object]]) -> list[str]:
    """Where `look` finds something in our code, as path:what."""
    found = []
    for path in our_files():
        found += [f"{name_of(path)}:{fault}" for fault in look(path, ast.parse(path.read_text()))]
    return found


def test_a_file_is_short_and_says_what_it_is() -> None:
    def look(path: Path, tree: ast.Module) -> Iterator[object]:
        lines = path.read_text().count("\n")
        if lines > LONGEST_FILE:
            yield f"{lines} lines"
        if tree.body and not ast.get_docstring(tree):
            yield "opens without a sentence"

    assert faults(look) == []


def test_what_is_public_says_what_it_means() -> None:
    def look(_: Path, tree: ast.Module) -> Iterator[object]:
        for node in public_parts(tree.body):
            if not ast.get_docstring(node):
                yield node.name
            if isinstance(node, ast.ClassDef):
                yield from (
                    f"{node.name}.{part.name}"
                    for part in public_parts(node.body)
                    if isinstance(part, ast.FunctionDef) and not ast.get_docstring(part)
                )

    assert faults(look) == []


def test_imports_stand_at_the_top() -> None:
    def look(_: Path, tree: ast.Module) -> Iterator[object]:
        for function in functions(tree):
            for inner in ast.walk(function):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield inner.lineno

    assert faults(look) == []


def test_only_settings_read_the_environment() -> None:
    def look(path: Path, tree: ast.Module) -> Iterator[object]:
        if name_of(path).startswith("deploy/") or path.name in READERS_OF_THE_ENVIRONMENT:
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv"):
                yield node.lineno

    assert faults(look) == []


def test_the_domain_has_no_clock_and_touches_nothing() -> None:
    forbidden = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "open", "print"}

    def look(path: Path, tree: ast.Module) -> Iterator[object]:
        if "domain" in path.parts:
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
            yield from sorted({ast.unparse(call.func) for call in calls} & forbidden)

    assert faults(look) == []


def test_every_consumer_of_an_event_exists_and_its_queue_has_a_worker() -> None:
    heard = [one for events in EVENTS for one in events.values() if one is not None]
    assert heard
    for subscription in heard:
        module, _, function = subscription.function.rpartition(".")
        assert callable(getattr(importlib.import_module(module), function))
        assert subscription.queue in queue_names()


@pytest.mark.parametrize(
    "folder",
    [path.parent for root in ROOTS for path in sorted((CHECKOUT / root).rglob("migrations/env.py"))],
    ids=name_of,
)
def test_migrations_have_one_head(folder: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1
