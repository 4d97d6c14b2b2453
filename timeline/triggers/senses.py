"""Which rule, if any, a word triggers: candidates, traps, and the choice among several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from timeline.language import Token
from timeline.lexicon import TriggerRule
from timeline.records import Factuality
from timeline.triggers.candidate import Candidate
from timeline.triggers.matching import Match, holds, index_of, matched_words, trapped
from timeline.triggers.scene import Scene
from timeline.triggers.told import weighed

__all__ = ["Candidate", "by_rules", "candidates"]

CERTAIN = 0.95  # share of all types from which the trained reader is as sure as a rule that is


def _weight(scene: Scene, rule: TriggerRule, words: int) -> tuple[int, int, int]:
    when = rule.pattern.when
    filled = sum(bool(getattr(when, name)) for name in ("subject", "object", "modifier", "head", "prep", "sentence"))
    order = scene.lexicon.priority.index(rule.type)
    return -words, order, -filled


def _judged(scene: Scene, token: Token, rule: TriggerRule, match: Match, *, certain: bool = False) -> Candidate | None:
    kind, subtype, factuality, background = rule.type, rule.subtype, rule.factuality, False
    for trap in (*scene.lexicon.types[rule.type].traps, *scene.lexicon.traps):
        if not trapped(scene, token, trap, sure=rule.sure or certain):
            continue
        if trap.do == "suppress":
            return None
        if trap.do == "background":
            background = True
        elif trap.do.startswith("retype:"):
            kind, _, rest = trap.do.removeprefix("retype:").partition(".")
            subtype = rest or None
        else:
            factuality = next(stance for stance in get_args(Factuality) if stance == trap.do)
    return Candidate(match, rule, kind, subtype, factuality, background)


def _at(scene: Scene, token: Token, index: Mapping[str, tuple[TriggerRule, ...]]) -> Candidate | None:
    rules: dict[str, TriggerRule] = {}
    for key in dict.fromkeys((scene.keys[token.index], token.text.lower())):
        for rule in index.get(key, ()):
            rules[rule.id] = rule
    found = []
    for rule in rules.values():
        match = matched_words(scene, token, rule.pattern)
        if match is not None and holds(scene, token, rule):
            found.append((_weight(scene, rule, match[1]), rule, match[0]))
    for _, rule, words in sorted(found, key=lambda item: item[0]):
        judged = _judged(scene, token, rule, words)
        if judged is not None:
            return judged
    return None


def by_rules(scene: Scene) -> list[Candidate]:
    """One reading for each word that triggers a rule, longer ones in place of those inside them."""
    index = index_of(scene.lexicon)
    found = [item for token in scene.document.tokens if (item := _at(scene, token, index)) is not None]
    out: list[Candidate] = []
    for item in sorted(found, key=lambda item: (-len(item.words), item.head)):
        if not any(item.head in other.words for other in out):
            out.append(item)
    return out


def candidates(scene: Scene) -> list[Candidate]:
    """The readings of rules and trained reader that are believed and in no trap, in order of the text."""
    out, fresh = weighed(scene, by_rules(scene))
    for item in fresh:
        certain = item.head in scene.told and scene.told[item.head].any >= CERTAIN
        judged = _judged(scene, scene.document.tokens[item.head], item.rule, item.words, certain=certain)
        out.extend([judged] if judged is not None else [])
    return sorted(out, key=lambda item: item.head)
