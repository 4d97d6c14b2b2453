"""The layers of the house, kept over the syntax trees of all rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import timeline

ROOT = Path(timeline.__file__).parent
LAYERS = (
    ("errors", "explanation", "when"),
    ("records",),
    ("codec",),
    ("sides", "redaction", "lexicon", "gazetteer", "language"),
    ("headline", "sources"),
    ("dates", "counts", "actors", "places", "triggers"),
    ("extraction",),
    ("link",),
    ("frame", "graph", "evaluation"),
    ("charts", "report", "page", "store", "io"),
    ("timeline",),
    ("flow",),
    ("scale", "cli"),
    ("__main__",),
)
LAYER = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
HEAVY = {
    "pandas": ("frame", "charts", "io", "timeline", "flow"),
    "networkx": ("graph", "charts", "io", "timeline"),
    "matplotlib": ("charts", "timeline"),
    "dateparser": ("dates",),
    "text_to_num": ("counts",),
    "rapidfuzz": ("link",),
    "onnxruntime": ("language",),
    "spacy": ("language",),
    "trafilatura": ("io",),
    "sqlite3": ("store",),
    "dask": ("scale",),
    "click": ("cli",),
    "tqdm": ("cli", "flow"),
}
STANDARD = ("errors", "records", "codec", "sides", "when", "explanation", "redaction")
PATHS = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def room_of(path: Path) -> str:
    """The room that a file belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Modules that a file imports at run time, at the top or inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            skipped.update(id(child) for child in ast.walk(node))
        elif id(node) in skipped:
            continue
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield from (f"timeline.{alias.name}" for alias in node.names) if module == "timeline" else (module,)


def test_every_room_has_a_layer() -> None:
    """A new room has to be given its place."""
    assert {room_of(path) for path in PATHS} <= set(LAYER)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_import_only_from_the_left(path: Path) -> None:
    """No room imports one of its own layer or of a later one."""
    room = room_of(path)
    for module in imports(path):
        parts = module.split(".")
        if parts[0] == "timeline" and len(parts) > 1 and parts[1] != room and parts[1] in LAYER:
            assert LAYER[parts[1]] < LAYER[room], f"{room} imports {parts[1]}"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    """Each library is used where it belongs, and the records use none."""
    room = room_of(path)
    for module in imports(path):
        library = module.split(".")[0]
        if library in HEAVY:
            assert room in HEAVY[library], f"{room} imports {library}"


def test_no_file_grows_beyond_measure() -> None:
    """A file past 600 lines is to become a folder with the same face."""
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in PATHS}
    assert {name: lines for name, lines in long.items() if lines > 600} == {}
