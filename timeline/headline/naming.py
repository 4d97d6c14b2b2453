"""How names and numbers of people stand in an English sentence: articles, plurals, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.headline.frames import book
from timeline.records import Event, Role, Total

_MOST = 3
_OF = re.compile(
    r" (?:of|for|in|against|loyal|who|that|from|on|at|with|near|by|to|under|behind|waiting|wearing|backed|led) "
)


def _head(low: str) -> str:
    """The last word before "of", "for" and the like: the one that says one or many."""
    words = _OF.split(low)[0].split()
    return words[-1] if words else ""


def is_plural(name: str, kind: str) -> bool:
    """Whether a verb after the name stands in the plural."""
    words, low = book().words, name.lower()
    head = _head(low)
    if low in words["singular"] or head in words["singular"] or name.isupper():
        return False
    if " and " in low and kind not in ("person", "state", "igo", "government", "ngo", "party"):
        return True
    if head in words["plural"] or low in words["plural"]:
        return True
    many = (head.endswith("s") and not head.endswith(("ss", "us", "is"))) or (head.endswith("men") and len(head) > 4)
    if kind in ("person", "state", "igo"):
        return many and name.rsplit(maxsplit=1)[-1][:1].islower()
    return many or (kind in ("civilians", "crowd", "population") and not name[:1].islower())


def with_article(name: str, kind: str) -> str:
    """The name as English puts it into a sentence: "the" before bodies, "a" before a single thing."""
    words, low = book().words, name.lower()
    parts = low.split()
    if not parts or parts[0] in words["determined"] or parts[0][0].isdigit():
        return name
    plural, head = is_plural(name, kind), _head(low)
    if head in words["mass"] or "'s " in low or "’s " in low or "s' " in low:
        return name
    if low in words["the"] or low in words["place"] or (kind != "person" and head in words["collective"]):
        return f"the {name}"
    if low in words["singular"] and low.startswith(("united", "red")):
        return f"the {name}"
    if plural:
        return name
    if name[0].islower():
        bodies = ("military", "police", "government", "rebel", "militia", "party", "ngo", "igo")
        if kind in bodies or " of " in low:
            return f"the {name}"
        return f"{'an' if low[0] in 'aeiou' else 'a'} {name}"
    named_thing = len(parts) > 1 and kind in ("facility", "military", "police") and name[-1].isalpha()
    return f"the {name}" if named_thing else name


def name_of(role: Role) -> str:
    """What to call a participant; empty for a pronoun."""
    if role.span.redacted:
        return "a protected person"
    name = (role.name or role.span.text or "").strip()
    return "" if name.lower() in book().words["pronouns"] else " ".join(name.split())


def listed(names: Sequence[str]) -> str:
    """Three names at most, then how many more."""
    shown = list(names[:_MOST])
    if len(names) > _MOST:
        more = len(names) - _MOST
        shown.append("one more" if more == 1 else f"{more} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def filled(event: Event, role: str) -> list[Role]:
    """Roles of that name with something to call them by, each name once."""
    seen: dict[str, Role] = {}
    for item in event.roles:
        if item.role == role and (name := name_of(item)):
            seen.setdefault(name.lower(), item)
    return list(seen.values())


def said_plainly(event: Event, role: str) -> list[Role]:
    """Those that the text gives in its own voice."""
    return [item for item in filled(event, role) if not (item.disputed or item.claimed_by)]


def can_act(role: Role) -> bool:
    """Whether a thing may be the one who does it; "a car bombs the market" is no sentence."""
    return role.kind not in ("object", "facility")


def can_suffer(role: Role) -> bool:
    """Whether the role may be a thing: a convoy is attacked, but money is not given aid."""
    return role.kind != "object" or role.role in ("target", "victims", "force", "side_b")


def phrase(roles: Sequence[Role]) -> tuple[str, bool]:
    """The roles as one noun phrase, and whether it is plural."""
    names = [with_article(name_of(role), role.kind) for role in roles]
    return listed(names), len(roles) > 1 or is_plural(name_of(roles[0]), roles[0].kind)


def toll(total: Total) -> str:
    """A number of people with its bounds, in words.

    Examples
    --------
    >>> toll(Total(18, 18, None)), toll(Total(11, 18, 27)), toll(Total(0, 0, 0))
    ('at least 18', '11 to 27', 'no one')
    >>> toll(Total(2, 3, None)), toll(Total(None, None, 40))
    ('several', 'up to 40')
    """
    low, best, high = total.low, total.best, total.high
    if low is None and high is None:
        return "some" if best is None else f"about {best:,}"
    if high is None:
        if not low:
            return "some" if not best else f"about {best:,}"
        return "several" if (low, best) == (2, 3) else "at least one" if low == 1 else f"at least {low:,}"
    if low is None:
        return f"up to {high:,}"
    if low == high:
        return "no one" if low == 0 else f"{low:,}"
    return f"{low:,} to {high:,}"
