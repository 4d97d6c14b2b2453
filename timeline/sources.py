"""Who says so: the source of what a word tells, with its kind of evidence and its interest.

Speech verbs with their complement clause, "according to", parenthetical "..., officials said", and quotations.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeline.language import Document, Token
from timeline.lexicon import Cues, Lexicon, load
from timeline.records import Attribution, EvidenceKind, Span

__all__ = ["evidence_kind", "noun_phrase", "source_of", "speaker_of"]

DROPPED = ("acl:relcl", "punct", "parataxis", "appos", "advcl", "cc", "conj", "dep")
CLAUSES = frozenset({"ccomp", "parataxis", "xcomp", "advcl", "acl", "acl:relcl", "conj", "csubj"})
ORDER: tuple[EvidenceKind, ...] = ("medical", "anonymous", "ngo_un", "belligerent", "media", "official", "eyewitness")
INVERTING = frozenset({"say", "add", "warn", "recall"})
REACH = 5
REPORTING = frozenset({"report", "confirm", "announce", "claim", "deny", "describe", "document", "record", "allege"})


def noun_phrase(document: Document, head: Token) -> Span:
    """The noun phrase of a head word, without relative clauses, appositions and trailing marks.

    Examples
    --------
    >>> from timeline.language import read
    >>> document = read("Two doctors at the city hospital said so.")
    >>> noun_phrase(document, document.tokens[1]).text
    'Two doctors at the city hospital'
    """
    kept, stack = {head.index}, [head]
    while stack:
        for child in document.children(stack.pop()):
            joined = child.dep == "conj" and child.pos in ("NOUN", "PROPN")
            if child.dep == "cc" and any(item.dep == "conj" for item in document.children(document.tokens[child.head])):
                joined = True
            if (child.dep in DROPPED and not joined) or (child.dep == "case" and child.head == head.index):
                continue
            kept.add(child.index)
            stack.append(child)
    first, last = head.index, head.index
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept or (last + 2 in kept and document.tokens[last + 1].text in ("-", "'", '"', ",")):
        last += 1
    while last > head.index and document.tokens[last].pos == "PUNCT":
        last -= 1
    return document.token_span(first, last)


def evidence_kind(document: Document, head: Token, cues: Cues) -> EvidenceKind:
    """The kind of witness that a source is, from its words.

    Examples
    --------
    >>> from timeline.language import read
    >>> from timeline.lexicon import load
    >>> document = read("A hospital doctor said so.")
    >>> evidence_kind(document, document.tokens[2], load().cues)
    'medical'
    """
    text = noun_phrase(document, head).text or ""
    words = {token.lemma.lower() for token in document.subtree(head)} | {head.lemma.lower()}
    phrase = f" {text.lower()} "
    for kind in ORDER:
        for word in cues.words("attribution", kind):
            if word == head.lemma.lower() or word in words or (" " in word and f" {word}" in phrase):
                return kind
    return "unattributed"


def _speech(token: Token, verbs: frozenset[str]) -> bool:
    return token.pos in ("VERB", "AUX") and token.lemma.lower() in verbs


def _told(below: Token, verb: Token) -> bool:
    """Whether what hangs on a verb of speech is what it says."""
    if below.dep in ("obj", "xcomp", "nsubj:pass"):
        return verb.lemma.lower() in REPORTING
    return below.dep in ("ccomp", "parataxis")


def _speaker(document: Document, verb: Token) -> Token | None:
    for child in document.children(verb, "nsubj", "obl:agent"):
        if child.dep in ("nsubj", "obl:agent") and child.pos in ("NOUN", "PROPN", "PRON", "NUM"):
            if child.lemma.lower() in ("who", "which", "that") and verb.dep.startswith("acl"):
                return document.head(verb)
            return child
    if verb.lemma.lower() in INVERTING and not document.children(verb, "nsubj"):
        return _behind(document, verb)
    if verb.dep == "conj" and (head := document.head(verb)) is not None and head.pos == "VERB":
        return _speaker(document, head)
    return None


def _behind(document: Document, verb: Token) -> Token | None:
    """The head of the noun phrase right behind an inverted verb: "..., said a source close to the palace"."""
    for item in document.tokens_in(verb.end, document.sentence_of(verb).end)[:REACH]:
        if item.pos in ("NOUN", "PROPN") and not verb.index < item.head <= item.index + REACH:
            return item
        if item.pos in ("VERB", "AUX", "PUNCT"):
            return None
    return None


def _according(document: Document, token: Token) -> Token | None:
    for child in document.children(token, "obl", "nmod", "advcl"):
        for case in document.children(child, "case", "mark"):
            if case.text.lower() == "according":
                return child
        if child.text.lower() == "according":
            for inner in document.children(child, "obl", "nmod"):
                return inner
    return None


def _above(document: Document, token: Token) -> Iterator[Token]:
    yield token
    yield from document.ancestors(token)


def speaker_of(document: Document, token: Token, lexicon: Lexicon) -> tuple[Token, str | None] | None:
    """Head word of the source that tells what the word tells, and its verb; None for the article's own voice."""
    verbs = frozenset(lexicon.cues.words("attribution", "verbs"))
    below = token
    for item in _above(document, token):
        found = _according(document, item)
        if found is not None and token.index not in {part.index for part in document.subtree(found)}:
            return found, "according to"
        if item.index != token.index and _speech(item, verbs) and _told(below, item):
            speaker = _speaker(document, item)
            if speaker is not None and speaker.index != token.index:
                return speaker, item.lemma.lower()
        for child in document.children(item, "parataxis", "ccomp", "advcl"):
            if child.dep in ("parataxis", "advcl") and child.index > token.index and _speech(child, verbs):
                speaker = _speaker(document, child)
                inside = {part.index for part in document.subtree(child)}
                if speaker is not None and token.index not in inside and not _of_its_own(document, child):
                    return speaker, child.lemma.lower()
        below = item
    return _quoted(document, token, verbs)


