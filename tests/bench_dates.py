"""Speed of date finding alone: ``python tests/bench_dates.py [FILE ...]``.

Each FILE is JSON lines with ``text`` and, if known, ``dct`` or ``published``; without one, invented text is used.
Prints tokens (words between spaces) per CPU second for each file.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path

from timeline.dates import find_dates_in

INVENTED = (
    "GOMA, Aug 6 (AFP) - Gunmen attacked a convoy on Friday night, killing at least six people, two days after a truce "
    "took effect. The army said on 3 May 2011 that it had retaken the town; in late 2010 it fell to rebels. Talks ran "
    "from 8 to 10 March and will resume next week. About 1,200 families have fled since the beginning of the year. "
)


def tokens_per_second(texts: list[tuple[str, dt.date | None]]) -> float:
    """Tokens per CPU second, after one warm-up call."""
    list(find_dates_in(INVENTED, published=dt.date(2012, 8, 6)))
    start = time.process_time()
    for text, published in texts:
        for _ in find_dates_in(text, published=published):
            pass
    return sum(len(text.split()) for text, _ in texts) / (time.process_time() - start)


def load(path: Path) -> list[tuple[str, dt.date | None]]:
    """Texts of a file with their day of publication."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    days = [(row.get("published") or row.get("dct") or "")[:10] for row in rows]
    return [(row["text"], dt.date.fromisoformat(day) if day else None) for row, day in zip(rows, days, strict=True)]


def main() -> None:
    """Print the figures."""
    sets = {Path(name).name: load(Path(name)) for name in sys.argv[1:]}
    for name, texts in (sets or {"invented": [(INVENTED * 40, dt.date(2012, 8, 6))] * 20}).items():
        print(f"{name}: {tokens_per_second(texts):,.0f} tokens per CPU second")


if __name__ == "__main__":
    main()
