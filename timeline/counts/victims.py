"""Who was harmed: from a harm word to the noun phrases of its victims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from timeline.counts.harm import HarmRule, HarmWords, harm_words
from timeline.counts.quantity import Quantity, is_in_date, numeral_at, quantities, quantity_of, quantity_words
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.language.syntax import noun_phrase
from timeline.records import Harm, Scope, Span

__all__ = ["Victim", "caused_by_nature", "find_victims", "is_person"]

_HUMAN_ENDINGS = ("er", "or", "ist", "ian", "man", "men", "woman", "women", "ant", "ee", "ive", "people", "folk", "ite")
_STANDING_FOR_PEOPLE = frozenset(
    "dead wounded injured other more victim foreigner casualty half most none third fourth chief head".split()
)
_RESULT_HEADS = frozenset(
    {"leave", "find", "shoot", "make", "report", "confirm", "see", "have", "count", "acknowledge"}
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


def is_person(document: Document, token: Token) -> bool:
    """Whether a word can stand for people: a role noun, a name, a pronoun, a bare number or quantifier."""
    words = harm_words()
    lemma = token.lemma.lower()
    if lemma in words.nonpersons:
        return False
    if lemma == "another":
        return True
    known = nouns().get(lemma) or nouns().get(token.text.lower())
    if known is not None:
        return known.person
    if token.tag == "CD" and is_in_date(document, token):
        return False
    if token.pos in {"PROPN", "PRON", "NUM"} or token.text.lower() in quantity_words()["vague"]:
        return True
    if lemma in _STANDING_FOR_PEOPLE:
        return True
    partitive = [
        c for c in document.children(token, "nmod") if any(k.lemma == "of" for k in document.children(c, "case"))
    ]
    if lemma in {"member", "number", "group", "total", "family", "crew"} or (partitive and lemma in {"majority"}):
        return True
    return token.pos == "NOUN" and lemma.endswith(_HUMAN_ENDINGS)


def caused_by_nature(document: Document, token: Token, words: HarmWords) -> bool:
    """Whether the sentence of a token lays the harm to disease, weather, traffic or play."""
    sentence = document.sentence_of(token)
    if any(word.pos in {"NOUN", "PROPN"} and word.lemma.lower() in words.causes for word in sentence.tokens):
        return True
    text = document.text[sentence.start : sentence.end].lower()
    return any(phrase in text for phrase in words.phrases)


def find_victims(document: Document) -> Iterator[Victim]:
    """The victims of every harm word of a document, in order of the words."""
    words = harm_words()
    yield from _adjacent(document, words)
    for token in document.tokens:
        kind = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective", "AUX": "verb"}.get(token.pos)
        lemma = token.lemma.lower()
        for rule in _rules(document, words, kind, lemma, token):
            beside = token.index and document.tokens[token.index - 1].tag == "CD" and token.dep != "amod"
            if beside and ("adjective", token.text.lower()) in words.by_word:
                continue
            if not _holds(document, rule, token) or caused_by_nature(document, token, words):
                continue
            if _negated(document, token):
                continue
            first = document.head(token)
            if token.dep == "conj" and first is not None and _either(document, first):
                break
            found = list(_victims(document, rule, token))
            yield from (_victim(document, rule, token, head, words) for head in found)
            yield from _parts(document, rule, token, found)
            if found:
                break


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


def _negated(document: Document, token: Token) -> bool:
    """Whether the harm is denied outright ("was not injured"); "not a single guard was hurt" is a printed zero."""
    marks = [child for child in document.children(token, "advmod") if child.lemma in {"not", "never"}]
    return any(document.tokens[mark.index + 1].lemma not in {"a", "one"} for mark in marks)


def _either(document: Document, token: Token) -> bool:
    """Whether a harm verb is one of two: "killed or wounded" is not told apart."""
    return any(
        child.lemma in {"wound", "injure", "hurt", "kill"}
        and any(mark.lemma in {"or", "and/or"} for mark in document.children(child, "cc"))
        for child in document.children(token, "conj")
    )


def _parts(document: Document, rule: HarmRule, token: Token, found: list[Token]) -> Iterator[Victim]:
    """Parts of the harmed named right behind them: "46 hostages, seven of whom are foreigners"."""
    for head in found:
        last = document.sentence_of(head).tokens[-1].index
        for part in document.tokens[head.index + 1 : min(head.index + 8, last - 1)]:
            behind = [word.lemma.lower() for word in document.tokens[part.index + 1 : part.index + 6]]
            if part.tag != "CD" or behind[:1] != ["of"] or behind[1:2] not in (["whom"], ["who"], ["they"]):
                continue
            if not any(("verb", word) in harm_words().by_word for word in behind[2:]):
                quantity = numeral_at(document, part.index)
                whole = replace(quantity, last=quantity.last + 2) if quantity else None
                yield Victim(rule.harm, part, token, f"{rule.id}/part", quantity=whole)


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
    return True


def _is_passive(document: Document, token: Token) -> bool:
    return bool(document.children(token, "nsubj:pass", "aux:pass"))


def _heads(document: Document, rule: HarmRule, token: Token) -> Iterator[Token]:
    """The heads of the noun phrases in the victim's slot, before coordination."""
    if rule.victim == "head":
        yield from _counted_head(document, token)
        return
    if rule.victim == "of":
        for child in document.children(token, "nmod"):
            if child.dep == "nmod:poss" or any(case.lemma == "of" for case in document.children(child, "case")):
                yield child
        if document.children(token, "nummod"):
            yield token
        return
    if rule.victim == "object":
        yield from _objects(document, rule, token)
        return
    subjects = document.children(token, "nsubj")
    if subjects:
        yield from (_antecedent(document, child, token) for child in subjects)
    else:
        yield from _inherited_subject(document, token)


