"""From TOML tables to a lexicon, every key and value checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args

from timeline.errors import LexiconError
from timeline.lexicon.rules import (
    Conditions,
    Cues,
    EventType,
    Lexicon,
    Pattern,
    RoleSpec,
    TrapRule,
    TriggerRule,
)
from timeline.records import Factuality

__all__ = ["build"]

SLOTS = (
    "subject", "object", "agent", "poss", "modifier", "iobj", "complement", "help", "self", "aimed", "governed",
    "subject-of", "object-of", "load", "home", "demanded", "brokered",
)  # fmt: skip
NEEDS = ("armed", "weapon", "place", "casualty", "authority", "crowd", "conflict", "period", "count")
ACTIONS = ("suppress", "background", *get_args(Factuality))
LISTS = ("subject", "object", "modifier", "head", "sentence", "near", "needs", "form")
CONDITIONS = (*LISTS, "prep", "passive")
SHAPES = ("verb", "noun", "phrase", "text")
TRIGGER = (*SHAPES, *CONDITIONS, "unless", "type", "name", "subtype", "also", "roles", "sure", "harm", "factuality")
TRAP = (*SHAPES, *CONDITIONS, "unless", "type", "name", "do", "why")
TYPE = (
    "family", "quad", "definition", "includes", "excludes", "casualties", "subtypes", "roles", "crosswalk", "export",
)  # fmt: skip
BUILT_IN = ("none", "any", "armed", "person", "authority", "civilians", "place", "loc", "name", "org", "facility",
            "number", "crowd", "party", "media", "igo", "clause")  # fmt: skip


class _Entry:
    """One TOML table with the place it came from."""

    def __init__(self, table: Any, where: str, known: Sequence[str]) -> None:
        if not isinstance(table, dict):
            raise LexiconError("is not a table", where=where, advice="write key = value lines below it")
        for key in table:
            if key not in known:
                raise LexiconError(
                    f"unknown key {key!r}", where=where, advice=f"known keys: {', '.join(sorted(known))}"
                )
        self.table, self.where = table, where

    def fail(self, key: str, what: str, advice: str | None = None) -> LexiconError:
        return LexiconError(what, where=f"{self.where}:{key}", advice=advice)

    def string(self, key: str, default: str | None = None) -> str:
        value = self.table.get(key, default)
        if value is None:
            raise self.fail(key, "is missing", f'add {key} = "..."')
        if not isinstance(value, str):
            raise self.fail(key, "is not a string")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.fail(key, "is not a list of strings", f'write {key} = ["..."]')
        return tuple(value)

    def flag(self, key: str) -> bool | None:
        value = self.table.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.fail(key, "is neither true nor false")
        return value

    def mapping(self, key: str) -> dict[str, Any]:
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(key, "is not a table")
        return value

    def choice(self, key: str, options: Sequence[str], default: str | None = None) -> str:
        value = self.string(key, default)
        if value not in options:
            raise self.fail(key, f"{value!r} is not allowed", f"choose from {', '.join(options)}")
        return value


def _conditions(entry: _Entry) -> Conditions:
    prep = []
    for word, items in entry.mapping("prep").items():
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise entry.fail(f"prep.{word}", "is not a list of strings")
        prep.append((word, tuple(items)))
    lists = {key: entry.strings(key) for key in LISTS}
    for need in lists["needs"]:
        if need not in NEEDS:
            raise entry.fail("needs", f"{need!r} is not allowed", f"choose from {', '.join(NEEDS)}")
    return Conditions(**lists, prep=tuple(prep), passive=entry.flag("passive"))


def _pattern(entry: _Entry, *, free: bool = False) -> Pattern:
    shapes = {shape: entry.strings(shape) for shape in SHAPES}
    if not free and not any(shapes.values()):
        raise entry.fail("verb", "has no words", "give a verb, noun or phrase list")
    for words in shapes["phrase"]:
        if " " not in words:
            raise entry.fail("phrase", f"{words!r} is one word", "put it under verb or noun")
    others = entry.table.get("unless", [])
    others = others if isinstance(others, list) else [others]
    unless = tuple(_conditions(_Entry(other, f"{entry.where}:unless", CONDITIONS)) for other in others)
    return Pattern(**shapes, when=_conditions(entry), unless=unless)


def _slots(entry: _Entry, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(
        isinstance(slot, str) and (slot in SLOTS or slot.startswith("prep:")) for slot in value
    ):
        raise entry.fail(key, "is not a list of slots", f"slots are {', '.join(SLOTS)} and prep:of, prep:from ...")
    return tuple(value)


def _role(name: str, table: Any, where: str) -> RoleSpec:
    entry = _Entry(table, f"{where}:{name}", ("required", "filled_by", "verb", "noun"))
    return RoleSpec(
        name=name,
        required=bool(entry.flag("required")),
        filled_by=entry.string("filled_by"),
        verb=_slots(entry, "verb", entry.table.get("verb", [])),
        noun=_slots(entry, "noun", entry.table.get("noun", [])),
    )


def _type(name: str, table: Any, where: str) -> EventType:
    entry = _Entry(table, f"{where}:type.{name}", TYPE)
    roles = entry.mapping("roles")
    return EventType(
        id=name,
        family=entry.string("family"),
        quad=entry.string("quad", ""),
        definition=entry.string("definition"),
        includes=entry.string("includes", ""),
        excludes=entry.string("excludes", ""),
        casualties=bool(entry.flag("casualties")),
        subtypes=MappingProxyType(dict(entry.mapping("subtypes"))),
        roles=tuple(_role(role, roles[role], entry.where) for role in roles),
        rules=(),
        traps=(),
        crosswalk=MappingProxyType(dict(entry.mapping("crosswalk"))),
        export=MappingProxyType(
            {
                key if key != "any" else "": MappingProxyType(dict(codes))
                for key, codes in entry.mapping("export").items()
            }
        ),
    )


def _examples(entry: _Entry) -> dict[str, Any]:
    if "expect" not in entry.table:
        raise entry.fail(
            "expect", "is missing", 'list the triggers of the example: ["fled: displacement.flight"], or []'
        )
    return {"example": entry.string("example"), "expect": entry.strings("expect")}


def _stance(entry: _Entry) -> Factuality | None:
    if "factuality" not in entry.table:
        return None
    value = entry.choice("factuality", get_args(Factuality))
    return next(stance for stance in get_args(Factuality) if stance == value)


def _trigger(table: Any, default: str | None, types: Mapping[str, EventType], where: str) -> TriggerRule:
    entry = _Entry(table, where, (*TRIGGER, "example", "expect"))
    kind = entry.choice("type", tuple(types), default)
    subtype = entry.table.get("subtype")
    if subtype is not None and subtype not in types[kind].subtypes:
        raise entry.fail("subtype", f"{subtype!r} is no subtype of {kind}", "declare it under the type first")
    roles = []
    for role, slots in entry.mapping("roles").items():
        if role not in {spec.name for spec in types[kind].roles}:
            raise entry.fail(f"roles.{role}", f"is no role of {kind}")
        roles.append((role, _slots(entry, f"roles.{role}", slots)))
    return TriggerRule(
        id=f"{kind}/{entry.string('name')}",
        type=kind,
        subtype=subtype,
        pattern=_pattern(entry),
        also=entry.strings("also"),
        roles=tuple(roles),
        sure=bool(entry.flag("sure")),
        harm=bool(entry.flag("harm")),
        factuality=_stance(entry),
        **_examples(entry),
    )


def _trap(table: Any, default: str, types: Mapping[str, EventType], where: str) -> TrapRule:
    entry = _Entry(table, where, (*TRAP, "example", "expect"))
    kind = entry.choice("type", ("", *types), default)
    do = entry.string("do", "suppress")
    if do not in ACTIONS and do.removeprefix("retype:").split(".")[0] not in types:
        raise entry.fail("do", f"{do!r} is not allowed", f"choose from {', '.join(ACTIONS)}, retype:TYPE.SUBTYPE")
    pattern = _pattern(entry, free=True)
    if not any((pattern.verb, pattern.noun, pattern.phrase, pattern.when)):
        raise entry.fail("verb", "has no words and no condition", "say what the trap looks for")
    return TrapRule(
        id=f"{kind}/{entry.string('name')}" if kind else entry.string("name"),
        type=kind,
        pattern=pattern,
        do=do,
        why=entry.string("why"),
        **_examples(entry),
    )


def _items(table: Mapping[str, Any], key: str, where: str) -> list[tuple[Any, str]]:
    items = table.get(key, [])
    if not isinstance(items, list):
        raise LexiconError("is not a list of tables", where=f"{where}:{key}", advice=f"write [[{key}]]")
    return [
        (item, f"{where}:{key}.{item.get('name', number) if isinstance(item, dict) else number}")
        for number, item in enumerate(items, start=1)
    ]


def _word_lists(table: Mapping[str, Any], where: str) -> dict[str, dict[str, tuple[str, ...]]]:
    out: dict[str, dict[str, tuple[str, ...]]] = {}
    for section, lists in {"classes": table.get("classes", {}), **table.get("cues", {})}.items():
        entry = _Entry(lists, f"{where}:{section}", tuple(lists))
        out[section] = {key: entry.strings(key) for key in lists}
    return out


def _checked_classes(traps: Iterable[TrapRule | TriggerRule], classes: Mapping[str, frozenset[str]]) -> None:
    for rule in traps:
        for when in (rule.pattern.when, *rule.pattern.unless):
            lists = [getattr(when, key) for key in LISTS] + [items for _, items in when.prep]
            for item in (item for items in lists for item in items):
                if item.startswith("@") and item[1:] not in classes and item[1:] not in BUILT_IN:
                    raise LexiconError(
                        f"unknown word class {item!r}", where=rule.id, advice="declare it under [classes]"
                    )


def _flat(classes: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Word classes with the classes that they name put in; built-in ones stay as they are."""

    def words(name: str, seen: tuple[str, ...]) -> set[str]:
        out: set[str] = set()
        for item in classes[name]:
            inner = item[1:]
            if not item.startswith("@") or inner in BUILT_IN:
                out.add(item)
            elif inner not in classes or inner in seen:
                raise LexiconError(f"unknown word class {item!r}", where=f"classes:{name}")
            else:
                out |= words(inner, (*seen, inner))
        return out

    return {name: frozenset(words(name, (name,))) for name in classes}


