"""`Actors`: the caller's own list of actors, a value with a log of what was done to it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

from timeline.actors.draft import slug
from timeline.actors.matching import Entry, prefixes
from timeline.errors import InputError, LexiconError, OutputError
from timeline.gazetteer import fold, is_acronym, state_names, states
from timeline.gazetteer.table import split
from timeline.records import Actor, ActorKind, Title

__all__ = ["Actors", "Change"]

_KINDS = frozenset(get_args(ActorKind))
_COLUMNS = ("name", "kind", "country", "side", "aliases", "from", "to", "protected", "merged")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the log.

    Parameters
    ----------
    what : str
        add, merge or split.
    actor : str
        Id of the actor that the change is about.
    before, after : tuple of str
        What the change took away and what it put there: ids for merge and split, names for add.
    when, who, why : str or None
        As the caller gives them; no clock is read.
    """

    what: str
    actor: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    when: str | None = None
    who: str | None = None
    why: str | None = None


@dataclass(slots=True)
class Actors:
    """Actors known to the caller, which stand above the lexicons of the library.

    Every change is logged. Names are matched without regard to case and accents; acronyms in their own case.

    Examples
    --------
    >>> actors = Actors()
    >>> actors.add("Rapid Support Forces", kind="militia", country="SDN", aliases=["RSF", "Janjaweed"]).id
    'rapid-support-forces'
    >>> [actor.name for actor in actors.named("RSF")]
    ['Rapid Support Forces']
    """

    _actors: dict[str, Actor] = field(default_factory=dict)
    _years: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    _merged: dict[str, str] = field(default_factory=dict)
    _log: list[Change] = field(default_factory=list)
    _matching: tuple[Mapping[str, Entry], frozenset[str]] | None = None

    def __len__(self) -> int:
        return len(self._actors)

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._actors.values())

    @property
    def log(self) -> tuple[Change, ...]:
        """All changes, oldest first."""
        return tuple(self._log)

    def add(
        self,
        name: str,
        *,
        kind: ActorKind = "unknown",
        country: str | None = None,
        side: str | None = None,
        aliases: Iterable[str] = (),
        titles: Iterable[str] = (),
        valid: tuple[str | None, str | None] = (None, None),
        external_ids: Iterable[tuple[str, str]] = (),
        protected: bool = False,
        when: str | None = None,
        who: str | None = None,
        why: str | None = None,
    ) -> Actor:
        """Add an actor, or add to the one of the same name.

        Parameters
        ----------
        country : str, optional
            ISO 3166-1 alpha-3 code or a name of a state.
        valid : tuple of two str or None
            First and last date (EDTF) of its being; written out again by `export`.
        protected : bool
            Never print the name: outputs are redacted.
        when, who, why : str, optional
            For the log.

        Raises
        ------
        LexiconError
            If the name is empty, or the kind or country is unknown.
        """
        name = " ".join(name.split())
        if not name:
            raise LexiconError("an actor without a name", advice="give it a name")
        if kind not in _KINDS:
            raise LexiconError(f"unknown kind {kind!r}", where=name, advice=f"one of {', '.join(sorted(_KINDS))}")
        key = self.resolve(slug(name))
        known = self._actors.get(key)
        names = dict.fromkeys(
            [*(known.aliases if known else ()), *(alias.strip() for alias in aliases if alias.strip())]
        )
        names.pop(name, None)
        actor = Actor(
            key, known.name if known else name, kind if kind != "unknown" or known is None else known.kind,
            side or (known.side if known else None), _country(country, name) or (known.country if known else None),
            None,
            tuple(Title(title) for title in titles) or (known.titles if known else ()), tuple(names),
            tuple(external_ids) or (known.external_ids if known else ()), protected or bool(known and known.protected),
        )  # fmt: skip
        self._actors[key] = actor
        self._years[key] = valid if valid != (None, None) or key not in self._years else self._years[key]
        self._record("add", key, (), (name, *actor.aliases), when, who, why)
        return actor

    def load(self, path: str | Path, *, when: str | None = None, who: str | None = None) -> int:
        """Add the actors of a CSV file: name, kind, country, side, aliases, from, to, protected, merged.

        Only ``name`` is required; aliases, and the ids merged into the actor, are parted by semicolons. A row with
        nothing but a name (or id) and merged ids only merges. Returns the number of rows.

        Raises
        ------
        InputError
            If the file cannot be read.
        LexiconError
            If the column ``name`` is missing, a column is unknown, or a cell is wrong; names file and line.
        """
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read ({error})", where=str(path), advice="give a CSV file in UTF-8") from error
        rows = csv.DictReader(text.splitlines())
        head = [column.strip().lower() for column in rows.fieldnames or ()]
        if "name" not in head:
            raise LexiconError("has no column name", where=str(path), advice=f"columns are {', '.join(_COLUMNS)}")
        if unknown := [column for column in head if column not in _COLUMNS]:
            raise LexiconError(
                f"unknown column {unknown[0]!r}", where=str(path), advice=f"known: {', '.join(_COLUMNS)}"
            )
        count = 0
        for row in rows:
            cells = {
                (key or "").strip().lower(): (value or "").strip() for key, value in row.items() if isinstance(key, str)
            }
            where = f"{path}:{rows.line_num}"
            if None in row:
                raise LexiconError("more cells than columns", where=where, advice="part aliases by semicolons")
            if not any(cells.values()):
                continue
            try:
                self._load_row(cells, f"loaded from {path.name}", when, who)
            except LexiconError as error:
                raise LexiconError(error.what, where=where, advice=error.advice) from error
            count += 1
        return count

    def _load_row(self, cells: Mapping[str, str], why: str, when: str | None, who: str | None) -> None:
        merged = split(cells.get("merged", ""))
        if not merged or any(cells.get(column) for column in ("kind", "country", "side", "aliases", "protected")):
            self.add(
                cells["name"],
                kind=cells.get("kind") or "unknown",  # type: ignore[arg-type]
                country=cells.get("country") or None,
                side=cells.get("side") or None,
                aliases=split(cells.get("aliases", "")),
                valid=(cells.get("from") or None, cells.get("to") or None),
                protected=cells.get("protected", "").lower() in {"yes", "true", "1"},
                when=when,
                who=who,
                why=why,
            )
        for old in merged:
            self.merge(old, cells["name"], when=when, who=who, why=why)

    def merge(self, *ids: str, when: str | None = None, who: str | None = None, why: str | None = None) -> str:
        """Say that several actors are one; the last id is kept, and is returned. Loops are taken as said before.

        Ids that are in no list are taken too: they come out of texts ("rebels@a13").

        Raises
        ------
        LexiconError
            If fewer than two ids are given.
        """
        if len(ids) < 2:
            raise LexiconError("merge needs two ids", advice="merge('rebels@a13', 'm23')")
        target = self.resolve(self._known(ids[-1]))
        gone = [key for key in dict.fromkeys(self.resolve(self._known(item)) for item in ids[:-1]) if key != target]
        for key in gone:
            self._merged[key] = target
            old = self._actors.pop(key, None)
            if old is None:
                continue
            kept = self._actors.get(target, replace(old, id=target))
            names = [*kept.aliases, *([old.name] if old.name and old.name != kept.name else []), *old.aliases]
            self._actors[target] = replace(
                kept, aliases=tuple(dict.fromkeys(names)), protected=kept.protected or old.protected
            )
        self._record("merge", target, tuple(gone), (target,), when, who, why)
        return target

    def split(
        self, actor: str, alias: str, *, kind: ActorKind | None = None, country: str | None = None,
        when: str | None = None, who: str | None = None, why: str | None = None,
    ) -> Actor:  # fmt: skip
        """Take a name away from an actor and make it an actor of its own, which is returned.

        Raises
        ------
        LexiconError
            If there is no such actor, or it does not bear the name.
        """
        key = self.resolve(self._known(actor))
        known = self._actors.get(key)
        if known is None or alias not in known.aliases:
            raise LexiconError(f"{actor!r} has no name {alias!r}", advice="see the aliases of the actor")
        self._actors[key] = replace(known, aliases=tuple(name for name in known.aliases if name != alias))
        new = slug(alias)
        self._merged.pop(new, None)
        made = replace(
            known,
            id=new,
            name=alias,
            kind=kind or known.kind,
            country=_country(country, alias) or known.country,
            aliases=(),
        )
        self._actors[new] = made
        self._years[new] = (None, None)
        self._record("split", key, (alias,), (new,), when, who, why)
        return made

    def get(self, key: str) -> Actor | None:
        """The actor of an id, None where the list has none."""
        return self._actors.get(self.resolve(key))

    def resolve(self, key: str) -> str:
        """The id that an id stands for after all merges."""
        seen = {key}
        while (following := self._merged.get(key)) is not None and following not in seen:
            seen.add(following)
            key = following
        return key

    def named(self, name: str) -> tuple[Actor, ...]:
        """All actors that bear a name."""
        table, _ = self.matching()
        entry = (table.get(name) if is_acronym(name) else None) or table.get(fold(name))
        return entry.actors if entry else ()

    def is_protected(self, key: str) -> bool:
        """Whether an actor's name must never be printed."""
        actor = self._actors.get(self.resolve(key))
        return actor is not None and actor.protected

    def export(self, path: str | Path) -> None:
        """Write the list as a CSV file that `load` reads.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        merged: dict[str, list[str]] = {}
        for old in sorted(self._merged):
            merged.setdefault(self.resolve(old), []).append(old)
        try:
            with Path(path).open("w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file, lineterminator="\n")
                rows.writerow(_COLUMNS)
                for key, actor in sorted(self._actors.items()):
                    start, end = self._years.get(key, (None, None))
                    rows.writerow(
                        [actor.name, actor.kind, actor.country or "", actor.side or "", ";".join(actor.aliases),
                         start or "", end or "", "yes" if actor.protected else "", ";".join(merged.pop(key, ()))]
                    )  # fmt: skip
                for key, gone in sorted(merged.items()):
                    rows.writerow([key, *[""] * 7, ";".join(gone)])
        except OSError as error:
            raise OutputError(f"cannot be written ({error})", where=str(path), advice="choose another file") from error

    def replay(self, changes: Iterable[Change]) -> None:
        """Do merges and splits of an earlier log again; what cannot be done any more is left out."""
        for change in changes:
            if change.what == "merge":
                self.merge(*change.before, *change.after, when=change.when, who=change.who, why=change.why)
            elif change.what == "split" and (known := self.get(change.actor)) and change.before[0] in known.aliases:
                self.split(change.actor, change.before[0], when=change.when, who=change.who, why=change.why)

    def matching(self) -> tuple[Mapping[str, Entry], frozenset[str]]:
        """The table that names are looked up in, and the beginnings of its keys; built once after a change."""
        if self._matching is None:
            table: dict[str, tuple[Actor, ...]] = {}
            for actor in self._actors.values():
                for name in (actor.name or "", *actor.aliases):
                    key = name if is_acronym(name) else fold(name)
                    if key and actor not in table.get(key, ()):
                        table[key] = (*table.get(key, ()), actor)
            entries = {key: Entry(actors=found) for key, found in table.items()}
            self._matching = entries, prefixes(entries)
        return self._matching

    def _known(self, item: str) -> str:
        return item if item in self._actors or "@" in item else slug(item)

    def _record(
        self, what: str, actor: str, before: tuple[str, ...], after: tuple[str, ...],
        when: str | None, who: str | None, why: str | None,
    ) -> None:  # fmt: skip
        self._matching = None
        self._log.append(Change(what, actor, before, after, when, who, why))


def _country(country: str | None, where: str) -> str | None:
    if not country:
        return None
    code = country if country in states() else state_names().get(fold(country))
    if code is None:
        raise LexiconError(f"unknown country {country!r}", where=where, advice="give an ISO 3166-1 code such as SDN")
    return code