def _objects(document: Document, rule: HarmRule, token: Token) -> Iterator[Token]:
    passives = document.children(token, "nsubj:pass")
    objects = document.children(token, "obj")
    if "life" in rule.with_object:
        yield from (child for child in objects if child.lemma == "life")
        return
    if passives or objects:
        yield from (_antecedent(document, child, token) for child in (*passives, *objects))
        return
    shared = list(_shared_object(document, token))
    if shared:
        yield from shared
        return
    if token.tag == "VBN":
        yield from _participle_object(document, token)
    for child in document.children(token, "xcomp", "advmod", "obl"):
        yield from document.children(child, "nsubj")


def _shared_object(document: Document, token: Token) -> Iterator[Token]:
    """The object that coordinated verbs share ("shot and killed a judge"), or one parsed as an oblique."""
    head = document.head(token)
    if token.dep == "conj" and head is not None:
        yield from (child for child in document.children(head, "obj") if child.index > token.index)
    for verb in document.children(token, "conj"):
        if verb.pos == "VERB" and not document.children(verb, "nsubj"):
            yield from document.children(verb, "obj")
    for child in document.children(token, "obl"):
        case = document.children(child, "case")
        if any(word.lemma == "at" and document.tokens[word.index + 1].text == "least" for word in case):
            yield child
    following = document.tokens[token.index + 1 : token.index + 8]
    active = token.tag in {"VBD", "VBG"} or (token.tag == "VBN" and token.dep == "conj")
    if active and not document.children(token, "nsubj:pass", "aux:pass"):
        number = next((word for word in following if word.tag == "CD"), None)
        between = [word for word in following if number is not None and word.index < number.index]
        if any(word.tag == "WRB" for word in between):
            return
        if number is not None and all(
            word.pos in {"ADV", "ADJ", "DET", "PART"} or word.lemma in {"at", "than", "to"} for word in between
        ):
            counted = document.head(number) if number.dep.startswith("nummod") else number
            if counted is not None and counted.index >= number.index:
                yield counted