def _of_its_own(document: Document, verb: Token) -> bool:
    """Whether a verb of speech beside a clause tells something else: "...; the bishop says 25"."""
    first = min(part.index for part in document.subtree(verb))
    parted = first > 0 and document.tokens[first - 1].text == ";"
    return parted or any(child.index > verb.index for child in document.children(verb, "obj", "ccomp"))


def _quoted(document: Document, token: Token, verbs: frozenset[str]) -> tuple[Token, str | None] | None:
    """The speaker of a quotation that runs over several sentences."""
    before = document.text[: token.start]
    opened = sum(before.count(mark) for mark in '"') % 2 == 1 or before.rfind("“") > before.rfind("”")
    if not opened:
        return None
    index = document.sentence_of(token).index
    for near in (index, index + 1, index - 1, index - 2):
        if 0 <= near < len(document.sentences):
            for item in document.sentences[near].tokens:
                if _speech(item, verbs) and (speaker := _speaker(document, item)) is not None:
                    outside = document.text[: item.start]
                    if outside.count('"') % 2 == 0 and outside.rfind("“") <= outside.rfind("”"):
                        return speaker, item.lemma.lower()
    return None


def _own_losses(document: Document, token: Token) -> bool:
    return any(item.lemma.lower() in ("its", "their", "our", "his") for item in document.sentence_of(token).tokens)


def source_of(document: Document, token: Token, *, lexicon: Lexicon | None = None) -> Attribution | None:
    """The source that tells what a word tells.

    Parameters
    ----------
    document : Document
    token : Token
        Head of a trigger or of a count.
    lexicon : Lexicon, optional
        Cue words; the packaged ones if not given.

    Returns
    -------
    Attribution or None
        None where the article speaks in its own voice. ``self_interested`` marks a belligerent on its enemy's losses.

    Examples
    --------
    >>> from timeline.language import read
    >>> document = read("Shells hit the camp, two nurses said.")
    >>> source_of(document, document.tokens[1]).source
    'two nurses'
    """
    lexicon = lexicon or load()
    found = speaker_of(document, token, lexicon)
    if found is None:
        return None
    head, verb = found
    span = noun_phrase(document, head)
    kind = evidence_kind(document, head, lexicon.cues)
    behind = speaker_of(document, head, lexicon)
    chain = () if behind is None or behind[0].index == head.index else (noun_phrase(document, behind[0]).text or "",)
    harmed = any(
        item.lemma.lower() in ("kill", "dead", "die", "wound", "destroy", "injure", "casualty")
        for item in document.sentence_of(token).tokens
    )
    return Attribution(
        source=span.text,
        verb=verb,
        chain=chain,
        evidence_kind=kind,
        self_interested=kind == "belligerent" and harmed and not _own_losses(document, token),
        span=span,
    )
