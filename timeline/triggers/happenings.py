"""From readings of words to happenings: results told of a deed, talk in general, and texts about something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from timeline.language import Token
from timeline.triggers.candidate import Candidate
from timeline.triggers.scene import Scene
from timeline.triggers.syntax import complements, modifiers, objects, subjects

__all__ = ["happenings"]

AGENTS = ("@armed", "@name", "@attacker", "@projectile", "@aircraft", "@explosive", "@gun")
GENERIC_HEADS = frozenset({"end", "stop", "halt", "cessation", "type", "kind", "way", "form", "act", "history"})
NAMED_AFTER = frozenset(
    "rank leader cause spirit supporter veteran hero symbol ideal goal aim flag enemy slogan anthem fruit".split()
)
HARMS = frozenset({"kill", "die", "wound", "injure", "destroy", "damage", "hurt", "maim", "perish", "slay"})
SURE, ARMED, TOLD = 2.5, 1.0, 3.0
CERTAIN = 0.95  # share of all types from which the trained reader speaks for conflict by itself
OWN = 0.9  # and from which a word of harm is a deed of its own
CAREFUL = 0.7
ENOUGH = 2
SOFT = frozenset(
    "detention release deployment siege displacement statement aid leadership_change sanctions negotiation".split()
)
TALLIES = frozenset({"fatality", "casualty", "death"})
MUTE = frozenset({"die", "perish"})
ACCUSED = frozenset(
    {"convict", "charge", "accuse", "acquit", "sentence", "suspect", "guilty", "trial", "jail", "suspicion"}
)


def happenings(scene: Scene, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Keep the readings that tell of something that happened, or may."""
    items = [item for item in found if _meant(scene, item)]
    for item in items:
        if _is_harm(scene, item) and _is_result(scene, item, items):
            continue
        if _is_light(scene, item, items):
            continue
        yield _between_forces(scene, _violent_protest(scene, item))


def _violent_protest(scene: Scene, item: Candidate) -> Candidate:
    """A demonstration told with stones, fires or barricades is a riot."""
    if item.type != "protest" or item.subtype != "demonstration":
        return item
    here = scene.document.sentence_of(item.head).index
    for sentence in scene.document.sentences[here : here + 2]:
        if any(scene.mentions(sentence, word) for word in scene.lexicon.cues.words("riot", "words")):
            return replace(item, subtype="riot")
    return item


def _between_forces(scene: Scene, item: Candidate) -> Candidate:
    """An attack of one armed force on another is a battle as ACLED counts them."""
    token = scene.document.tokens[item.head]
    if item.type != "attack" or item.subtype not in (None, "shooting", "raid"):
        return item
    document = scene.document
    aims = [aim for prep in ("at", "on", "upon", "against") for aim in complements(document, token, prep)]
    if token.pos == "VERB":
        aims += objects(document, token)[:1]
        attackers = list(subjects(document, token))
    else:
        head = document.head(token)
        attackers = [*complements(document, token, "by"), *modifiers(document, token)]
        attackers += subjects(document, head) if head is not None and head.pos == "VERB" else ()
    if any(scene.is_a(agent, "@armed") for agent in attackers) and any(
        scene.is_a(aim, "@armed") or scene.is_a(aim, "@milsite") for aim in aims
    ):
        return replace(item, type="battle", subtype="clash")
    return item


def _meant(scene: Scene, item: Candidate) -> bool:
    token = scene.document.tokens[item.head]
    floor = CAREFUL if item.type in SOFT else 0.0
    if scene.topic.score(item.head, item.words) + _bonus(scene, item) < floor:
        return False
    if token.pos in ("VERB", "ADJ") and _attributive(scene, token):
        return False
    if item.type == "attack" and _is_harm(scene, item) and not _by_force(scene, token):
        return False
    if _is_heading(scene, token):
        return False
    return not (token.pos in ("NOUN", "PROPN") and not item.rule.pattern.text and _generic(scene, token))


def _by_force(scene: Scene, token: Token) -> bool:
    """Whether harm is told with an agent, with arms in the sentence, or in a text about armed conflict."""
    if {"armed", "weapon"} & scene.evidence(scene.document.sentence_of(token)):
        return True
    return scene.topic.conflict_words >= ENOUGH or any(
        scene.is_a(agent, kind) for agent in subjects(scene.document, token) for kind in AGENTS
    )