def build(tables: Sequence[tuple[str, Mapping[str, Any]]]) -> Lexicon:
    """Put the tables of several files together; later ones add to or replace what earlier ones say.

    Parameters
    ----------
    tables : sequence of (str, mapping)
        File name, for messages, and the parsed TOML.

    Raises
    ------
    LexiconError
        If a key, type, subtype, role, slot or word class is unknown or a value has the wrong form.
    """
    types: dict[str, EventType] = {}
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    rules: dict[str, TriggerRule] = {}
    traps: dict[str, TrapRule] = {}
    families: dict[str, str] = {}
    priority: tuple[str, ...] = ()
    for where, table in tables:
        _Entry(table, where, ("type", "trigger", "trap", "classes", "cues", "families", "priority"))
        for name in table.get("type", {}):
            types[name] = _type(name, table["type"][name], where)
        for section, words in _word_lists(table, where).items():
            lists.setdefault(section, {}).update(words)
        families.update(table.get("families", {}))
        priority = tuple(table.get("priority", priority))
    for where, table in tables:
        own = list(table.get("type", {}))
        default = own[0] if len(own) == 1 else None
        for item, place in _items(table, "trigger", where):
            rule = _trigger(item, default, types, place)
            rules[rule.id] = rule
        for item, place in _items(table, "trap", where):
            trap = _trap(item, default or "", types, place)
            traps[trap.id] = trap
    classes = _flat(lists.pop("classes", {}))
    _checked_classes([*rules.values(), *traps.values()], classes)
    return Lexicon(
        types=MappingProxyType({name: _with_rules(kind, rules, traps) for name, kind in types.items()}),
        traps=tuple(trap for trap in traps.values() if not trap.type),
        cues=Cues(classes=MappingProxyType(classes), lists=MappingProxyType(lists)),
        families=MappingProxyType(families),
        priority=(*(name for name in types if name not in priority), *priority),
    )


def _with_rules(kind: EventType, rules: Mapping[str, TriggerRule], traps: Mapping[str, TrapRule]) -> EventType:
    return EventType(
        **{name: getattr(kind, name) for name in EventType.__slots__ if name not in ("rules", "traps")},
        rules=tuple(rule for rule in rules.values() if rule.type == kind.id),
        traps=tuple(trap for trap in traps.values() if trap.type == kind.id),
    )
