"""The house rules: imports go down only, parsers touch nothing, no circles."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "parsers": set(),
    "store": {"parsers"},
    "ingest": {"parsers", "store"},
    "publish": {"parsers", "store"},
    "desk": {"parsers", "store", "publish"},
    "wire": {"parsers", "store", "ingest", "publish", "desk"},
}
OUTSIDE = {
    "httpx",
    "httpcore",
    "socket",
    "sqlite3",
    "sqlite_utils",
    "urllib.request",
    "requests",
    "time",
    "threading",
}
CLOCK = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
FILES = [path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST, *, top_level_only: bool = False) -> set[str]:
    names: set[str] = set()
    nodes = tree.body if top_level_only and isinstance(tree, ast.Module) else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_only(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    rooms = {name.split(".")[0] for name in imported(ast.parse(path.read_text()))} & set(MAY_IMPORT)
    assert rooms <= MAY_IMPORT[room] | {room}


@pytest.mark.parametrize("path", sorted((ROOT / "parsers").rglob("*.py")), ids=lambda path: path.name)
def test_parsers_touch_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = imported(tree)
    assert not {name for name in names if name in OUTSIDE or name.split(".")[0] in OUTSIDE}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in CLOCK, f"{path}:{node.lineno} reads the clock"


def test_no_circles() -> None:
    modules = {module_of(path): path for path in FILES}
    graph = {
        name: {
            found
            for found in imported(ast.parse(path.read_text()), top_level_only=True)
            if found in modules
            and found != name
            and not name.startswith(found + ".")
            and path.name != "__init__.py"
        }
        for name, path in modules.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join([*trail, name])
        if name in done:
            return
        for below in sorted(graph[name]):
            visit(below, (*trail, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_the_house_stands() -> None:
    assert FILES
    for room in (*MAY_IMPORT, "cron", "fixtures", "tests"):
        assert (ROOT / room).is_dir()
