"""How the text stands to a happening: told, denied, negated, planned, threatened, possible, hypothetical.

The values follow FactBank's CT+, CT-, PS+ and Uu, read from modals, negation, governing verbs and nouns, and
subordinators, each acting on its own verb only.
"""

from __future__ import annotations

from timeline.language import Document, Token
from timeline.lexicon import Cues
from timeline.records import Factuality
from timeline.triggers.nominal import nominal
from timeline.triggers.stance import Reading
from timeline.triggers.verbal import verbal

__all__ = ["factuality_of", "is_contested"]

TAKEN_UP = frozenset({"this", "it", "that", "claim", "report", "statement"})


def factuality_of(document: Document, token: Token, cues: Cues) -> Factuality:
    """How the text stands to the happening that a word names.

    Parameters
    ----------
    document : Document
    token : Token
        Head of the trigger.
    cues : Cues
        The lexicon's cue words (section ``factuality``).

    Examples
    --------
    >>> from timeline.language import read
    >>> from timeline.lexicon import load
    >>> document = read("Rebels may attack the port.")
    >>> factuality_of(document, document.tokens[2], load().cues)
    'possible'
    """
    reading = Reading(document, cues)
    predicate = token.pos != "VERB" and bool(document.children(token, "cop", "nsubj"))
    if predicate or (token.pos == "VERB" and token.dep not in ("compound", "amod")):
        return verbal(reading, token)
    return nominal(reading, token)


def is_contested(document: Document, token: Token, cues: Cues) -> bool:
    """Whether what one side tells is at once denied by another: "..., the army said; Kyiv denied this".

    Examples
    --------
    >>> from timeline.language import read
    >>> from timeline.lexicon import load
    >>> document = read("The army said its troops had taken the village; the rebels denied this.")
    >>> is_contested(document, document.tokens[6], load().cues)
    True
    """
    if not any(part.dep in ("ccomp", "parataxis") for part in (token, *document.ancestors(token))):
        return False
    denial = frozenset(cues.words("factuality", "denial"))
    here = document.sentence_of(token)
    rest = [item for item in here.tokens if item.index > token.index]
    following = document.sentences[here.index + 1].tokens if here.index + 1 < len(document.sentences) else ()
    first = next((item for item in following if item.pos == "VERB"), None)
    return any(
        item.lemma.lower() in denial
        and any(child.lemma.lower() in TAKEN_UP for child in document.children(item, "obj"))
        for item in (*rest, *((first,) if first else ()))
    )
