"""Forms of the verbs that the lexicon names, so that a rare verb is found whatever the lemmatiser makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from timeline.lexicon import Lexicon

__all__ = ["inflections"]

IRREGULAR = {
    "beat": ("beaten",),
    "break": ("broke", "broken"),
    "bring": ("brought",),
    "drive": ("drove", "driven"),
    "fall": ("fell", "fallen"),
    "fight": ("fought",),
    "flee": ("fled",),
    "fly": ("flew", "flown"),
    "freeze": ("froze", "frozen"),
    "hold": ("held",),
    "lay": ("laid",),
    "overrun": ("overran",),
    "overthrow": ("overthrew", "overthrown"),
    "retake": ("retook", "retaken"),
    "shoot": ("shot",),
    "slay": ("slew", "slain"),
    "stand": ("stood",),
    "strike": ("struck",),
    "swear": ("swore", "sworn"),
    "take": ("took", "taken"),
    "throw": ("threw", "thrown"),
    "withdraw": ("withdrew", "withdrawn"),
}
VOWELS = "aeiou"


def _forms(verb: str) -> Iterator[str]:
    yield verb
    if verb in IRREGULAR:
        yield from IRREGULAR[verb]
    if verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and len(verb) > 2 and verb[-2] not in VOWELS:
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        yield from (verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"), verb + "ed", verb + "ing")
        if len(verb) > 2 and verb[-1] not in VOWELS + "wxy" and verb[-2] in VOWELS and verb[-3] not in VOWELS:
            yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


@cache
def inflections(lexicon: Lexicon) -> Mapping[str, str]:
    """Form to lemma for the first word of every verb and verb phrase of the lexicon.

    Examples
    --------
    >>> from timeline.lexicon import load
    >>> inflections(load())["dynamited"]
    'dynamite'
    """
    verbs = {entry.split()[0] for rule in lexicon.rules for entry in (*rule.pattern.verb, *rule.pattern.phrase)}
    out: dict[str, str] = {}
    for verb in sorted(verbs):
        for form in _forms(verb):
            out.setdefault(form, verb)
    return {form: verb for form, verb in out.items() if form not in AMBIGUOUS}


AMBIGUOUS = frozenset({"left", "saw", "felled", "lay", "found", "wound", "leaves", "rose"})
