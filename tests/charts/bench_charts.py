"""CPU of the pictures, beside bare matplotlib drawing the same texts: ``python tests/charts/bench_charts.py``."""

from __future__ import annotations

import importlib.util
import io
import statistics
import time
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from timeline import charts
from timeline.charts.ledger import ledger_scene

_SPEC = importlib.util.spec_from_file_location("invented", Path(__file__).with_name("conftest.py"))
invented = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(invented)


def _bare(scene) -> None:
    """The same texts and as many markers, with no layout at all."""
    figure = Figure(figsize=(scene.width / 72, scene.height / 72), dpi=200)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    axes.axis("off")
    for item in scene.texts:
        axes.text(
            item.x, item.y, item.text, fontsize=item.size, rotation=90 if item.turned else 0, fontweight=item.weight
        )
    for x, y in np.random.default_rng(0).random((len(scene.marks), 2)) * [scene.width, scene.height]:
        axes.plot([x], [y], "o")
    figure.savefig(io.BytesIO(), format="png", dpi=200)


def _cpu(work, rounds: int = 5) -> float:
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def _drawn(**style) -> None:
    figure = charts.plot(**style)
    figure.savefig(io.BytesIO(), format="png", dpi=figure.dpi)


def main() -> None:
    """Print a table."""
    forty = [invented.make_event(k) for k in range(40)]
    scene = ledger_scene(forty)
    ours, bare = _cpu(lambda: _drawn(events=forty)), _cpu(lambda: _bare(scene))
    print(f"ledger of 40: {ours:.2f} s, bare matplotlib {bare:.2f} s, ratio {ours / bare:.2f}")
    for number in (1000, 10_000):
        events = [invented.make_event(k) for k in range(number)]
        print(f"overview of {number}: {_cpu(lambda many=events: _drawn(events=many), 2):.2f} s")
    for kind in ("network", "actors", "casualties"):
        print(f"{kind} of 40: {_cpu(lambda what=kind: _drawn(events=forty, kind=what), 3):.2f} s")


if __name__ == "__main__":
    main()
