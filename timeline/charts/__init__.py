"""Pictures of events: functions that take events and return a matplotlib Figure, and set nothing global."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from timeline.charts.casualties import casualties, casualties_scene
from timeline.charts.compare import comparison, multiples
from timeline.charts.ledger import ledger, ledger_scene
from timeline.charts.map import map_, map_scene
from timeline.charts.network import MOST_EVENTS, network, network_scene
from timeline.charts.overview import overview, overview_scene
from timeline.charts.scene import Scene, paint, save
from timeline.charts.sizes import page
from timeline.charts.strip import strip
from timeline.errors import InputError
from timeline.records import Article, Event

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "KINDS", "casualties", "comparison", "ledger", "map_", "multiples", "network", "overview", "plot", "save", "strip",
]  # fmt: skip

KINDS = ("ledger", "overview", "casualties", "network", "actors", "map")
ROWS, TALL = 45, 120


def plot(
    events: Sequence[Event],
    *,
    articles: Mapping[str, Article] | None = None,
    kind: str | None = None,
    by: str = "type",
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Figure:
    """Draw events in the form that suits their number, and say in the foot which one that is and why.

    Parameters
    ----------
    events : sequence of Event
        In any order; the same events give the same picture.
    articles : mapping of str to Article, optional
        By id; gives publishers, and sentences where there is room for them.
    kind : {"ledger", "overview", "casualties", "network", "actors", "map"}, optional
        Without it: a ledger up to 45 events, a tall ledger up to 120, else an overview; on a slide an overview as soon
        as the ledger would not fit. ``network`` draws actors and events, ``actors`` the actors alone,
        ``map`` the events at their places.
    by : {"type", "family", "actor", "place", "source", "storyline"}
        What the lanes are; for a storyline see `timeline.charts.storylines.storylines`.
    width : str or float
        "A3", "A4" (upright), "A4-landscape", "screen", "slide", or a width in inches.
    title, note : str, optional
    language : str
        Language of dates: ar, de, en, es, fr, ru or uk.

    Raises
    ------
    InputError
        If the kind, ``by``, language or width is unknown, or the width too small for any text.

    Examples
    --------
    >>> plot([]).get_size_inches()[0].round(2)
    np.float64(16.54)
    """
    return paint(_scene(events, articles, kind, by, width, title, note, language))


def _scene(
    events: Sequence[Event],
    articles: Mapping[str, Article] | None,
    kind: str | None,
    by: str,
    width: str | float,
    title: str | None,
    note: str | None,
    language: str,
) -> Scene:
    if kind is not None and kind not in KINDS:
        raise InputError(f"there is no kind of picture {kind!r}", advice=f"choose one of {', '.join(KINDS)}")
    about = {"articles": articles, "width": width, "title": title, "note": note, "language": language}
    if kind == "casualties":
        return casualties_scene(events, **about)  # type: ignore[arg-type]
    if kind == "map":
        return map_scene(events, **about)  # type: ignore[arg-type]
    if kind == "actors" or (kind == "network" and len(events) > MOST_EVENTS):
        why = f"{len(events)} events are too many for boxes: actors alone are drawn." if kind == "network" else ""
        return network_scene(events, view="actors", remarks=(why,), **about)  # type: ignore[arg-type]
    if kind == "network":
        return network_scene(events, view="events", **about)  # type: ignore[arg-type]
    number, sheet = len({event.id for event in events}), page(width)
    if kind == "overview" or (kind is None and number > TALL):
        why = "" if kind else f"{number} events: drawn as an overview, as more than {TALL} rows are no picture."
        return overview_scene(events, by=by, remarks=(why,), **about)  # type: ignore[arg-type]
    form = "a tall ledger" if number > ROWS else "a ledger"
    why = "" if kind or not number else f"{number} event{'' if number == 1 else 's'}: drawn as {form}."
    scene = ledger_scene(events, by=by, remarks=(why,), fewer=kind is not None, **about)  # type: ignore[arg-type]
    if kind is None and sheet.height and scene.height > sheet.height * 1.02:
        why = f"{number} events: drawn as an overview, as their rows do not fit the page."
        return overview_scene(events, by=by, remarks=(why,), **about)  # type: ignore[arg-type]
    return scene
