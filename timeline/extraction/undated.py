"""What date an event has that no expression dates: carried on, going on, fresh news, or open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline.extraction.discourse import Told, carried, days_before, opened_before, same_paragraph
from timeline.language.document import Document, Token
from timeline.language.syntax import clause_head
from timeline.records import Mention, TimeExpression, Trigger, When
from timeline.when import edtf as edtf_of

__all__ = [
    "DURABLE",
    "Dated",
    "SAYING",
    "UNREAL",
    "is_fresh",
    "going_on",
    "inferred",
    "is_headline",
    "is_perfect",
    "lasted",
    "over_by",
]

DURABLE = frozenset({"battle", "siege", "displacement", "protest", "crackdown"})
UNREAL = frozenset({"planned", "threatened", "possible", "hypothetical"})
_ONGOING = frozenset({"ongoing", "on-going", "continuing", "continued", "raging"})
SAYING = frozenset(
    "say tell report add announce claim deny confirm warn acknowledge insist note state write admit declare accuse "
    "condemn estimate".split()
)
_NEWS_DAYS = 7
_HOUR = re.compile(r"\W{0,3}[0-2]?\d[:.][0-5]\d\b(?! ?(?:percent|per cent|%|million|billion))")
_LASTING = frozenset({"intensify", "remain"})
_CLOSED = frozenset('.!?;:"\u201d\u2019)')
_SUMS = frozenset({"casualty_report", "displacement"})
_TELLING = frozenset({"statement", "sanctions", "casualty_report"})


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with the rule that gave it, and other readings."""

    when: When
    rule: str
    own: bool
    alternatives: tuple[When, ...] = ()


def inferred(
    document: Document,
    mention: Mention[Trigger],
    times: Sequence[Mention[TimeExpression]],
    told: Told | None,
    published: dt.date | None,
    latest: Told | None = None,
) -> Dated:
    """The date of an event that no expression dates: told before, going on, fresh news, or an open start."""
    token, previous = document.tokens[mention.token], None if told is None else told.when
    if mention.value.factuality in UNREAL:
        return Dated(When(), "dating/unreal", False)
    factuality = mention.value.factuality
    if factuality == "negated":
        return Dated(When(), "dating/denied", False)
    if factuality == "denied" and mention.value.background:
        return Dated(over_by(published), "dating/denied", False)
    if latest is not None and _at_that_time(document, token, latest):
        return Dated(replace(latest.when, basis="relative_to_event", span=None), "dating/carried", False)
    if mention.value.type == "casualty_report" and previous is not None and previous.kind == "since":
        return Dated(replace(previous, basis="relative_to_event", span=None), "dating/since-before", False)
    if mention.value.type in _SUMS and is_perfect(document, clause_head(document, token)):
        opened = opened_before(document, token, times)
        if opened is None and previous is not None and _has_since(document, token):
            opened = previous
        if opened is not None:
            since = going_on(replace(opened, basis="relative_to_event", span=None), published)
            return Dated(since, "dating/since-it-began", False)
        if mention.value.type == "displacement":
            return Dated(over_by(published), "dating/open", False)
    if published is not None and _is_ticker(document, token) and _is_now(document, token):
        return Dated(When(published, published, "day", "point", "doc_date", str(published)), "dating/doc-date", False)
    if (mention.value.type in DURABLE or _is_still(document, token)) and goes_on(document, token):
        return Dated(When(kind="since", ongoing_at=published, precision="unknown"), "dating/goes-on", False)
    if published is None:
        return Dated(When(), "dating/no-publication-date", False)
    days = lasted(document, token, times)
    if days and mention.value.type in DURABLE and published is not None:
        base = carried(document, token, told)
        end = base.end if base is not None and base.end is not None else published
        start = days_before(end, days)
        return Dated(When(start, end, "day", "extent", "doc_date", f"{start}/{end}"), "dating/lasted", False)
    if _is_near_before(document, token) and (near := carried(document, token, told)) is not None:
        return Dated(near, "dating/carried", False)
    reported = _is_reported(document, token, times)
    if (mention.value.background and not reported) or not is_fresh(document, token):
        return Dated(over_by(published), "dating/open", False)
    start = days_before(published, 1)
    perfect = is_perfect(document, clause_head(document, token))
    before = None if mention.value.type in _TELLING or perfect else carried(document, token, told)
    if before is not None:
        return Dated(before, "dating/carried", False)
    if latest is not None and mention.value.type not in _TELLING and _is_old_story(document, token, latest, published):
        return Dated(over_by(published), "dating/open", False)
    if previous is not None and previous.start and start < previous.start <= published and previous.precision == "day":
        start = previous.start
    edtf = str(published) if start == published else f"[{start}..{published}]"
    window = When(start, published, "day", "point", "doc_date", edtf)
    return Dated(window, "dating/doc-date", False)


def over_by(day: dt.date | None) -> When:
    """What was over by a day, or is said to have been; nobody says since when."""
    over = When(end=day, precision="unknown")
    return replace(over, edtf=edtf_of(over))


def lasted(document: Document, token: Token, times: Sequence[Mention[TimeExpression]]) -> int | None:
    """Days of a duration that hangs on the trigger: "after three days of clashes"."""
    for time in times:
        if time.value.type != "DURATION":
            continue
        anchor = document.tokens[time.token]
        found = re.fullmatch(r"P(\d+)([DW])", time.value.value)
        if found and (anchor.head == token.index or token.head == anchor.index):
            return int(found[1]) * (7 if found[2] == "W" else 1)
    return None


def is_perfect(document: Document, token: Token) -> bool:
    """Whether a verb stands in the perfect: "have fled"."""
    return any(child.lemma == "have" and child.tag != "VBD" for child in document.children(token, "aux"))


