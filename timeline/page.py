"""One self-contained HTML page: the timeline, filters, and the text of every article with the spans of an event marked.

The list of events is plain HTML and reads without scripts; a script of the page's own adds filters, a strip of time and
the reader. Nothing is fetched: a content security policy forbids every request. The data stays readable JSON inside.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from timeline.errors import LexiconError
from timeline.headline import headline, toll
from timeline.records import Article, Event, Span
from timeline.when import format_when, sort_key

__all__ = ["page"]

_FAMILIES = ("violence", "control", "allegiance", "people", "diplomacy", "report", "other")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NOT_ACTORS = ("facility", "object", "media", "source")


@cache
def _asset(name: str) -> str:
    return (files("timeline") / "web" / name).read_text(encoding="utf-8")


@cache
def _families() -> Mapping[str, str]:
    from timeline.lexicon import load

    try:
        return {name: kind.family for name, kind in load().types.items()}
    except LexiconError:
        return {}


def page(
    events: Sequence[Event], *, articles: Iterable[Article] | Mapping[str, Article] = (), title: str | None = None
) -> str:
    """Write a page that shows events and the texts behind them, from one file and without any server.

    Parameters
    ----------
    events : sequence of Event
    articles : iterable of Article or mapping of str to Article
        Only those that an event refers to are put into the page.
    title : str, optional

    Returns
    -------
    str
        HTML; every text of the input is escaped.

    Examples
    --------
    >>> "0 events" in page([])
    True
    """
    texts = articles.values() if isinstance(articles, Mapping) else articles
    ordered = sorted({event.id: event for event in events}.values(), key=lambda event: (sort_key(event.when), event.id))
    known = {article.id: article for article in texts}
    shown = [_record(event, known) for event in ordered]
    used = {span["article"] for record in shown for span in record["spans"]} | {event.article for event in ordered}
    hidden = _hidden(ordered)
    data = {
        "note": "As reported, not verified. Offsets are code points, half open, in the text of the article.",
        "families": list(_FAMILIES),
        "months": _MONTHS,
        "events": shown,
        "articles": [_text(known[key], hidden.get(key, ())) for key in sorted(used & set(known))],
    }
    name = " ".join((title or "").split()) or "Timeline of reported events"
    return "".join(_html(name, ordered, data))


def _hidden(events: Iterable[Event]) -> dict[str, list[Span]]:
    """Redacted spans by article: their letters do not enter the page."""
    out: dict[str, list[Span]] = {}
    for event in events:
        for _, _, span in _spans(event):
            if span.redacted:
                out.setdefault(span.article or event.article, []).append(span)
    return out


def _text(article: Article, hidden: Iterable[Span]) -> dict[str, Any]:
    text = article.text
    for span in hidden:
        text = text[: span.start] + "█" * (span.end - span.start) + text[span.end :]
    published = article.published.isoformat() if article.published else None
    return {"id": article.id, "title": article.title, "source": article.source, "published": published, "text": text}


def _spans(event: Event) -> Iterator[tuple[str, str, Span]]:
    """Every span of an event: what it stands for, how it is marked, where it is."""
    yield event.type.replace("_", " "), "trigger", event.trigger
    for span in event.triggers:
        yield event.type.replace("_", " "), "trigger", span
    if event.when.span is not None:
        yield "date", "when", event.when.span
    for role in event.roles:
        yield role.role.replace("_", " "), "role", role.span
    if event.place is not None and event.place.span is not None:
        yield "place", "place", event.place.span
    for count in event.counts:
        yield count.harm, "count", count.span
    for claim in event.claims:
        yield f"claim: {claim.field}", "count", claim.span
    if event.attribution is not None and event.attribution.span is not None:
        yield "source", "source", event.attribution.span


def _record(event: Event, known: Mapping[str, Article]) -> dict[str, Any]:
    """What the script needs of an event."""
    when, said = event.when, headline(event)
    spans = sorted(
        {(span.article or event.article, span.start, -span.end, field, kind) for field, kind, span in _spans(event)}
    )
    actors = list(dict.fromkeys(role.name for role in event.roles if role.name and role.kind not in _NOT_ACTORS))
    place = event.place.name if event.place is not None else None
    words = " ".join([said, event.type, place or "", *actors, _source(event, known)]).lower()
    return {
        "id": event.id,
        "type": event.type,
        "family": _families().get(event.type, "other"),
        "headline": said,
        "date": format_when(when),
        "start": when.start and when.start.isoformat(),
        "end": when.end and when.end.isoformat(),
        "ongoing": when.ongoing_at and when.ongoing_at.isoformat(),
        "kind": when.kind,
        "factuality": event.factuality,
        "confidence": event.confidence,
        "place": place,
        "actors": actors,
        "words": words,
        "facts": _facts(event, known),
        "spans": [
            {"article": article, "start": start, "end": -end, "field": field, "kind": kind}
            for article, start, end, field, kind in spans
        ],
    }


def _source(event: Event, known: Mapping[str, Article]) -> str:
    said = event.attribution.source if event.attribution is not None and event.attribution.source else "no source named"
    article = known.get(event.article)
    printed = event.sources or ((article.source,) if article is not None and article.source else ())
    return f"{said} ({', '.join(printed)})" if printed else said


def _facts(event: Event, known: Mapping[str, Article]) -> list[tuple[str, str]]:
    """The event as a list of names and values."""
    out = [("date", f"{format_when(event.when)} (precision: {event.when.precision}, {event.when.basis})")]
    if event.place is not None and event.place.name:
        out.append(
            ("place", ", ".join(dict.fromkeys(part for part in (event.place.name, event.place.country_name) if part)))
        )
    for role in event.roles:
        name = "[protected]" if role.span.redacted else role.name or role.span.text or "?"
        by = f", says {role.claimed_by}" if role.claimed_by else ""
        out.append((role.role.replace("_", " "), f"{name}{by}{', disputed' if role.disputed else ''}"))
    for harm, total in (("killed", event.killed), ("wounded", event.wounded)):
        if total is not None:
            out.append((harm, toll(total)))
    out += [
        (f"{count.harm} (figure)", f"{count.span.text or '█'}: {count.source or 'no source named'}")
        for count in event.counts
    ]
    out += [
        ("source", _source(event, known)),
        ("reports", str(event.n_sources)),
        ("factuality", event.factuality),
        ("confidence", f"{event.confidence:.2f}"),
        ("id", event.id),
    ]
    return out


def _options(values: Iterable[str], every: str) -> str:
    listed = "".join(f'<option value="{escape(value)}">{escape(value)}</option>' for value in sorted(set(values)))
    return f'<option value="">{every}</option>{listed}'


def _json(data: Any) -> str:
    """JSON that cannot end its script element; one line an event."""
    lines = json.dumps(data, ensure_ascii=False, indent=1)
    for char, code in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        lines = lines.replace(char, code)
    return lines.encode("utf-8", "replace").decode("utf-8")


def _html(title: str, events: Sequence[Event], data: Mapping[str, Any]) -> Iterator[str]:
    style, script = _asset("page.css"), _asset("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    number = len(events)
    facts = (
        f"{number} event{'' if number == 1 else 's'} from {len(data['articles'])} articles. As reported, not verified."
    )
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n'
    yield f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    yield '<a class="skip" href="#list">Skip to the events</a>\n'
    yield f"<header><h1>{escape(title)}</h1><p>{facts}</p></header>\n"
    yield from _filters(data)
    yield '<div id="strip"></div>\n<p class="key mute">Dot: day known. Pale band: some day in this window. '
    yield "Bar: lasted. Filled: confidence of 0.8 or more.</p>\n"
    yield '<p id="said" class="mute" role="status" aria-live="polite"></p>\n'
    yield '<main><section aria-labelledby="list"><h2 id="list" tabindex="-1">Events</h2>\n<ol class="events">\n'
    for event, record in zip(events, data["events"], strict=True):
        yield _row(event, record)
    yield "</ol>\n"
    yield "" if events else "<p>No events were found: there is nothing to show.</p>\n"
    yield '</section>\n<section id="reader" tabindex="0" aria-label="The event and its texts">'
    yield '<p class="mute">Choose an event to read the texts behind it, every span marked.</p>'
    yield "<noscript><p>Filters and texts need JavaScript; the list does not.</p></noscript></section></main>\n"
    yield f'<script type="application/json" id="data">\n{_json(data)}\n</script>\n'
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _filters(data: Mapping[str, Any]) -> Iterator[str]:
    events = data["events"]
    yield '<form id="filters" hidden aria-label="Filters">'
    yield '<label>Words <input type="search" name="words"></label>'
    yield f'<label>Type <select name="type">{_options((event["type"] for event in events), "all")}</select></label>'
    actors = _options((actor for event in events for actor in event["actors"]), "all")
    yield f'<label>Actor <select name="actor">{actors}</select></label>'
    places = _options((event["place"] for event in events if event["place"]), "all")
    yield f'<label>Place <select name="place">{places}</select></label>'
    yield '<label>From <input type="date" name="from"></label><label>To <input type="date" name="to"></label>'
    yield '<label class="tick"><input type="checkbox" name="happened"> only what is told as having happened</label>'
    yield '<button type="reset">Clear</button></form>\n'


def _row(event: Event, record: Mapping[str, Any]) -> str:
    tags: list[str] = [event.factuality] if event.factuality != "happened" else []
    tags += ["background"] if event.background else []
    tag = f' <span class="tag">{escape(", ".join(tags))}</span>' if tags else ""
    source = dict(record["facts"])["source"]
    who = " · ".join(part for part in (record["type"].replace("_", " "), record["place"] or "", source) if part)
    fill = "var(--c)" if event.confidence >= 0.8 else "#fff"
    sign = (
        f'<svg class="sign {record["family"]}" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7" '
        f'fill="{fill}" stroke="var(--c)" stroke-width="3"/></svg>'
    )
    return (
        f'<li data-id="{escape(event.id)}"><button type="button" aria-pressed="false">{sign}'
        f'<span class="when">{escape(record["date"])}{tag}</span>'
        f'<span class="what" dir="auto">{escape(record["headline"])}</span>'
        f'<span class="who" dir="auto">{escape(who)}</span></button></li>\n'
    )
