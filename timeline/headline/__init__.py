"""One line of plain English for an event, composed from its record: who does what to whom, where, with what harm.

The words stand in ``lexicons/headlines.toml``. The factuality of the event is said, never implied: "is said to have",
"plans to", "did not", "may have". A side that is only blamed is named as blamed, and by whom.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Set

from timeline.headline.frames import Frame, book
from timeline.headline.naming import (
    can_act,
    can_suffer,
    filled,
    listed,
    name_of,
    phrase,
    said_plainly,
    toll,
    with_article,
)
from timeline.records import Count, Event, Total

__all__ = ["headline", "toll"]


def _frame_of(event: Event) -> Frame | None:
    frames = book().frames
    return frames.get((event.type, event.subtype)) or frames.get((event.type, None))


def _counted(event: Event, frame: Frame) -> str | None:
    """How many it happened to, where that is a number of people beyond one."""
    for count in event.counts:
        if count.harm == frame.harm and not count.cumulative and count.superseded_by is None and (count.best or 0) > 1:
            return _people(count)
    return None


def _people(count: Count) -> str:
    number = toll(Total(count.low, count.best, count.high))
    group = (count.group or "people").strip() or "people"
    return f"{number} {group}"


def _object(event: Event, frame: Frame, besides: Set[str]) -> tuple[str, bool, str | None] | None:
    """What the event is done to, besides those who do it: phrase, plural, and the role it came from."""
    for role in frame.object:
        if role == "@":
            if event.place is not None and event.place.name:
                return event.place.name, False, "@"
        elif roles := [
            item
            for item in said_plainly(event, role) or filled(event, role)
            if can_suffer(item) and name_of(item).lower() not in besides
        ]:
            return (*phrase(roles), role)
    if frame.harm is not None and (number := _counted(event, frame)) is not None:
        return number, True, None
    return None


_SUBJECT_FORMS: Mapping[str, tuple[str, str, int]] = {
    # words after a plural subject, after a singular one, form of the verb (0 plural, 1 singular, 2 participle)
    "disputed": ("are said to have", "is said to have", 2),
    "denied": ("have", "has", 2),
    "negated": ("do not", "does not", 0),
    "planned": ("plan to", "plans to", 0),
    "threatened": ("threaten to", "threatens to", 0),
    "possible": ("may have", "may have", 2),
    "hypothetical": ("could", "could", 0),
}
_PASSIVE_FORMS: Mapping[str, tuple[str, str]] = {
    "happened": ("are", "is"),
    "disputed": ("are said to have been", "is said to have been"),
    "denied": ("have been", "has been"),
    "negated": ("are not", "is not"),
    "planned": ("are to be", "is to be"),
    "threatened": ("are to be", "is to be"),
    "possible": ("may have been", "may have been"),
    "hypothetical": ("could be", "could be"),
}
_NOUN_FORMS: Mapping[str, str] = {
    "disputed": "disputed {}",
    "denied": "denied: {}",
    "negated": "no {}",
    "planned": "planned {}",
    "threatened": "threatened {}",
    "possible": "possible {}",
    "hypothetical": "talk of {}",
}
_WHERE = ("near", "outside", "off", "between", "around", "inside", "along", "across", "over", "on", "at")
_WITHOUT_ARTICLE = ("post", "content", "demand", "charge", "measure", "topic", "reason")


def _active(subject: str, plural: bool, verb: tuple[str, str, str], factuality: str) -> str:
    if factuality == "happened":
        return f"{subject} {verb[0] if plural else verb[1]}"
    many, one, form = _SUBJECT_FORMS[factuality]
    return f"{subject} {many if plural else one} {verb[form]}"


def _core(event: Event, frame: Frame) -> tuple[str, bool, set[str]]:
    """The clause without tails, whether it is a clause at all, and the roles that it has used."""
    fact = event.factuality
    subject = next(
        (
            (role, found)
            for role in frame.subject
            if (found := [item for item in said_plainly(event, role) if can_act(item)])
        ),
        None,
    )
    doing = {name_of(item).lower() for item in subject[1]} if subject else set()
    target = _object(event, frame, doing)
    used = {target[2]} if target and target[2] else set()
    if subject is not None:
        words, plural = phrase(subject[1])
        used.add(subject[0])
        if not frame.object and target is not None:
            words, plural = (target[0], True) if words[:1].islower() and " and " not in words else (words, plural)
        elif target is not None and target[2] != subject[0]:
            direct = frame.direct_verb is not None and any(word in target[0].lower() for word in frame.direct)
            verb = frame.direct_verb if direct and frame.direct_verb is not None else frame.verb
            said = _active(words, plural, verb, fact)
            return (said.format(target[0]) if "{}" in said else f"{said} {target[0]}"), True, used
        if frame.alone is not None:
            return _active(words, plural, frame.alone, fact), True, used - {"@"}
        return f"{_NOUN_FORMS.get(fact, '{}').format(frame.noun)} by {words}", False, used - {"@"}
    if target is not None and frame.thing and target[2] != "@":
        return f"{_active(frame.thing, False, ('hit', 'hits', 'hit'), fact)} {target[0]}", True, used
    if target is not None and frame.passive:
        many, one = _PASSIVE_FORMS[fact]
        return f"{target[0]} {many if target[1] else one} {frame.passive}", True, used
    if target is not None and frame.subject != () and frame.alone is not None and frame.harm == "displaced":
        return _active(target[0], target[1], frame.alone, fact), True, used
    return _NOUN_FORMS.get(fact, "{}").format(frame.noun), False, set()


def _tails(event: Event, frame: Frame, used: set[str]) -> str:
    out = ""
    for role, words in frame.tails:
        if role in used or not (roles := said_plainly(event, role) or filled(event, role)):
            continue
        used.add(role)
        bare = role in _WITHOUT_ARTICLE
        said = listed([name_of(item) for item in roles]) if bare else phrase(roles)[0]
        out += f"{words} {said}" if words[0] in ",:" else f" {words} {said}"
    return out


def _blame(event: Event, frame: Frame) -> str:
    """Those who are said to have done it, and who says so."""
    parts = []
    for role in frame.subject:
        for item in filled(event, role):
            if not (item.disputed or item.claimed_by):
                continue
            name, by = with_article(name_of(item), item.kind), (item.claimed_by or "").strip()
            if by and by.lower() == name_of(item).lower():
                parts.append(f"claimed by {name}")
            else:
                parts.append(f"blamed on {name}" + (f" by {by}" if by else ""))
    return f", {listed(parts)}" if parts else ""


def _where(event: Event, written: str) -> str:
    name = event.place.name if event.place is not None else None
    if not name or re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", written.lower()):
        return ""
    words, low = book().words, name.lower()
    if low.split()[0] in words["where"] and ((name[0].islower() and " of " in low) or low.split()[0] in _WHERE):
        return f" {name}"
    article = (
        "the "
        if low in words["place"]
        or low.split()[-1] in words["place_ends"]
        or (name[0].islower() and low.split()[0] not in words["determined"])
        else ""
    )
    return f" {'at' if low.split()[-1] in words['at'] else 'in'} {article}{name}"


def _harm(event: Event) -> str:
    parts = []
    for total, word in ((event.killed, "killed"), (event.wounded, "wounded")):
        if total is None or (total.low, total.best, total.high) == (None, None, None):
            continue
        parts.append(f"{toll(total)} {word}")
    return f", {' and '.join(parts)}" if parts else ""


_MONTHS = ("January February March April May June July August September October November December").split()


def _since(value: str) -> str:
    parts = value.split("-")
    try:
        day = dt.date(int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1)
    except ValueError:
        return value
    return " ".join([str(day.day)] * (len(parts) > 2) + [_MONTHS[day.month - 1]] * (len(parts) > 1) + [str(day.year)])


def _report(event: Event) -> str:
    """A count that belongs to no single incident."""
    for count in event.counts:
        if count.superseded_by is None and count.role == "victim":
            group = (count.group or "people").strip() or "people"
            harm = {"casualties": "killed or wounded"}.get(count.harm, count.harm)
            number = toll(Total(count.low, count.best, count.high))
            number = f"more than {count.low:,}" if count.qualifier == "more_than" and count.low else number
            said = f"{number} {group} reported {harm}"
            said += _where(event, said)
            return said + (f" since {_since(count.since)}" if count.since else "")
    if event.killed is not None:
        said = f"{toll(event.killed)} people reported killed"
        return said + _where(event, said)
    said = "casualty figures"
    return said + _where(event, said)


def _own_type(event: Event) -> str:
    """A type without a frame, as people add them: its name and everyone in it."""
    name = event.type.replace("_", " ").replace("-", " ").strip() or "event"
    name = _NOUN_FORMS.get(event.factuality, "{}").format(name)
    who = [with_article(name_of(role), role.kind) for role in event.roles if name_of(role)]
    return f"{name}: {listed(list(dict.fromkeys(who)))}" if who else name


def headline(event: Event, *, place: bool = True, counts: bool = True) -> str:
    """Tell an event in one line of plain English.

    Parameters
    ----------
    event : Event
        Any event, linked or not; a type without a frame is named by its id.
    place, counts : bool
        Whether to say where, and how many were killed and wounded.

    Returns
    -------
    str
        One line without a full stop, its first letter a capital where the script has them.

    Examples
    --------
    >>> from timeline.records import Role, Span, When
    >>> here = Span(0, 1, "x")
    >>> roles = (Role("perpetrator", None, "Sudanese army", "military", here),)
    >>> event = Event("1", "a", "shelling", None, here, When(), roles, None, (), Total(18, 18, None), None, "happened",
    ...               False, here, None, 0.9)
    >>> headline(event)
    'The Sudanese army opens artillery fire, at least 18 killed'
    """
    frame = _frame_of(event)
    if event.type == "casualty_report":
        said = _report(event)
    elif frame is None:
        said = _own_type(event) + (_where(event, "") if place else "")
    else:
        said, clause, used = _core(event, frame)
        if clause and event.factuality == "denied":
            said = f"it is denied that {said}"
        tails = _tails(event, frame, used)
        blame = _blame(event, frame)
        where = _where(event, said + tails) if place else ""
        comma = tails.find(",") if "," in tails else tails.find(":") if tails.startswith(":") else len(tails)
        said = f"{said}{tails[:comma]}{where}{tails[comma:]}{blame}"
        if clause and event.factuality == "disputed":
            said += ", which is disputed"
        elif clause and event.factuality == "threatened" and " threaten" not in said:
            said += ", according to a threat"
    if counts and event.type != "casualty_report":
        said += _harm(event)
    return said[:1].upper() + said[1:]
