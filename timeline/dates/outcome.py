"""From readings to mentions: spans, signals, windows of days, and intervals over two dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from timeline.dates.calendar import Moment, window
from timeline.dates.scan import Words
from timeline.dates.state import Reading
from timeline.records import DateKind, Mention, Precision, Span, TimeExpression, When
from timeline.when import edtf

__all__ = ["mentions_of"]

SIGNALS = frozenset(
    "since until till by before after from during for between on in through throughout to over within at".split()
)
LINKS = frozenset(("-", "–", "—", "to", "until", "till", "through", "and", "/"))
LONGEST = 150 * 366
DAYS_IN = {"D": 1, "W": 7, "M": 30, "Y": 365}


def mentions_of(
    readings: Iterable[Reading], words: Words, published: dt.date | None
) -> Iterator[Mention[TimeExpression]]:
    """Turn readings into mentions, in order of the text; intervals over two dates stand behind their first date."""
    found = [(reading, _mention(reading, words, published)) for reading in readings]
    for position, (reading, mention) in enumerate(found):
        yield mention
        if position + 1 < len(found):
            interval = _interval(reading, mention, *found[position + 1], words)
            if interval is not None:
                yield interval


def _signal(reading: Reading, words: Words) -> str | None:
    word = words.lower(reading.first - 1)
    return ("until" if word == "till" else word) if word in SIGNALS else None


def _mention(reading: Reading, words: Words, published: dt.date | None) -> Mention[TimeExpression]:
    start, end = words.starts[reading.first], words.ends[reading.last]
    span = Span(start, end, words.text[start:end])
    signal = reading.signal or _signal(reading, words)
    value = TimeExpression(reading.type, reading.value, _when(reading, span, signal, published), signal)
    return Mention(value, span, f"dates/{reading.rule}", reading.first, confidence=reading.confidence)


def _when(reading: Reading, span: Span, signal: str | None, published: dt.date | None) -> When:
    precision: Precision = "unknown"
    first = last = None
    if reading.type in ("DURATION", "SET"):
        return _duration(reading, span)
    approximate = reading.approximate or reading.edge == "APPROX"
    if reading.moment is not None:
        first, last, precision = window(reading.moment)
        if reading.bounds is not None:
            first, last = reading.bounds
        elif reading.edge in THIRDS and first is not None and last is not None and first != last:
            first, last = THIRDS[reading.edge](first, last)
            approximate = True
    elif reading.bounds is not None:
        first, last = reading.bounds
    elif reading.weekday is not None and reading.basis == "weekday_only":
        return When(precision="weekday_only", basis="weekday_only", span=span, weekday=reading.weekday)
    if first is None and last is None:
        return When(
            precision=precision,
            basis=reading.basis if reading.moment is not None else "none",
            edtf=_without_days(reading.moment),
            approximate=approximate,
            span=span,
        )
    kind: DateKind = "since" if signal == "since" and first is not None else "point"
    ongoing = (
        published if kind == "since" and published is not None and first is not None and first <= published else None
    )
    when = When(
        first, None if kind == "since" else last, precision, kind, reading.basis, None, approximate, ongoing, span
    )
    return replace(when, edtf=edtf(when))


def _duration(reading: Reading, span: Span) -> When:
    if reading.bounds is None:
        return When(basis="duration_only" if reading.type == "DURATION" else "none", span=span)
    first, last = reading.bounds
    when = When(first, last, "day", "extent", reading.basis, span=span, approximate=reading.approximate)
    return replace(when, edtf=edtf(when))


def _without_days(moment: Moment | None) -> str | None:
    """EDTF of what no `datetime.date` can hold: years before Christ, months and days of no known year."""
    if moment is None or moment.grain not in ("day", "month", "year"):
        return None
    if moment.year is None:
        return (
            None
            if moment.grain == "year" or moment.n is None
            else (f"XXXX-{moment.n:02d}" + (f"-{moment.day:02d}" if moment.day else ""))
        )
    if moment.year >= 0:
        return None
    head = f"-{-moment.year - 1:04d}"
    if moment.grain == "year" or moment.n is None:
        return head
    return f"{head}-{moment.n:02d}" + (f"-{moment.day:02d}" if moment.grain == "day" and moment.day else "")


def _early(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    return first, _cut(first, last, 1)


def _middle(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    return _cut(first, last, 1) + dt.timedelta(days=1), _cut(first, last, 2)


def _late(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    return _cut(first, last, 2) + dt.timedelta(days=1), last


THIRDS = {"START": _early, "MID": _middle, "END": _late}


def _cut(first: dt.date, last: dt.date, thirds: int) -> dt.date:
    """The last day of the first one or two thirds: by tens of days in a month, by months in longer stretches."""
    months = _months(first, last)
    if months == 1:
        days = 10 if (last - first).days > 25 else max((last - first).days // 3, 0) + 1
        return min(first + dt.timedelta(days=days * thirds - 1), last - dt.timedelta(days=1))
    if first.day != 1 or months == 2:
        return first + dt.timedelta(days=((last - first).days + 1) * thirds // 3 - 1)
    return _month_cut(first, last, thirds)


def _months(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _month_cut(first: dt.date, last: dt.date, thirds: int) -> dt.date:
    """The last day of the first one or two thirds of some whole months."""
    months = first.year * 12 + first.month - 1 + _months(first, last) * thirds // 3
    return dt.date(months // 12, months % 12 + 1, 1) - dt.timedelta(days=1)


def _interval(
    reading: Reading, mention: Mention[TimeExpression], after: Reading, other: Mention[TimeExpression], words: Words
) -> Mention[TimeExpression] | None:
    if after.first - reading.last != 2 or reading.moment is None or after.moment is None:
        return None
    link, lead = words.lower(reading.last + 1), words.lower(reading.first - 1)
    if link not in LINKS or (link == "and" and lead != "between"):
        return None
    first, last = mention.value.when, other.value.when
    start, end = first.start, last.end
    weekdays = reading.rule.startswith("weekday") and after.rule.startswith("weekday")
    if weekdays and start is not None and end is not None and dt.timedelta(0) < start - end < dt.timedelta(7):
        start -= dt.timedelta(7)
    if start is None or end is None or start > end or (end - start).days > LONGEST:
        return None
    span = Span(mention.span.start, other.span.end, words.text[mention.span.start : other.span.end])
    kind: DateKind = "point" if link == "and" else "extent"
    when = When(
        start,
        end,
        first.precision if first.precision == last.precision else "day",
        kind,
        other.value.when.basis,
        None,
        first.approximate or last.approximate,
        None,
        span,
    )
    when = replace(when, edtf=edtf(when))
    value = TimeExpression("DATE", f"{mention.value.value}/{other.value.value}", when, "range")
    return Mention(value, span, "dates/range", reading.first)
