"""Events -> Events: the reports of one happening become one event, rival claims kept, copies counted once.

Two reports tell one happening if type, time and place agree and nothing in who took part speaks against it. Kinds of
violence are one family ("bombing", "the massacre"), but across types more must agree. A day off is allowed only where
one report gives no more than its publication day; up to three for what cannot happen twice in days (a town taken by
one side, a person's going over) and for the same large number of dead. A report that gives no day ("last month's
massacre") joins a dated one only on particular evidence (the place, and the type, toll or person), and none if two
would fit. Two towns with names of their own are two places; a village that no map knows is known by its name. Running
tolls are never joined to incidents. Reports of one article are joined only if they give the same large number of dead
in one place, or tell of fighting that goes on.
Copies of one text (shingles of five words, containment of at least 0.8) are one source family.
"""

from __future__ import annotations

from collections.abc import Iterable

from timeline.link.clusters import clusters
from timeline.link.copies import families
from timeline.link.joining import joined
from timeline.records import Article, Event

__all__ = ["families", "link"]


def link(events: Iterable[Event], *, articles: Iterable[Article] = ()) -> tuple[Event, ...]:
    """Join the reports of one happening.

    Parameters
    ----------
    events : iterable of Event
        Events of articles; events that are already linked stay as they are, new ones may join them.
    articles : iterable of Article
        Their articles: dates of publication (newest toll), sources and copies.

    Returns
    -------
    tuple of Event
        Sorted by article, trigger and type. Every span names its article; ``members`` are the ids joined, ``n_sources``
        counts source families, ``claims`` keep each differing value with its source.

    Examples
    --------
    >>> link(())
    ()
    """
    known = {article.id: article for article in articles}
    reports = sorted(events, key=_order)
    family = families(known.values())
    groups = clusters(reports, family)
    events_joined = [joined([reports[index] for index in group], known, family) for group in groups]
    return tuple(sorted(events_joined, key=_order))


def _order(event: Event) -> tuple[str, int, str, str]:
    return event.article, event.trigger.start, event.type, event.id
