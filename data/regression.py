"""Logistic regression with a ridge penalty, by Newton's method: no chance in it. For the scripts beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Row = tuple[Mapping[str, float], bool, str]  # what is seen, what is right, the article
RAREST, FOLDS = 8, 5


def learned(rows: Sequence[Row], ridge: float) -> dict[str, float]:
    """The weight of every feature that is not too rare, and the bias."""
    often = Counter(name for seen, _, _ in rows for name in seen)
    places = {name: place for place, name in enumerate(sorted(name for name in often if often[name] >= RAREST))}
    table = np.zeros((len(rows), len(places) + 1))
    table[:, -1] = 1.0
    for number, (seen, _, _) in enumerate(rows):
        for name, value in seen.items():
            if name in places:
                table[number, places[name]] = value
    goal = np.array([right for _, right, _ in rows], dtype=float)
    penalty = np.append(np.full(len(places), ridge), 1e-6)
    weights = np.zeros(len(places) + 1)
    for _ in range(50):
        share = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (share - goal) + penalty * weights
        bend = (table * (share * (1 - share))[:, None]).T @ table + np.diag(penalty)
        weights -= np.linalg.solve(bend, slope)
    return dict(zip([*places, "bias"], weights.round(2).tolist(), strict=True))


def odds(weights: Mapping[str, float], seen: Mapping[str, float]) -> float:
    """The log-odds of what is seen."""
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in seen.items())


def judged(rows: Sequence[Row], ridge: float) -> Iterator[tuple[float, bool]]:
    """The odds of every row by weights that did not see its article, and what is right."""
    folds = {article: place % FOLDS for place, article in enumerate(sorted({article for _, _, article in rows}))}
    for fold in range(FOLDS):
        weights = learned([row for row in rows if folds[row[2]] != fold], ridge)
        yield from ((odds(weights, seen), right) for seen, right, article in rows if folds[article] == fold)


def figures(told: Sequence[tuple[float, bool]], floors: Sequence[float] = (-1.0, -0.3, 0.0, 0.5)) -> Iterator[str]:
    """Precision, recall and F1 of what is believed above each floor."""
    for floor in floors:
        right = sum(same for value, same in told if value > floor)
        believed, wanted = sum(value > floor for value, _ in told), sum(same for _, same in told)
        shares = right / max(believed, 1), right / max(wanted, 1), 2 * right / max(believed + wanted, 1)
        yield "above {}: P {:.2f} R {:.2f} F1 {:.2f}".format(floor, *shares)


def keep(
    paths: Sequence[str], rows_of: Callable[[dict[str, Any]], Iterable[Row]], ridge: float, out: Path, what: str
) -> Iterator[str]:
    """Learn from annotated articles, write the weights to ``out``, a name and number a line, and yield the figures."""
    articles = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    rows = [row for article in articles for row in rows_of(article)]
    yield from figures(list(judged(rows, ridge)))
    lines = [f"{name}\t{weight:g}" for name, weight in sorted(learned(rows, ridge).items())]
    out.write_text("\n".join([f"# {what}", *lines]) + "\n", encoding="utf-8")
