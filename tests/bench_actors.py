"""Time of finding actors and places, against the time of the language model: ``python tests/bench_actors.py``."""

from __future__ import annotations

import time
from pathlib import Path

from timeline.actors import Actors, find_actors
from timeline.gazetteer import lookup
from timeline.language import reader
from timeline.places import find_places
from timeline.records import Article

ARTICLES = Path(__file__).parents[1] / "data" / "articles"


def main() -> None:
    """Print CPU seconds for each step over the sample articles."""
    start = time.process_time()
    lookup("Homs")
    print(f"first look-up        {time.process_time() - start:8.3f} s")
    texts = [path.read_text(encoding="utf-8").split("---\n", 2)[-1] for path in sorted(ARTICLES.glob("*.txt"))]
    start = time.process_time()
    documents = list(reader()(Article(str(number), text) for number, text in enumerate(texts)))
    model = time.process_time() - start
    words = sum(len(document.tokens) for document in documents)
    print(f"language model       {model:8.3f} s for {len(texts)} articles, {words} words")
    own = Actors()
    for number in range(100_000):
        own.add(f"Group {number} of the Valley", kind="rebel", aliases=[f"GV{number}"])
    own.matching()
    for name, step in (
        ("actors", lambda document: list(find_actors(document))),
        ("actors, 100,000 own", lambda document: list(find_actors(document, actors=own))),
        ("places", lambda document: list(find_places(document))),
    ):
        start = time.process_time()
        found = sum(len(step(document)) for document in documents)
        spent = time.process_time() - start
        print(f"{name:20} {spent:8.3f} s, {found} mentions, {spent / model:.1%} of the language model")


if __name__ == "__main__":
    main()
