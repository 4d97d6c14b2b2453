"""News text in; dated conflict events, a graph and timeline pictures out.

>>> import timeline as tl
>>> tl.__version__
'0.1.0'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from timeline.actors import Actors, find_actors
    from timeline.charts import network, plot
    from timeline.counts import find_counts
    from timeline.dates import find_dates
    from timeline.errors import (
        InputError,
        LexiconError,
        MissingExtraError,
        ModelError,
        OutputError,
        TimelineError,
    )
    from timeline.extraction import FINDERS, Extraction, Unresolved
    from timeline.flow import extract
    from timeline.frame import codebook, from_frame, to_frame
    from timeline.graph import to_graph
    from timeline.io import Corpus, read
    from timeline.language.document import Document
    from timeline.lexicon import Lexicon
    from timeline.places import find_places
    from timeline.records import (
        Actor,
        Article,
        Attribution,
        Claim,
        Count,
        Event,
        Mention,
        Place,
        Role,
        Skipped,
        Span,
        TimeExpression,
        Total,
        Trigger,
        When,
    )
    from timeline.timeline import Timeline
    from timeline.triggers import find_triggers

__version__ = "0.1.0"

_ROOMS = {
    "actors": ("Actors", "find_actors"),
    "charts": ("network", "plot"),
    "counts": ("find_counts",),
    "dates": ("find_dates",),
    "errors": ("InputError", "LexiconError", "MissingExtraError", "ModelError", "OutputError", "TimelineError"),
    "extraction": ("FINDERS", "Extraction", "Unresolved"),
    "flow": ("extract",),
    "frame": ("codebook", "from_frame", "to_frame"),
    "graph": ("to_graph",),
    "io": ("Corpus", "read"),
    "language.document": ("Document",),
    "lexicon": ("Lexicon",),
    "places": ("find_places",),
    "records": (
        "Actor", "Article", "Attribution", "Claim", "Count", "Event", "Mention", "Place", "Role", "Skipped", "Span",
        "TimeExpression", "Total", "Trigger", "When",
    ),
    "timeline": ("Timeline",),
    "triggers": ("find_triggers",),
}  # fmt: skip
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "FINDERS",
    "Actor",
    "Actors",
    "Article",
    "Attribution",
    "Claim",
    "Corpus",
    "Count",
    "Document",
    "Event",
    "Extraction",
    "InputError",
    "Lexicon",
    "LexiconError",
    "Mention",
    "MissingExtraError",
    "ModelError",
    "OutputError",
    "Place",
    "Role",
    "Skipped",
    "Span",
    "TimeExpression",
    "Timeline",
    "TimelineError",
    "Total",
    "Trigger",
    "Unresolved",
    "When",
    "codebook",
    "extract",
    "find_actors",
    "find_counts",
    "find_dates",
    "find_places",
    "find_triggers",
    "from_frame",
    "network",
    "plot",
    "read",
    "to_frame",
    "to_graph",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562), so that ``import timeline`` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'timeline' has no attribute {name!r}")
    value = getattr(import_module(f"timeline.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
