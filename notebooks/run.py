"""Run every notebook beside this file from top to bottom; with --write, keep the outputs.

A notebook that raises, or whose kept outputs have no picture where they had one, fails.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent


def run(path: Path, *, write: bool) -> None:
    """Execute one notebook in its own folder."""
    notebook = nbformat.read(path, as_version=4)
    kept = pictures(notebook)
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}).execute()
    if write:
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
        notebook.metadata = {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
        nbformat.write(notebook, path)
    elif pictures(notebook) != kept:
        sys.exit(f"{path.name}: {pictures(notebook)} pictures, {kept} kept; run notebooks/run.py --write")


def pictures(notebook: nbformat.NotebookNode) -> int:
    """The number of PNG outputs."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return sum("image/png" in output.get("data", {}) for cell in cells for output in cell.outputs)


if __name__ == "__main__":
    for name in sorted(HERE.glob("*.ipynb")):
        run(name, write="--write" in sys.argv)