def going_on(when: When, published: dt.date | None) -> When:
    """The date as one that goes on until publication, where it has a start and no end."""
    since = replace(when, kind="since", end=None, ongoing_at=published)
    return replace(since, edtf=edtf_of(since))


def _at_that_time(document: Document, token: Token, latest: Told) -> bool:
    """Whether a clause says that it was at the time of what was told in the sentence before: "10,000 died then"."""
    away = document.sentence_of(token).index - document.sentence_of(latest.token).index
    words = document.children(clause_head(document, token), "advmod", "obl")
    then = any(
        word.lemma == "time" and any(child.lemma == "that" for child in document.children(word, "det"))
        for word in words
    )
    return 0 <= away <= 1 and (then or any(word.lemma == "then" and word.dep == "advmod" for word in words))


def _is_old_story(document: Document, token: Token, latest: Told, published: dt.date) -> bool:
    """Whether a sentence goes on from one in its paragraph that tells of what was over a week before publication."""
    end = latest.when.end
    if end is None or (published - end).days <= _NEWS_DAYS or latest.token.index > token.index:
        return False
    if any(node.dep in {"acl", "acl:relcl", "advcl"} for node in (latest.token, *document.ancestors(latest.token))):
        return False
    away = document.sentence_of(token).index - document.sentence_of(latest.token).index
    return 0 < away <= 1 and same_paragraph(document, latest.token.start, token.start)


def _is_near_before(document: Document, token: Token) -> bool:
    """Whether a clause is set by the event told before: "shells had been fired shortly before"."""
    words = document.children(clause_head(document, token), "advmod", "obl")
    return any(word.lemma in {"before", "after", "afterwards", "later", "earlier"} for word in words)


def _is_reported(document: Document, token: Token, times: Sequence[Mention[TimeExpression]]) -> bool:
    """Whether a pluperfect only reports what a source said just now: "the army said its men had taken the village"."""
    verb = clause_head(document, token)
    said = document.head(verb)
    if verb.dep != "ccomp" or said is None or said.lemma not in SAYING - {"deny"} or said.tag != "VBD":
        return False
    return not any(document.tokens[time.token].head == said.index for time in times)


def _is_ticker(document: Document, token: Token) -> bool:
    """Whether a line begins with the hour, as the entries of a live report do: "12:40 Troops have entered Senaki"."""
    return _HOUR.match(document.text, document.text.rfind("\n", 0, token.start) + 1) is not None


def _is_now(document: Document, token: Token) -> bool:
    """Whether the main verb of a sentence stands in the present or perfect, or there is none: "Gunfire in Almaty"."""
    main = next((word for word in document.sentence_of(token).tokens if word.dep == "root"), token)
    tags = {main.tag, *(child.tag for child in document.children(main, "aux", "cop"))}
    return main.pos not in {"VERB", "AUX"} or bool(tags & {"VBZ", "VBP"})


def _has_since(document: Document, token: Token) -> bool:
    """Whether a clause has a bare "since": "at least 70 have died since"."""
    return any(child.lemma == "since" for child in document.children(clause_head(document, token), "advmod"))


def _is_still(document: Document, token: Token) -> bool:
    return any(child.lemma == "still" for child in document.children(clause_head(document, token), "advmod"))


def is_headline(document: Document, token: Token) -> bool:
    """Whether a word stands in a line without a full stop, where the present tense tells what has happened."""
    sentence = document.sentence_of(token)
    ends = document.text[sentence.end : sentence.end + 1] in {"", "\n"}
    return ends and sentence.tokens[-1].text[-1:] not in _CLOSED


def goes_on(document: Document, token: Token) -> bool:
    """Whether the clause of a trigger tells it as going on: present tense, or a perfect of a lasting state."""
    if any(child.lemma in _ONGOING for child in document.children(token, "amod")):
        return True
    verb = clause_head(document, token)
    tags = {verb.tag} | {child.tag for child in document.children(verb, "aux", "cop")}
    if "MD" in tags or verb.pos not in {"VERB", "AUX", "ADJ", "NOUN"}:
        return False
    if verb.lemma in {"continue", "rage", "persist"} or (verb.lemma in _LASTING and "VBD" not in tags):
        return True
    if verb.lemma == "go" and any(child.lemma == "on" for child in document.children(verb, "compound:prt", "advmod")):
        return True
    if tags & {"VBZ", "VBP"} and not is_headline(document, token):
        perfect = any(child.lemma == "have" for child in document.children(verb, "aux"))
        return not perfect or verb.lemma in {"keep", "be", "hold", "besiege", "surround", "trap", "continue"}
    return False


def is_fresh(document: Document, token: Token) -> bool:
    """Whether a trigger stands in a main clause told in the past (or a headline's present); a bare plural does not."""
    if token.tag == "NNS" and not document.children(token, "nummod"):
        return False
    verb = clause_head(document, token)
    for node in [verb, *document.ancestors(verb)]:
        if node.dep in {"acl:relcl", "acl", "csubj"} and node.tag != "VBG":
            return False
        marks = [child.lemma for child in document.children(node, "mark")] if node.dep == "advcl" else []
        if marks and node.tag != "VBG" and not {"as", "while"} & set(marks):
            return False
    tags = {verb.tag, *(child.tag for child in document.children(verb, "aux", "cop"))}
    perfect = [child for child in document.children(verb, "aux") if child.lemma == "have"]
    if perfect and perfect[0].tag == "VBD" and verb.dep != "ccomp":
        return False
    return bool(tags & {"VBD", "VBG", "VBN", "VBZ", "VBP"}) or verb.pos in {"NOUN", "ADJ", "PROPN"}
