"""Where in the sentence the harmed stand: from a harm word to the heads of its victims' phrases."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.counts.harm import HarmRule
from timeline.counts.numerals import is_in_date
from timeline.language.document import Document, Token
from timeline.language.syntax import is_passive

__all__ = ["noun_behind", "victim_heads"]

_TIMES = frozenset("monday tuesday wednesday thursday friday saturday sunday last yesterday today late early".split())
_SAID_OF = frozenset({"report", "confirm", "pronounce", "declare"})
_RESULT_HEADS = _SAID_OF | {"leave", "find", "shoot", "make", "see", "have", "count", "acknowledge"}


def victim_heads(document: Document, rule: HarmRule, token: Token) -> Iterator[Token]:
    """The heads of the noun phrases in the victim's slot, before coordination."""
    if rule.victim == "head":
        yield from _counted_head(document, token)
        return
    if rule.victim == "bearer":
        bearer = document.head(token) if token.dep in {"nmod", "obl"} else None
        carried = any(case.lemma == "with" for case in document.children(token, "case"))
        if bearer is not None and carried:
            held = [bearer, *document.children(bearer, "nsubj")]
            yield from (word for word in held if document.children(word, "nummod"))
        return
    if rule.victim == "of":
        for child in document.children(token, "nmod"):
            case = document.children(child, "case")
            if child.dep == "nmod:poss" or (case and case[0].lemma == "of"):
                yield child
        if document.children(token, "nummod"):
            yield token
        return
    if rule.victim == "object":
        yield from _objects(document, rule, token)
        return
    if rule.result and document.children(token, "obj", "nsubj:pass"):
        return
    subjects = document.children(token, "nsubj")
    if rule.result and len(subjects) > 1:
        subjects = subjects[:1]
    if subjects:
        yield from (_antecedent(document, child, token) for child in subjects)
    else:
        yield from _inherited_subject(document, token)


def _objects(document: Document, rule: HarmRule, token: Token) -> Iterator[Token]:
    passives = () if _named_is(document, token) else _one_subject(document, token)
    objects = _without_names(document, document.children(token, "obj"))
    if "life" in rule.with_object:
        yield from _lives(document, objects)
        return
    behind = _behind_result(document, rule, token)
    clipped = behind or _clipped(document, token) or _told_within(document, token)
    if clipped is not None:
        yield clipped
        return
    if passives or objects:
        yield from (_antecedent(document, child, token) for child in (*passives, *objects))
        yield from _besides(document, token)
        return
    sharing = _passive_before(document, token)
    if sharing is not None:
        yield from document.children(sharing, "nsubj:pass")
        return
    shared = list(_shared_object(document, token))
    if shared:
        yield from shared
        return
    if token.tag == "VBN":
        yield from _participle_object(document, token)
    for child in document.children(token, "xcomp", "advmod", "obl"):
        yield from document.children(child, "nsubj")


def _named_is(document: Document, token: Token) -> bool:
    """Whether the "auxiliary" of a verb is the name of a group: "IS fighters killed" in a text not in capitals."""
    small = any(word.text.islower() and word.pos == "NOUN" for word in document.sentence_of(token).tokens)
    return small and any(child.text == "IS" for child in document.children(token, "aux:pass"))


def _one_subject(document: Document, token: Token) -> tuple[Token, ...]:
    """The subject of a passive where the parse gives two: the people of "In Tal, Hama, 3 people were shot"."""
    passives = document.children(token, "nsubj:pass")
    if len(passives) > 1 and all(word.tag in {"NN", "NNP"} for word in passives):
        return passives[:1]
    if len(passives) > 1:
        return tuple(word for word in passives if word.pos != "PROPN") or passives
    return passives


def _without_names(document: Document, objects: tuple[Token, ...]) -> tuple[Token, ...]:
    """The objects of a verb without a name that only names the one right before it: "the director Omar Sabri"."""
    return tuple(
        word
        for word in objects
        if word.pos != "PROPN"
        or not any(other.index == word.index - 1 and other.tag == "NN" for other in objects)
        or document.children(word, "det", "nummod")
    )


def _lives(document: Document, objects: tuple[Token, ...]) -> Iterator[Token]:
    """The lives that a deed cost, or whose lives: "cost 12 lives", "claimed the lives of eleven workers"."""
    for life in (child for child in objects if child.lemma == "life"):
        owners = [
            child
            for child in document.children(life, "nmod")
            if any(case.lemma == "of" for case in document.children(child, "case"))
        ]
        yield from owners or [life]


def _behind_result(document: Document, rule: HarmRule, token: Token) -> Token | None:
    """The noun phrase right behind "shot dead" or "stabbed to death", whatever the parse."""
    end = document.sentence_of(token).tokens[-1].index
    words = document.tokens[token.index + 1 : end + 1]
    result = next(
        (r.split() for r in rule.result if [w.text.lower() for w in words[: len(r.split())]] == r.split()), None
    )
    if result is None or (document.children(token, "aux:pass") and not _named_is(document, token)):
        return None
    return noun_behind(document, token.index + len(result))


