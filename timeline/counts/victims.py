"""Who was harmed: from a harm word to the noun phrases of its victims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from timeline.counts.harm import HarmRule, HarmWords, harm_words
from timeline.counts.numerals import Quantity, is_in_date, numeral_at, quantity_words
from timeline.counts.quantity import quantity_of
from timeline.counts.slots import victim_heads
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.language.syntax import noun_phrase
from timeline.records import Harm, Scope, Span

__all__ = ["Victim", "caused_by_nature", "find_victims", "is_negated", "is_number", "is_person"]

_HUMAN_ENDINGS = ("er", "or", "ist", "ian", "man", "men", "woman", "women", "ant", "ee", "ive", "people", "folk", "ite")
_HURTING = frozenset({"wound", "injure", "hurt", "kill"})
_STANDING_FOR_PEOPLE = frozenset(
    "all dead wounded injured other more victim foreigner casualty half most none third fourth chief head element "
    "patriot companion passer chef figure".split()
)


@dataclass(frozen=True, slots=True)
class Victim:
    """A noun phrase of harmed people and the word that says so."""

    harm: Harm
    head: Token
    predicate: Token
    rule: str
    perpetrator: bool = False
    quantity: Quantity | None = None
    scope: tuple[Scope, str | None] | None = None
    source: Span | None = None
    counted: Token | None = None


def is_person(document: Document, token: Token) -> bool:
    """Whether a word can stand for people: a role noun, a name, a pronoun, a bare number or quantifier."""
    words = harm_words()
    lemma = token.lemma.lower()
    if lemma in words.nonpersons:
        return False
    if lemma == "another":
        return True
    if token.pos == "PROPN" and _in_name(document, token, "PER"):
        return True
    if token.tag == "NNS" and lemma == "force" and document.children(token, "nummod"):
        return True
    known = nouns().get(lemma) or nouns().get(token.text.lower())
    if known is not None:
        return known.person
    if token.tag == "CD" and is_in_date(document, token):
        return False
    if token.pos == "PROPN" and _in_name(document, token, "LOC"):
        return False
    if token.pos in {"PROPN", "PRON", "NUM"} or token.text.lower() in quantity_words()["vague"]:
        return True
    if lemma in _STANDING_FOR_PEOPLE:
        return True
    if token.pos == "ADJ" and token.text[0].isupper():
        return any(child.lemma in {"a", "an"} for child in document.children(token, "det"))
    partitive = [
        c for c in document.children(token, "nmod") if any(k.lemma == "of" for k in document.children(c, "case"))
    ]
    if lemma in {"member", "number", "group", "total", "family", "crew"} or (partitive and lemma in {"majority"}):
        return True
    return token.pos == "NOUN" and lemma.endswith(_HUMAN_ENDINGS)


def _in_name(document: Document, token: Token, label: str) -> bool:
    names = [name for name in document.sentence_of(token).names if name.first <= token.index <= name.last]
    return bool(names) and names[0].label == label


def caused_by_nature(document: Document, token: Token, words: HarmWords) -> bool:
    """Whether the sentence of a token lays the harm to disease, weather, traffic or play."""
    sentence = document.sentence_of(token)
    if any(
        word.pos in {"NOUN", "PROPN"} and {word.lemma.lower(), word.text.lower()} & words.causes
        for word in sentence.tokens
    ):
        return True
    text = document.text[sentence.start : sentence.end].lower()
    return any(phrase in text for phrase in words.phrases)


def find_victims(document: Document) -> Iterator[Victim]:
    """The victims of every harm word of a document, in order of the words."""
    words = harm_words()
    for token in document.tokens:
        kind = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective", "AUX": "verb"}.get(token.pos)
        lemma = token.lemma.lower()
        for rule in _rules(document, words, kind, lemma, token):
            beside = token.index and is_number(document.tokens[token.index - 1]) and token.dep != "amod"
            if beside and ("adjective", token.text.lower()) in words.by_word:
                continue
            if not _holds(document, rule, token) or caused_by_nature(document, token, words):
                continue
            if is_negated(document, token):
                continue
            first = document.head(token)
            harmful = first is not None and ("verb", first.lemma) in words.by_word
            if token.dep == "conj" and first is not None and harmful and _either(document, first):
                break
            if kind == "adjective" and token.index and document.tokens[token.index - 1].text.lower() == "no":
                continue
            if _heads_toll(document, token) or _told_of_one(document, token):
                continue
            found = [_meant(document, token, word) for word in _victims(document, rule, token)]
            found = _among(document, token) or found
            yield from (_victim(document, rule, token, head, words) for head in found)
            yield from _parts(document, rule, token, found)
            if found:
                break


def _told_of_one(document: Document, token: Token) -> bool:
    """Whether a harm word only describes one person: "a slain founder", "she was one of six killed this week"."""
    held = document.head(token)
    if held is None or held.pos not in {"NOUN", "PROPN", "NUM"}:
        return False
    if token.dep == "amod" and token.tag == "VBN":
        return held.tag in {"NN", "NNP"}
    above = document.head(held)
    one = above is not None and above.text.lower() == "one" and bool(document.children(above, "cop"))
    return token.dep.startswith("acl") and one


def _among(document: Document, token: Token) -> list[Token]:
    """The number that a named person is "among": "the groom was among five killed"."""
    number = document.tokens[token.index - 1] if token.index > 1 else token
    before = document.tokens[max(0, number.index - 1)]
    return [number] if number.tag == "CD" and before.text.lower() == "among" and token.tag in {"VBN", "VBD"} else []


def _meant(document: Document, verb: Token, word: Token) -> Token:
    """The counted people that "them" takes up inside a sentence: "dragged six drovers off a cart and clubbed them"."""
    if word.text.lower() not in {"them", "they"}:
        return word
    before = document.tokens[document.sentence_of(verb).tokens[0].index : verb.index]
    known = [w for w in before if w.dep in {"obj", "nsubj:pass"} and document.children(w, "nummod")]
    people = [w for w in known if is_person(document, w)]
    return people[-1] if people else word


def _heads_toll(document: Document, token: Token) -> bool:
    """Whether a harm word only says what a figure counts: "the count of rebels killed", "the casualty figure"."""
    toll = harm_words().toll["nouns"]
    counted = document.head(token)
    if counted is None:
        return False
    if token.dep == "compound":
        return counted.lemma in toll
    over = document.head(counted)
    number = over is not None and over.lemma in toll and not document.children(counted, "nummod")
    return token.dep.startswith("acl") and counted.dep == "nmod" and number and counted.tag in {"NNS", "NNPS"}


def _rules(document: Document, words: HarmWords, kind: str | None, lemma: str, token: Token) -> tuple[HarmRule, ...]:
    direct = words.by_word.get((kind or "", lemma), ())
    if kind == "adjective":
        return direct or words.by_word.get(("adjective", token.text.lower()), ())
    adjectival = kind == "noun" or (token.tag == "VBN" and token.dep in {"acl", "amod", "xcomp"})
    adjectival = adjectival or (token.text.lower() == "missing" and not document.children(token, "obj"))
    return (*direct, *(words.by_word.get(("adjective", token.text.lower()), ()) if adjectival else ()))


def _victim(document: Document, rule: HarmRule, token: Token, head: Token, words: HarmWords) -> Victim:
    guilty = words.perpetrators["words"]
    reflexive = head.text.lower() in {"himself", "herself", "themselves"}
    part = [child.lemma.lower() for child in document.children(head, "nmod")] if head.tag == "CD" else []
    marked = (head.lemma.lower() in guilty or reflexive or any(word in guilty for word in part)) and rule.harm in {
        "killed",
        "wounded",
    }
    harm: Harm = "casualties" if _either(document, token) else rule.harm
    return Victim(harm, head, token, rule.id, perpetrator=marked)


def is_negated(document: Document, token: Token) -> bool:
    """Whether the harm is denied outright ("was not injured"); "not a single guard was hurt" is a printed zero."""
    told = document.head(token) if token.dep == "nmod" else None
    if told is not None and any(child.lemma == "no" for child in document.children(told, "det")):
        return True
    marks = [child for child in document.children(token, "advmod") if child.lemma in {"not", "never"}]
    return any(document.tokens[mark.index + 1].lemma not in {"a", "one"} for mark in marks)


def _either(document: Document, token: Token) -> bool:
    """Whether a harm verb is one of two: "killed or wounded" is not told apart."""
    joined = document.children(token, "conj")
    harms = [child for child in joined if child.lemma in _HURTING]
    deeper = harms if token.lemma in _HURTING else ()
    listed = [*joined, *(more for child in deeper for more in document.children(child, "conj"))]
    choice = any(mark.lemma in {"or", "and/or"} for child in listed for mark in document.children(child, "cc"))
    return choice and bool(harms)


def _parts(document: Document, rule: HarmRule, token: Token, found: list[Token]) -> Iterator[Victim]:
    """Parts of the harmed named right behind them: "46 hostages, seven of whom are foreigners", "including a child"."""
    for head in found:
        for part in _included(document, head):
            yield Victim(rule.harm, part, token, f"{rule.id}/included")
        last = document.sentence_of(head).tokens[-1].index
        for part in document.tokens[head.index + 1 : min(head.index + 8, last - 1)]:
            behind = [word.lemma.lower() for word in document.tokens[part.index + 1 : part.index + 6]]
            if part.tag != "CD" or behind[:1] != ["of"] or behind[1:2] not in (["whom"], ["who"], ["they"]):
                continue
            between = document.tokens[head.index + 1 : part.index]
            if any(("verb", word.lemma) in harm_words().by_word for word in between):
                continue
            if not any(("verb", word) in harm_words().by_word for word in behind[2:]):
                quantity = numeral_at(document, part.index)
                whole = replace(quantity, last=quantity.last + 2) if quantity else None
                yield Victim(rule.harm, part, token, f"{rule.id}/part", quantity=whole)


def _included(document: Document, head: Token) -> Iterator[Token]:
    """People named as part of a phrase of several: "nine people, including four children and a nurse"."""
    whole = quantity_of(document, head)
    if whole is None or whole.negated or whole.high == 1:
        return
    above = document.head(head)
    if above is not None and any(case.text.lower() == "of" for case in document.children(head, "case")):
        yield from (word for word in document.children(above, "nsubj") if word.tag == "CD" and word.index > head.index)
    for part in document.children(head, "nmod", "appos"):
        before = [word.text.lower() for word in document.tokens[noun_phrase(document, part)[0] - 3 : part.index]]
        among = any(word in {"among", "amongst"} for word in before) and {"them", "whom"} & set(before)
        if not among and not any(case.lemma == "include" for case in document.children(part, "case")):
            continue
        for item in (part, *document.children(part, "conj")):
            quantity = quantity_of(document, item)
            printed = quantity is not None and document.tokens[quantity.first].pos in {"NUM", "DET", "ADJ"}
            if printed and is_person(document, item) and not _has_own_harm(document, head, item):
                yield item


def _holds(document: Document, rule: HarmRule, token: Token) -> bool:
    """Whether the conditions of a rule are met around its word."""
    children = document.children(token)
    if rule.particle and not any(c.dep == "compound:prt" and c.lemma == rule.particle for c in children):
        following = document.tokens[token.index + 1 : token.index + 2]
        if not any(word.text.lower() == rule.particle for word in following):
            return False
    if rule.result:
        window = " ".join(word.text.lower() for word in document.tokens[token.index + 1 : token.index + 7])
        near = any(child.text.lower() == "dead" for child in children)
        if not near and not any(f" {result}" in f" {window}" for result in rule.result):
            return False
    if rule.with_object:
        objects = [c for c in children if c.dep in {"obj", "nsubj:pass"}]
        objects += [c for item in objects for c in document.children(item, "conj")]
        if not any(c.lemma.lower() in rule.with_object for c in objects):
            return False
    if rule.with_oblique:
        around = [c.lemma.lower() for c in document.children(token, "obl", "nmod", "obj")]
        deeper = [k.lemma.lower() for c in document.children(token, "obl", "obj") for k in document.children(c, "nmod")]
        if not set(rule.with_oblique) & {*around, *deeper}:
            return False
    obliques = document.children(token, "obl", "advmod", "compound:prt") if rule.without_case else ()
    cases = [case.lemma for child in obliques for case in (child, *document.children(child, "case"))]
    cases += [word.lemma for word in document.tokens[token.index + 1 : token.index + 2] if word.pos == "ADP"]
    return not set(rule.without_case) & set(cases)


def _victims(document: Document, rule: HarmRule, token: Token) -> Iterator[Token]:
    """All victim phrases, coordinated ones apart, people only."""
    for head in victim_heads(document, rule, token):
        counted = bool(document.children(head, "nummod"))
        for item in _members(document, head):
            if not _either(document, token) and _behind_verb(document, token, head, item):
                continue
            if (not _either(document, token) and _has_own_harm(document, token, item)) or (
                item is not head and _bare(document, head, item, counted=counted)
            ):
                continue
            if item.index == token.index and rule.victim != "head" and not document.children(item, "nummod"):
                continue
            if rule.fighters and not _armed(item):
                continue
            if [word.text.lower() for word in document.tokens[max(0, item.index - 2) : item.index]] == ["of", "them"]:
                continue
            if rule.negated and not _none(document, item):
                continue
            if rule.plural and item.tag in {"NN", "NNP", "PRP"} and not document.children(item, "nummod"):
                continue
            own_word = rule.victim == "head" or item.lemma == "life" or item.index == token.index
            if own_word or is_person(document, item) or _counted_unknown(document, item):
                yield item


def _members(document: Document, head: Token) -> Iterator[Token]:
    """A victim phrase and the ones joined to it, also where the parse joined them to a word inside it.

    "Three of the gunmen and a policeman", "the leader of the council, Omar Sabri, and a companion".
    """
    yield head
    joined = document.children(head, "conj")
    place = head.pos == "PROPN" and not document.children(head, "det") and len(joined) == 1
    if place and not document.children(joined[0], "cc") and document.children(joined[0], "nummod"):
        yield joined[0]
        return
    yield from joined
    for inner in document.children(head, "nmod", "appos"):
        part = head.tag == "CD" or head.text.lower() in quantity_words()["vague"]
        within = inner.pos == "PROPN" if inner.dep == "appos" else part or not is_person(document, inner)
        for item in document.children(inner, "conj"):
            quantified = document.children(item, "nummod", "nmod:poss", "det")
            vague = any(child.text.lower() in quantity_words()["vague"] for child in document.children(item, "amod"))
            mark = next(iter(document.children(item, "cc")), None)
            apart = mark is not None and (within or document.tokens[mark.index - 1].text == ",")
            if apart and (vague or any(word.lemma != "the" for word in quantified)):
                yield item


def _armed(item: Token) -> bool:
    """Whether a word names fighters, the men of a force included: "lost two men"."""
    known = nouns().get(item.lemma.lower())
    return item.text.lower() == "men" or (known is not None and known.armed)


def _none(document: Document, item: Token) -> bool:
    """Whether a phrase says that there is no one: "no one", "nobody", "no victims"."""
    quantity = quantity_of(document, item)
    return quantity is not None and quantity.negated


def _bare(document: Document, head: Token, item: Token, *, counted: bool) -> bool:
    """Whether a coordinated word only describes the ones before it: no number, or no "and" or comma before it."""
    first = noun_phrase(document, item)[0]
    if counted and item.pos == "PROPN" and any(w.pos == "PROPN" for w in document.children(head, "appos")):
        return True
    joined = first > 0 and document.tokens[first - 1].text.lower() in {"and", "or", ",", "&", ";", "plus"}
    if head.pos == "PROPN" and _is_one(document, item):
        named = [word for word in document.children(head, "conj", "appos") if word.index < item.index]
        if not document.children(item, "cc") or any(_is_one(document, word) for word in named):
            return True
    if not joined and not any(child.dep == "cc" for child in document.children(item)):
        return True
    return counted and item.tag in {"NNS", "NNPS"} and not document.children(item, "nummod", "det")


def _is_one(document: Document, item: Token) -> bool:
    return any(child.lemma in {"a", "an"} for child in document.children(item, "det"))


def _counted_unknown(document: Document, item: Token) -> bool:
    """A counted noun that no list knows stands for people, since it was harmed."""
    lemma = item.lemma.lower()
    unknown = lemma not in harm_words().nonpersons and nouns().get(lemma) is None
    return unknown and item.pos == "NOUN" and any(child.tag == "CD" for child in document.children(item, "nummod"))


def _behind_verb(document: Document, predicate: Token, head: Token, item: Token) -> bool:
    """Whether a coordinated subject stands behind its passive verb and before another: the other one is its own."""
    if not head.index < predicate.index < item.index:
        return False
    last = document.sentence_of(predicate).tokens[-1].index
    words = harm_words().by_word
    behind = document.tokens[item.index + 1 : last]
    return any(("verb", w.lemma) in words or ("adjective", w.text.lower()) in words for w in behind)


def _has_own_harm(document: Document, predicate: Token, item: Token) -> bool:
    """Whether a phrase has another harm word of its own: "8 dead and 26 injured", "killed two and wounded four"."""
    words = harm_words()

    def harmful(word: Token) -> bool:
        known = ("adjective", word.text.lower()) in words.by_word or any(
            _holds(document, rule, word) for rule in words.by_word.get(("verb", word.lemma), ())
        )
        return known and word.index not in {predicate.index, item.index}

    first, last = noun_phrase(document, item)
    before = document.tokens[predicate.index + 1 : first]
    if before and before[0].pos == "CCONJ":
        before = before[2:]
    own = words.by_word.get(("adjective", item.text.lower()), ())
    if item.index != predicate.index and item.dep == "conj" and own and own[0].harm != "killed":
        return True
    if any(harmful(word) and word.pos == "VERB" and word.dep == "conj" for word in before):
        return True
    if (
        ("noun", item.lemma) in words.by_word
        and item.index != predicate.index
        and ("noun", predicate.lemma) in words.by_word
    ):
        return True
    for word in document.tokens[last + 1 : last + 4]:
        if harmful(word) and word.tag != "VBG" and predicate.index < item.index:
            return True
        if word.pos not in {"ADV", "AUX"}:
            break
    return False


def is_number(token: Token) -> bool:
    """Whether a word is a number or a vague quantity of its own: "26", "scores"."""
    return token.tag == "CD" or (token.tag == "NNS" and token.text.lower() in quantity_words()["vague"])
