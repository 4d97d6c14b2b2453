"""The public face: names, what importing costs, and that functions stay functions."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import timeline

ROOT = Path(timeline.__file__).parent
HEAVY = (
    "matplotlib",
    "pandas",
    "numpy",
    "networkx",
    "onnxruntime",
    "dateparser",
    "rapidfuzz",
    "text_to_num",
    "click",
    "tqdm",
)


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent, timeout=120
    )
    return done.stdout.strip()


def test_importing_is_cheap() -> None:
    """``import timeline`` takes less than 0.1 seconds of processor time and loads no heavy library."""
    code = (
        "import sys, time; start = time.process_time(); import timeline; "
        f"print(time.process_time() - start, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    cost, loaded = python(code).split(" ", 1)
    assert loaded == "[]"
    assert float(cost) < 0.1


@pytest.mark.parametrize("name", timeline.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Each name of the face can be had, and is listed."""
    assert getattr(timeline, name) is not None
    assert name in dir(timeline)


def test_the_version_is_said_once_and_the_same() -> None:
    """The version of the package is that of the project file."""
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert timeline.__version__ == project["project"]["version"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A misspelt name fails as in any module."""
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        timeline.extrakt  # noqa: B018


def test_functions_stay_functions_when_all_rooms_are_imported() -> None:
    """No room bears the name of a public function, so importing it takes none away."""
    rooms = [module.name for module in pkgutil.walk_packages([str(ROOT)], "timeline.")]
    rooms = [name for name in rooms if name not in ("timeline.language.train", "timeline.language.adapters")]
    code = (
        "import importlib, timeline\n"
        f"for name in {rooms!r}:\n"
        "    try:\n"
        "        importlib.import_module(name)\n"
        "    except ImportError as error:\n"
        "        assert error.name and not error.name.startswith('timeline'), name\n"
        "print([name for name in timeline.__all__ if type(getattr(timeline, name)).__name__ == 'module'],"
        " callable(timeline.extract), callable(timeline.read))"
    )
    assert python(code) == "[] True True"


def test_lists_of_names_are_true() -> None:
    """Whatever a room says it offers is there."""
    for module in pkgutil.walk_packages([str(ROOT)], "timeline."):
        if module.name == "timeline.language.train":
            continue
        room = importlib.import_module(module.name)
        for name in getattr(room, "__all__", ()):
            assert hasattr(room, name), f"{module.name}.{name}"
