"""Events, counts, time expressions, places, actors and links against gold: figures, and every error by class.

Gold is in the form of ``data/gold``: one article a line with its ``events``; or sentences with their ``expected``
casualty records; or documents with their ``timexes``; or reports with their ``location``; or articles with their
``actors``; or groups of ``mentions`` that tell one happening or several.
"""

from __future__ import annotations

from timeline.evaluation.actors import judged_mentions, score_actors
from timeline.evaluation.articles import score_events
from timeline.evaluation.counts import score_counts
from timeline.evaluation.figures import Miss, Scores
from timeline.evaluation.links import score_links
from timeline.evaluation.places import score_places
from timeline.evaluation.times import score_times

__all__ = [
    "Miss",
    "Scores",
    "judged_mentions",
    "score_actors",
    "score_counts",
    "score_events",
    "score_links",
    "score_places",
    "score_times",
]
