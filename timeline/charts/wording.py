"""What a row says beside its headline: date, source, tags, rival claims, and the alt text of a picture."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from timeline.charts import text
from timeline.charts.axis import month_names
from timeline.headline import headline, toll
from timeline.records import Article, Count, Event, Total, When
from timeline.when import format_when

_MONTH_OF_A_DAY = {"ru": {"март": "марта", "май": "мая", "июнь": "июня", "июль": "июля"}}
_PRONOUNS = frozenset("i we you he she it they them him her us this that these those one who which some others".split())
_HYPHEN = re.compile(r"(?<=\w)-(?=\d)")
_LATER = re.compile(r"day not known, from (.+) on$")
_BETWEEN = re.compile(r"between (\d+) (\w+) (\d+) and (\d+) (\w+) (\d+)")


def _shorter(found: re.Match[str]) -> str:
    day, month, year, last_day, last_month, last_year = found.groups()
    first = (
        day
        if (month, year) == (last_month, last_year)
        else f"{day} {month}"
        if year == last_year
        else f"{day} {month} {year}"
    )
    return f"between {first} and {last_day} {last_month} {last_year}"


def date_text(when: When, language: str = "en") -> str:
    """The date of an event with its precision: in English in words, in other languages with their month names.

    Without words, ``≤`` is "at the latest", ``→`` "goes on", ``…`` "some day between", a dash "from to", ``~`` "about".

    Examples
    --------
    >>> date_text(When(dt.date(2012, 8, 5), dt.date(2012, 8, 6), "day"))
    '5 or 6 Aug 2012'
    >>> date_text(When(dt.date(2012, 8, 1), dt.date(2012, 8, 31), "month"), "de")
    'Aug. 2012'
    """
    if month_names(language) == month_names("en"):
        said = _HYPHEN.sub("–", format_when(when)).replace("day not known, by ", "by ").replace("about in ", "about ")
        said = _LATER.sub(r"\1 or later", _BETWEEN.sub(_shorter, said))
        next_day = when.start is not None and when.end is not None and (when.end - when.start).days == 1
        return said.replace("between ", "").replace(" and ", " or ") if next_day and when.kind == "point" else said
    start, end, months = when.start, when.end, month_names(language)
    about = "~ " if when.approximate else ""
    if start is None and end is None:
        return f"→ {day_text(when.ongoing_at, language)} →" if when.ongoing_at else "?"
    if start is None or end is None:
        if end is not None:
            return f"≤ {about}{day_text(end, language)}"
        return f"{about}{day_text(start, language)} →" if start else "?"
    if start == end:
        return about + day_text(start, language)
    if when.kind == "point" and when.precision == "month":
        return f"{about}{months[start.month - 1]} {start.year}"
    if when.kind == "point" and when.precision == "year":
        return f"{about}{start.year}"
    sign = "…" if when.kind == "point" else "–"
    if (start.year, start.month) == (end.year, end.month):
        return f"{about}{_number(start, language)}{sign}{day_text(end, language)}"
    return f"{about}{day_text(start, language)} {sign} {day_text(end, language)}"


def day_text(day: dt.date, language: str = "en") -> str:
    """One day.

    Examples
    --------
    >>> day_text(dt.date(2012, 7, 6), "ru"), day_text(dt.date(2012, 8, 6), "de"), day_text(dt.date(2012, 8, 1), "fr")
    ('6 июля 2012', '6. Aug. 2012', '1er août 2012')
    """
    month = month_names(language)[day.month - 1]
    return f"{_number(day, language)} {_MONTH_OF_A_DAY.get(_short_code(language), {}).get(month, month)} {day.year}"


def _number(day: dt.date, language: str) -> str:
    """The day of the month as the language writes it before a month."""
    if _short_code(language) == "de":
        return f"{day.day}."
    return "1er" if _short_code(language) == "fr" and day.day == 1 else str(day.day)


def _short_code(language: str) -> str:
    return language.replace("_", "-").split("-", maxsplit=1)[0].lower()


def publishers(event: Event, articles: Mapping[str, Article] | None) -> tuple[str, ...]:
    """Who published the reports of an event, each once, in order."""
    if event.sources:
        return tuple(dict.fromkeys(source for source in event.sources if source))
    article = (articles or {}).get(event.article)
    return (article.source,) if article is not None and article.source else ()


def who(name: str | None) -> str | None:
    """The name of a source; None for a bare pronoun, which names nobody.

    Examples
    --------
    >>> who("They"), who("one of them"), who("the mayor,")
    (None, None, 'the mayor')
    """
    said = text.tidy(name or "").strip(" ,;:")
    head = said.casefold().removeprefix("one of ").removeprefix("some of ")
    return None if head in _PRONOUNS else said or None


def source_text(event: Event, articles: Mapping[str, Article] | None) -> str:
    """Who says so, and who published it."""
    said = who(event.attribution.source) if event.attribution is not None else None
    printed = publishers(event, articles)
    number = max(event.n_sources, len(printed))
    if number > 1:
        reports = f"{number} reports" + (f": {', '.join(printed)}" if printed else "")
        return f"{said} · {reports}" if said else reports
    if said and printed and printed[0] not in said:
        return f"{said}, in {printed[0]}"
    return said or (printed[0] if printed else "no source named")


def place_text(event: Event) -> str:
    """The place, with its country where that is not the place itself."""
    place = event.place
    if place is None or not place.name:
        return ""
    country = place.country_name
    return place.name if not country or country == place.name else f"{place.name}, {country}"


def is_cumulative(event: Event) -> bool:
    """Whether the dead of an event are a toll over time, which no single incident may carry.

    A raised toll of one incident ("now stands at 18") is cumulative too, and is that incident's.
    """
    killed = [count for count in event.counts if count.harm == "killed"]
    return event.type == "casualty_report" or (bool(killed) and all(count.scope == "period" for count in killed))


def incident_dead(event: Event) -> Total | None:
    """Killed in the incident itself: bounds in persons, None where the text gives none or only a running toll."""
    killed = event.killed
    if (
        killed is None
        or is_cumulative(event)
        or event.factuality in ("denied", "negated", "planned", "threatened", "hypothetical")
    ):
        return None
    return None if (killed.low, killed.best, killed.high) == (None, None, None) else killed


def span_of(total: Total) -> tuple[int, int, int | None]:
    """Low, best and high of a total, missing ones filled from the others; an open high stays None."""
    known = [value for value in (total.best, total.low, total.high) if value is not None]
    best = known[0]
    low = total.low if total.low is not None else 0
    return min(low, best), best, total.high


def short_total(total: Total) -> str:
    """A total for the end of a bar.

    Examples
    --------
    >>> short_total(Total(11, 18, 27)), short_total(Total(18, 18, None)), short_total(Total(7, 7, 7))
    ('18 (11–27)', '18+', '7')
    """
    low, best, high = span_of(total)
    if (total.low, total.best, total.high) == (2, 3, None):
        return "several"
    if total.low is None and high is not None:
        return f"up to {high:,}"
    if high is None:
        return f"{best:,} ({low:,}+)" if low < best else f"{best:,}+"
    return f"{best:,}" if low == high else f"{best:,} ({low:,}–{high:,})"


def _claim_value(count: Count) -> str:
    return toll(Total(count.low, count.best, count.high))


def rivals(event: Event) -> tuple[str, ...]:
    """Rival claims as lists: numbers by source, then participants who are only blamed."""
    out = []
    for harm in ("killed", "wounded"):
        said: dict[str, None] = {}
        values: dict[str, None] = {}
        for count in event.counts:
            if count.harm == harm and not count.cumulative and count.subset_of is None and count.role == "victim":
                said.setdefault(f"{_claim_value(count)} ({who(count.source) or 'no source named'})")
                values.setdefault(_claim_value(count))
        for claim in event.claims:
            if claim.field == harm and isinstance(claim.value, Mapping):
                value = toll(Total(claim.value.get("low"), claim.value.get("best"), claim.value.get("high")))
                said.setdefault(f"{value} ({who(claim.source) or 'no source named'})")
                values.setdefault(value)
        if len(values) > 1:
            out.append(f"{harm.capitalize()}: {', '.join(said)}")
    return tuple(out)


def quote(event: Event, articles: Mapping[str, Article] | None) -> str:
    """The sentence of the text, on one line, empty where it is not known."""
    if event.sentence.text:
        return _inner(event.sentence.text)
    article = (articles or {}).get(event.sentence.article or event.article)
    if article is None:
        return ""
    return _inner(article.text[event.sentence.start : event.sentence.end])


def _inner(words: str) -> str:
    """Quotation marks within a quotation become single ones."""
    return text.tidy(words).replace('"', "'").replace("“", "‘").replace("”", "’")


def is_bare(event: Event) -> bool:
    """Whether the record knows neither who nor where, so that only the sentence of the text tells more."""
    return not event.roles and (event.place is None or not event.place.name) and event.type != "casualty_report"


def counted(names: Sequence[str], most: int = 60) -> str:
    """Names with their counts, the most frequent first.

    Examples
    --------
    >>> counted(["A", "B", "A"])
    'A 2, B 1'
    """
    ordered = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    listed = [f"{name} {count:,}" for name, count in ordered[:most]]
    if len(ordered) > most:
        listed.append(f"{len(ordered) - most} more")
    return ", ".join(listed)


def source_note(events: Sequence[Event], articles: Mapping[str, Article] | None) -> str:
    """The line that every picture carries: who reported, how often, and that nobody has checked it."""
    names = [name for event in events for name in publishers(event, articles) or ("no publisher named",)]
    unnamed = sum(event.attribution is None or not who(event.attribution.source) for event in events)
    listed = f"Reports by publisher: {counted(names)}. " if names else ""
    bare = f"{unnamed:,} of {len(events):,} name no source in the text. " if unnamed else ""
    return f"{listed}{bare}As reported, not verified."


def noted(note: str | None) -> list[str]:
    """The note of a picture as a sentence among its remarks; no note is no remark.

    Examples
    --------
    >>> noted("Drawn from three articles"), noted("Who knows?"), noted(None)
    (['Drawn from three articles.'], ['Who knows?'], [])
    """
    said = (note or "").strip()
    return [said if said.endswith((".", "!", "?")) else f"{said}."] if said else []


def summary(events: Sequence[Event], kind: str) -> str:
    """Alt text: how many events of which types, from when to when, and the deadliest incident."""
    days = [day for event in events for day in (event.when.start, event.when.end) if day is not None]
    spread = f", {min(days).isoformat()} to {max(days).isoformat()}" if days else ""
    types = counted([event.type.replace("_", " ") for event in events])
    said = f"{kind} of {len(events)} event{'' if len(events) == 1 else 's'}{spread}"
    said += f": {types}." if types else "."
    deadly = [(span_of(total)[1], event) for event in events if (total := incident_dead(event)) is not None]
    if deadly:
        _, worst = min(deadly, key=lambda pair: (-pair[0], pair[1].id))
        said += f" Deadliest reported incident: {headline(worst)}, {date_text(worst.when)}."
    return text.tidy(said + " As reported, not verified.")
