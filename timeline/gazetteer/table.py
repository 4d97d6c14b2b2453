"""Tables of plain facts in timeline/lexicons, checked as they are read."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from timeline.errors import LexiconError

__all__ = ["read_rows", "split"]


def read_rows(name: str, columns: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each row of a table with the place to name in an error.

    Raises
    ------
    LexiconError
        If the head is not the given columns or a row has more or fewer cells.

    Examples
    --------
    >>> where, row = next(read_rows("nouns.csv", ("noun", "kind", "person", "armed", "example")))
    >>> where
    'nouns.csv:2'
    """
    text = (files("timeline") / "lexicons" / name).read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines(), strict=True)
    head = next(rows, [])
    if head != list(columns):
        raise LexiconError(f"columns are {head}", where=name, advice=f"write {','.join(columns)}")
    for cells in rows:
        where = f"{name}:{rows.line_num}"
        if len(cells) != len(head):
            raise LexiconError(f"{len(cells)} cells", where=where, advice=f"a row has {len(head)}")
        yield where, dict(zip(head, (cell.strip() for cell in cells), strict=True))


def split(cell: str) -> tuple[str, ...]:
    """The entries of a cell that holds several, parted by semicolons.

    Examples
    --------
    >>> split("FSA; Syrian Free Army")
    ('FSA', 'Syrian Free Army')
    """
    return tuple(part.strip() for part in cell.split(";") if part.strip())