def _participle_object(document: Document, token: Token) -> Iterator[Token]:
    head = document.head(token)
    if token.dep in {"acl", "amod"}:
        if head is not None and (head.index < token.index or token.dep == "amod"):
            above = document.head(head)
            part = above is not None and head.dep == "nmod" and above.tag == "CD"
            yield above if part and above is not None else head
    elif token.dep == "conj":
        gapped = _gapped_subject(document, token)
        yield from [gapped] if gapped is not None else _inherited_subject(document, token)
    elif token.dep == "xcomp" and head is not None:
        yield from document.children(head, "nsubj:pass") or document.children(head, "obj")
    elif token.dep in {"root", "parataxis", "ccomp"}:
        yield from document.children(token, "nsubj")


def _gapped_subject(document: Document, token: Token) -> Token | None:
    """The noun phrase right before a participle that shares its auxiliary: "one was killed and two girls wounded"."""
    before = token.index - 1
    while before > 0 and document.tokens[before].pos in {"ADV", "AUX"}:
        before -= 1
    if document.tokens[before].text == ",":
        words = document.tokens[document.sentence_of(token).tokens[0].index : before]
        return next((w for w in reversed(words) if w.pos == "NOUN" and document.children(w, "nummod")), None)
    word = document.tokens[before]
    return word if word.pos in {"NOUN", "PROPN", "NUM"} else None


def _inherited_subject(document: Document, token: Token) -> Iterator[Token]:
    """The subject of the verb that a verb is coordinated with or depends on."""
    head = document.head(token)
    if head is None:
        return
    if token.dep == "conj":
        subjects = document.children(head, "nsubj")
        passive_like = document.children(head, "obj") if token.tag == "VBN" and not _is_passive(document, token) else ()
        yield from (_antecedent(document, child, head) for child in subjects or passive_like)
        if not subjects and head.dep in {"acl:relcl", "acl"}:
            parent = document.head(head)
            if parent is not None:
                yield parent
    elif token.dep in {"xcomp", "advcl"} and not document.children(token, "mark"):
        yield from (_antecedent(document, child, head) for child in document.children(head, "nsubj"))
    elif token.dep in {"acl", "acl:relcl"}:
        yield head


def _antecedent(document: Document, child: Token, verb: Token) -> Token:
    """What a relative pronoun stands for, else the word itself."""
    if child.tag in {"WP", "WDT"} or (child.lemma == "that" and child.pos == "PRON"):
        if verb.dep == "acl:relcl":
            parent = document.head(verb)
            return parent if parent is not None else child
        return child
    return child


def _counted_head(document: Document, token: Token) -> Iterator[Token]:
    """8 dead, 26 injured, the bodies of four men, 46 hostages, seven are missing."""
    if token.tag in {"NNS", "NN"} or token.pos == "NOUN":
        if token.lemma.lower() in {"body", "corpse"}:
            inside = [
                child
                for child in document.children(token, "nmod")
                if any(case.lemma == "of" for case in document.children(child, "case")) or child.dep == "nmod:poss"
            ]
            yield from inside or ([token] if document.children(token, "nummod") or token.tag == "NNS" else [])
            return
        yield token
        return
    if document.children(token, "nummod"):
        yield token
        return
    subjects = document.children(token, "nsubj")
    if subjects:
        yield from (_antecedent(document, child, token) for child in subjects)
        return
    head = document.head(token)
    if head is None:
        return
    if token.dep in {"amod", "acl"} and head.index < token.index:
        yield head
    elif token.dep in {"xcomp", "advcl", "obl", "advmod"}:
        if head.lemma in _RESULT_HEADS:
            objects = document.children(head, "obj") or document.children(head, "nsubj:pass")
            yield from objects
    elif token.dep == "conj" and document.children(head, "nsubj") and _result(head):
        yield from document.children(head, "nsubj")


def _result(token: Token) -> bool:
    return token.lemma.lower() in {"dead", "wounded", "injured", "kill", "wound", "injure", "missing"}


