"""Government, army, police and rebels of a state: one id and one name, whatever they are called."""

from __future__ import annotations

from timeline.actors.draft import slug
from timeline.gazetteer import states
from timeline.records import ActorKind

__all__ = ["APART", "state_body"]

APART = {
    **dict.fromkeys(("junta", "military junta", "military government", "ruling council"), "junta"),
    **dict.fromkeys(("parliament", "senate", "congress", "national assembly", "legislature"), "parliament"),
    **dict.fromkeys(("court", "supreme court", "tribunal", "constitutional court", "judiciary"), "court"),
}
SECRET = frozenset({"security service", "security services", "secret police", "security apparatus", "special branch"})


def state_body(country: str, kind: ActorKind, lemma: str = "") -> tuple[str, str]:
    """Id and name of the government, army, police or rebels of a country.

    Examples
    --------
    >>> state_body("SDN", "military"), state_body("SYR", "government")
    (('sudanese-armed-forces', 'Sudanese army'), ('syria-government', 'Syrian government'))
    """
    state = states()[country]
    adjective = state.demonyms[0] if state.demonyms else state.name
    if kind == "military":
        if lemma in {"air force", "navy"}:
            return f"{slug(state.name)}-{slug(lemma)}", f"{adjective} {lemma}"
        if state.forces and country != "USA":
            return slug(state.forces[0]), f"{adjective} army"
        return f"{slug(state.name)}-military", f"{adjective} {'military' if country == 'USA' else 'army'}"
    if kind == "police" and lemma in SECRET:
        return f"{slug(state.name)}-security-services", f"{adjective} security services"
    if kind == "government" and lemma in APART:
        return f"{slug(state.name)}-{slug(APART[lemma])}", f"{adjective} {APART[lemma]}"
    plural = "rebels" if kind == "rebel" else kind
    return f"{slug(state.name)}-{plural}", f"{adjective} {plural}"
