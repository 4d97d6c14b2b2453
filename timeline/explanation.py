"""Why an event is what it is: its sentence with every span marked, and the rule behind each field."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.records import Claim, Event, Span

__all__ = ["explain"]

_BOUNDS = ("low", "best", "high")
_HARMS = ("killed", "wounded", "missing", "detained", "displaced", "abducted", "casualties")


def explain(event: Event) -> str:
    """Tell in plain text what was read where, and which rule read it.

    The sentence is shown if the event carries it. Marks in it are numbered as the fields below it; a field whose words
    stand elsewhere, or inside other marked words, is listed with its words and offsets.

    Returns
    -------
    str
        Lines: what it is; the sentence; one line a field with value, words, offsets and rule.

    Examples
    --------
    >>> from timeline.records import Event, Evidence, Span, When
    >>> print(explain(Event(
    ...     "e1", "a.txt", "shelling", None, Span(0, 6, "Shells"), When(), (), None, (), None, None, "happened",
    ...     False, Span(0, 25, "Shells fell on the town."), None, 0.9, (Evidence("type", "triggers/shelling"),),
    ... )))
    shelling, happened, undated (a.txt, event e1)
    <BLANKLINE>
      «Shells»1 fell on the town.
    <BLANKLINE>
       1 type        shelling: "Shells" 0-6 [triggers/shelling]
    """
    fields = _fields(event)
    marks = _marks(event, [span for _, _, span in fields])
    numbers = {index: number for number, index in enumerate(sorted(marks), start=1)}
    lines = [_headline(event), ""]
    if event.sentence.text is not None:
        lines += ["  " + _marked(event.sentence, [(numbers[index], fields[index][2]) for index in marks]), ""]
    left = list(event.evidence)
    for index, (name, value, span) in enumerate(fields):
        rules = [item for item in left if _field(item.field) == (name if name not in _HARMS else "counts")]
        left = [item for item in left if item not in rules]
        words = f": {_words(span, event.article)}" if span is not None else ""
        lines.append(_line(numbers.get(index), name, value + words, [item.rule for item in rules]))
    lines += [_line(None, item.field, "", [item.rule]) for item in left]
    lines += [_line(None, "claim", _claim(claim, event.article), []) for claim in event.claims]
    return "\n".join(lines)


def _field(name: str) -> str:
    """The field that a rule stands behind, as `_fields` names it."""
    return "counts" if name in _HARMS else name.removeprefix("roles.")


def _headline(event: Event) -> str:
    name = f"{event.type} ({event.subtype})" if event.subtype else event.type
    told = f"{event.factuality}, background" if event.background else event.factuality
    joined = f", {len(event.members)} reports joined" if len(event.members) > 1 else ""
    return f"{name}, {told}, {_days(event)} ({event.article}, event {event.id}{joined})"


def _days(event: Event) -> str:
    when = event.when
    if when.start is None and when.end is None:
        return "since an unknown day" if when.kind == "since" else "undated"
    if when.kind == "since":
        return f"since {when.start}"
    if when.start == when.end:
        return str(when.start)
    if when.start is None:
        return f"on or before {when.end}"
    if when.end is None:
        return f"on or after {when.start}"
    return f"{when.start} to {when.end}" if when.kind == "extent" else f"between {when.start} and {when.end}"


def _fields(event: Event) -> list[tuple[str, str, Span | None]]:
    """Name, value and words of each field, the trigger first."""
    when, place, told = event.when, event.place, event.attribution
    fields: list[tuple[str, str, Span | None]] = [("type", event.type, event.trigger)]
    fields += [("type", "told again", span) for span in event.triggers if span != event.trigger]
    if when.span is not None or when.basis != "none":
        fields.append(("when", f"{_days(event)}, {when.precision}, {when.basis}", when.span))
    for role in event.roles:
        claimed = f", says {role.claimed_by}" if role.claimed_by else ""
        disputed = ", disputed" if role.disputed else ""
        fields.append((role.role, f"{role.name or '[protected]'} ({role.kind}){claimed}{disputed}", role.span))
    if place is not None:
        inside = f", {place.country_name}" if place.country_name and place.country_name != place.name else ""
        fields.append(("place", f"{place.name}{inside}", place.span))
    for count in event.counts:
        source = f", says {count.source}" if count.source else ""
        bounds = f"low {_number(count.low)}, best {_number(count.best)}, high {_number(count.high)}"
        fields.append((count.harm, f"{bounds}, {count.qualifier}, {count.scope}{source}", count.span))
    if told is not None and (told.source or told.span):
        chain = "".join(f", citing {name}" for name in told.chain)
        fields.append(("attribution", f"{told.source or '[protected]'} ({told.evidence_kind}){chain}", told.span))
    return fields


def _number(value: int | None) -> str:
    return "open" if value is None else f"{value:,}"


def _marks(event: Event, spans: list[Span | None]) -> list[int]:
    """Indexes of the spans that can be marked in the sentence side by side, in order of the text."""
    inside = [
        (span.start, span.start - span.end, index)
        for index, span in enumerate(spans)
        if span is not None
        and span.article == event.sentence.article
        and event.sentence.start <= span.start < span.end <= event.sentence.end
    ]
    kept: list[int] = []
    end = -1
    for start, length, index in sorted(inside):
        if start >= end:
            kept.append(index)
            end = start - length
    return kept


def _marked(sentence: Span, marks: list[tuple[int, Span | None]]) -> str:
    text, position, out = sentence.text or "", 0, ""
    for number, span in marks:
        if span is not None:
            start, end = span.start - sentence.start, span.end - sentence.start
            out += f"{text[position:start]}«{text[start:end]}»{number}"
            position = end
    return " ".join((out + text[position:]).split())


def _line(number: int | None, name: str, value: str, rules: list[str]) -> str:
    rule = f" [{', '.join(rules)}]" if rules else ""
    return f"  {number or '':>2} {name:<11} {value}{rule}".rstrip()


def _words(span: Span, home: str) -> str:
    text = "[redacted]" if span.text is None else '"' + " ".join(span.text.split()) + '"'
    article = f" in {span.article}" if span.article not in (None, home) else ""
    return f"{text} {span.start}-{span.end}{article}"


def _claim(claim: Claim, home: str) -> str:
    value = claim.value
    known = value if isinstance(value, dict) else {bound: getattr(value, bound, None) for bound in _BOUNDS}
    is_total = isinstance(value, dict) or all(hasattr(value, bound) for bound in _BOUNDS)
    shown = ", ".join(f"{bound} {_number(known.get(bound))}" for bound in _BOUNDS) if is_total else str(value)
    return f"{claim.field} {shown}, says {claim.source or 'the article'}: {_words(claim.span, home)}"