def _victims(document: Document, rule: HarmRule, token: Token) -> Iterator[Token]:
    """All victim phrases, coordinated ones apart, people only."""
    for head in _heads(document, rule, token):
        counted = bool(document.children(head, "nummod"))
        for item in (head, *document.children(head, "conj")):
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
            if rule.negated and not _none(document, item):
                continue
            if rule.plural and item.tag in {"NN", "NNP", "PRP"} and not document.children(item, "nummod"):
                continue
            own_word = rule.victim == "head" or item.lemma == "life" or item.index == token.index
            if own_word or is_person(document, item) or _counted_unknown(document, item):
                yield item


def _armed(item: Token) -> bool:
    known = nouns().get(item.lemma.lower())
    return known is not None and known.armed


def _none(document: Document, item: Token) -> bool:
    """Whether a phrase says that there is no one: "no one", "nobody", "no victims"."""
    quantity = quantity_of(document, item)
    return quantity is not None and quantity.negated


def _bare(document: Document, head: Token, item: Token, *, counted: bool) -> bool:
    """Whether a coordinated word only describes the ones before it: no number, or no "and" or comma before it."""
    first = noun_phrase(document, item)[0]
    joined = first > 0 and document.tokens[first - 1].text.lower() in {"and", "or", ",", "&", ";", "plus"}
    described = head.pos == "PROPN" and any(child.lemma in {"a", "an"} for child in document.children(item, "det"))
    if described:
        return True
    if not joined and not any(child.dep == "cc" for child in document.children(item)):
        return True
    return counted and item.tag in {"NNS", "NNPS"} and not document.children(item, "nummod", "det")


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
        known = ("adjective", word.text.lower()) in words.by_word or ("verb", word.lemma) in words.by_word
        return known and word.index not in {predicate.index, item.index}

    first, last = noun_phrase(document, item)
    before = document.tokens[predicate.index + 1 : first]
    if any(harmful(word) and word.pos == "VERB" and word.dep == "conj" for word in before):
        return True
    if (
        ("noun", item.lemma) in words.by_word
        and item.index != predicate.index
        and ("noun", predicate.lemma) in words.by_word
    ):
        return True
    for word in document.tokens[last + 1 : last + 4]:
        if harmful(word) and predicate.index < item.index:
            return True
        if word.pos not in {"ADV", "AUX"}:
            break
    return False


def _adjacent(document: Document, words: HarmWords) -> Iterator[Victim]:
    """A number with a harm word right behind it, whatever the parse: "8 dead and 26 injured", "a dozen wounded"."""
    for token in document.tokens[1:]:
        rules = words.by_word.get(("adjective", token.text.lower()), ())
        if not rules or token.dep == "amod" or document.tokens[token.index - 1].tag != "CD":
            continue
        sentence = document.sentence_of(token)
        if token.index == sentence.tokens[0].index or caused_by_nature(document, token, words):
            continue
        for quantity in quantities(document, max(token.index - 6, sentence.tokens[0].index), token.index - 1):
            if quantity.last == token.index - 1:
                whole = replace(quantity, last=token.index)
                yield Victim(rules[0].harm, token, token, rules[0].id, quantity=whole)
    yield from _elliptic(document, words)


def _elliptic(document: Document, words: HarmWords) -> Iterator[Victim]:
    """A number that shares the verb before it: "three were killed on Friday and another five on Saturday"."""
    for token in document.tokens[1:]:
        before = document.tokens[token.index - 1]
        if token.tag != "CD" or before.text.lower() != "another" or token.dep.startswith(("nummod", "nsubj")):
            continue
        sentence = document.sentence_of(token)
        verbs = [word for word in sentence.tokens if word.index < token.index and ("verb", word.lemma) in words.by_word]
        quantity = numeral_at(document, token.index)
        if verbs and quantity:
            rule = words.by_word["verb", verbs[-1].lemma][0]
            whole = replace(quantity, first=before.index)
            yield Victim(rule.harm, token, verbs[-1], f"{rule.id}/elliptic", quantity=whole)