def noun_behind(document: Document, index: int) -> Token | None:
    """The head of the noun phrase that begins right behind a token, read word by word."""
    head = None
    first = document.tokens[index + 1 : index + 2]
    if first and (first[0].lemma.lower() in _TIMES or is_in_date(document, first[0])):
        return None
    for word in document.tokens[index + 1 : document.sentence_of(index).tokens[-1].index + 1]:
        if word.pos in {"NOUN", "PROPN", "NUM"}:
            head = word
        elif word.pos not in {"DET", "ADJ", "PART"} and word.tag not in {"HYPH", "PRP$", "POS", "VBN", "VBG"}:
            break
    return head


def _clipped(document: Document, token: Token) -> Token | None:
    """The harmed of a passive printed short: "three soldiers killed and one injured", "clashes, one killed"."""
    before, after = document.tokens[token.index - 1], document.tokens[token.index + 1 : token.index + 3]
    if before.pos == "ADV" and token.index > 1:
        before = document.tokens[token.index - 2]
    above = document.head(before)
    counted = above is not None and before.dep == "nmod" and above.tag == "CD"
    if above is not None and (counted or (before.dep == "conj" and above.dep == "nsubj")):
        before = above
    if token.tag not in {"VBD", "VBN"} or not token.index or before.pos not in {"NOUN", "PROPN", "NUM"}:
        return None
    if document.children(token, "obj", "aux", "aux:pass", "nsubj:pass") or (after and not _breaks(after)):
        return None
    held = before if before.dep == "nsubj" and before.head == token.index else None
    if held is None and token.dep.startswith("acl"):
        held = document.head(token)
        joined = held is not None and any(word.index == before.index for word in document.children(held, "conj"))
        held = held if joined else None
    if held is None:
        return None
    quantified = any(
        child.lemma in {"a", "an", "no"} or child.dep == "nummod" for child in document.children(held, "nummod", "det")
    )
    verbs = [word for word in document.sentence_of(token).tokens if word.pos in {"VERB", "AUX"}]
    fragment = held.tag in {"NN", "NNP"} and len(verbs) == 1 and not document.children(held, "det")
    return held if quantified or fragment or held.tag == "CD" else None


def _breaks(after: tuple[Token, ...]) -> bool:
    """Whether the words behind a verb begin no object of it."""
    first, more = after[0], after[1:]
    if first.text.lower() in {"and", "but"}:
        return not (more and more[0].pos == "VERB")
    return first.pos in {"PUNCT", "ADP", "SCONJ"} and (not more or more[0].text.lower() != "least")


def _told_within(document: Document, token: Token) -> Token | None:
    """The number right before the auxiliary, behind a verb of telling: "sources reported at least 52 were killed"."""
    auxiliary = next(iter(document.children(token, "aux:pass")), None)
    number = document.tokens[auxiliary.index - 1] if auxiliary is not None and auxiliary.index else None
    if number is None or number.tag != "CD" or number.dep not in {"obj", "nsubj"}:
        return None
    teller = document.head(number)
    return number if teller is not None and teller.index != token.index and teller.pos == "VERB" else None


def _besides(document: Document, token: Token) -> Iterator[Token]:
    """Who else: "killed the director along with his brother", "killed himself and six recruits"."""
    if document.children(token, "obj"):
        yield from (child for child in document.children(token, "conj") if child.pos in {"NOUN", "PROPN"})
    for child in document.children(token, "obl"):
        case = [word.lemma.lower() for word in document.children(child, "case")]
        if case[:2] in (["along", "with"], ["together", "with"]):
            yield child


def _passive_before(document: Document, token: Token) -> Token | None:
    """The passive verb whose subject a coordinated participle shares: "was seized, led away and then killed"."""
    own = document.children(token, "nsubj", "obj", "aux:pass", "obl:agent")
    verb, steps = token, 0
    while verb.dep == "conj" and not own and steps < 3:
        head = document.head(verb)
        if head is None or head.pos != "VERB" or document.children(head, "obj"):
            return None
        if document.children(head, "nsubj", "nsubj:pass"):
            return head if document.children(head, "nsubj:pass") else None
        verb, steps = head, steps + 1
    return None


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
            word.pos in {"ADV", "ADJ", "DET", "PART"} or word.lemma in {"at", "than", "to", "up"} for word in between
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
        passive_like = document.children(head, "obj") if token.tag == "VBN" and not is_passive(document, token) else ()
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
            yield from _said_of(document, head)
    elif token.dep == "conj" and document.children(head, "nsubj") and _result(head):
        yield from document.children(head, "nsubj")


def _said_of(document: Document, verb: Token) -> tuple[Token, ...]:
    """Who is left, found or reported dead: the object, or the subject of the passive, if need be of the verb before."""
    found = document.children(verb, "obj")
    if not found and not _named_is(document, verb):
        found = _one_subject(document, verb)
    if not found and verb.lemma in _SAID_OF:
        above = document.head(verb) if verb.dep == "conj" else None
        found = document.children(verb, "nsubj") or (document.children(above, "nsubj:pass") if above else ())
    return found


def _result(token: Token) -> bool:
    return token.lemma.lower() in {"dead", "wounded", "injured", "kill", "wound", "injure", "missing"}