def _bonus(scene: Scene, item: Candidate) -> float:
    """What speaks for conflict in the mention itself: words of no other use, an armed agent, the trained reader."""
    token = scene.document.tokens[item.head]
    armed = (
        token.pos == "VERB"
        and not scene.topic.features(item.head, item.words)[2]
        and any(scene.is_a(agent, "@armed") for agent in subjects(scene.document, token))
    )
    return SURE * item.rule.sure + ARMED * armed + TOLD * (_share(scene, item) >= CERTAIN)


def _share(scene: Scene, item: Candidate) -> float:
    """The share of all types that the trained reader gives to the likeliest word."""
    return max((scene.told[word].any for word in item.words if word in scene.told), default=0.0)


def _attributive(scene: Scene, token: Token) -> bool:
    head = scene.document.head(token)
    return token.dep == "amod" or (token.dep == "conj" and head is not None and head.dep == "amod")


def _is_heading(scene: Scene, token: Token) -> bool:
    """A noun or two that stand as a line of their own: "Detention.", "Air raids"."""
    words = [item for item in scene.document.sentence_of(token).tokens if item.pos != "PUNCT"]
    return len(words) <= 2 and all(item.pos in ("NOUN", "PROPN", "ADJ") for item in words)


def _generic(scene: Scene, token: Token) -> bool:
    """A noun that names a kind of thing: before another noun, or what an end is called for to, or a bare charge."""
    if token.dep in ("compound", "nmod:poss", "amod") and token.index < token.head:
        return True
    head = scene.document.head(token)
    if head is None:
        return False
    if (
        head.lemma.lower() in ACCUSED
        and token.dep != "nsubj"
        and not scene.document.children(token, "det", "nmod", "nummod", "amod")
    ):
        return True
    if token.dep == "nmod" and head.lemma.lower() in NAMED_AFTER:
        return True
    bare = not scene.document.children(token, "det", "amod", "nmod", "acl", "compound")
    return token.dep == "nmod" and head.lemma.lower() in GENERIC_HEADS and bare


def is_violent(scene: Scene, kind: str) -> bool:
    """Whether a type is the use of force itself, a user's own type of that family included."""
    return kind == "crackdown" or scene.lexicon.types[kind].family == "violence"


def _is_harm(scene: Scene, item: Candidate) -> bool:
    if item.type == "casualty_report":
        return False
    return item.rule.harm or (is_violent(scene, item.type) and scene.keys[item.head] in HARMS)


def _is_light(scene: Scene, item: Candidate, items: Iterable[Candidate]) -> bool:
    """A verb whose object names the same happening: "sign an accord"."""
    token = scene.document.tokens[item.head]
    if token.pos != "VERB":
        return False
    agents = {child.index for child in subjects(scene.document, token)}
    inside = agents | {child.index for child in objects(scene.document, token)}
    return any(
        (other.head in inside and other.type == item.type)
        or (other.head in agents and is_violent(scene, other.type) and is_violent(scene, item.type))
        for other in items
    )


def _is_result(scene: Scene, item: Candidate, items: list[Candidate]) -> bool:
    """Whether a word of harm tells what another deed, named nearby, did; the trained reader may know better."""
    if _share(scene, item) >= OWN:
        return False
    document = scene.document
    token = document.tokens[item.head]
    sentence = document.sentence_of(token).index
    deeds = [other for other in items if _harmful(scene, other) and not _is_harm(scene, other)]
    own = document.children(token, "nsubj", "obl:agent")
    armed = [
        agent
        for agent in subjects(document, token)
        if scene.keys[item.head] not in MUTE and any(scene.is_a(agent, kind) for kind in AGENTS)
    ]
    beside = [other for other in deeds if document.sentence_of(other.head).index == sentence]
    if beside and not (armed and all(not is_violent(scene, other.type) for other in beside)):
        return not (armed and own and token.dep in ("conj", "root", "parataxis") and _apart(scene, token, deeds))
    if token.lemma.lower() in TALLIES and token.dep == "root":
        return any(is_violent(scene, other.type) and other.head < item.head for other in items)
    before = any(
        is_violent(scene, other.type) and 0 < sentence - document.sentence_of(other.head).index <= 2 for other in deeds
    )
    return before and not armed


def _harmful(scene: Scene, item: Candidate) -> bool:
    kind = scene.lexicon.types[item.type]
    return kind.casualties and item.type != "casualty_report"


def _apart(scene: Scene, token: Token, deeds: Iterable[Candidate]) -> bool:
    """Whether the verb tells of its own in a clause beside those of the deeds of its sentence."""
    below = {item.index for item in scene.document.subtree(token)}
    return not any(deed.head in below for deed in deeds)
