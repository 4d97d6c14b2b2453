"""Articles in, a Timeline out: the whole flow in one call."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline import __version__, language
from timeline.actors import Actors, find_actors, same_persons
from timeline.extraction import FINDERS, Extraction, Finder
from timeline.extraction import extract as extract_documents
from timeline.io import Corpus, read
from timeline.lexicon import Lexicon
from timeline.lexicon import load as load_lexicon
from timeline.records import Actor, Article, Event
from timeline.redaction import redact
from timeline.timeline import Timeline, with_sentences
from timeline.triggers import find_triggers

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["extract", "extractions", "gathered", "with_lists"]


def extract(
    articles: str | Path | pd.DataFrame | Iterable[str | Article] | Corpus,
    *,
    finders: Sequence[Finder] | None = None,
    language: Any = None,
    lexicon: Lexicon | str | Path | None = None,
    actors: Actors | str | Path | None = None,
    published: str | dt.date | None = None,
    n_jobs: int = 1,
    progress: bool = False,
    store: str | Path | None = None,
) -> Timeline:
    """Extract the events of articles.

    Parameters
    ----------
    articles : Corpus or anything that `timeline.read` reads
    finders : sequence of callables, optional
        Each takes a Document and gives mentions; default `timeline.FINDERS`.
    language : optional
        Name of a spaCy pipeline, or a pipeline; default the packaged model.
    lexicon : Lexicon or path, optional
        Event types and rules; a TOML file is laid over the packaged ones.
    actors : Actors or path, optional
        Known actors; those marked as protected are masked in everything that comes out.
    published : datetime.date or str, optional
        Day of publication of articles that state none.
    n_jobs : int
        Number of processes that parse; the result is the same for any number.
    progress : bool
        Show a bar on the standard error stream.
    store : path, optional
        A database that keeps what was extracted; articles that stand in it unchanged are not read again.

    Returns
    -------
    Timeline
        One event for each telling in each article; ``.link()`` joins the reports of one happening.

    Raises
    ------
    InputError
        If nothing can be read.
    """
    corpus = read(articles, published=published)
    lists = with_lists(FINDERS if finders is None else finders, lexicon=lexicon, actors=actors)
    run = partial(extractions, finders=lists[0], language=language, lexicon=lists[1], n_jobs=n_jobs)
    settings = _settings(lists[0], language, lexicon, actors)
    if store is None:
        found = run(corpus.articles)
    else:
        from timeline.store import resumed

        found = resumed(store, corpus.articles, run, settings=settings)
    return gathered(_shown(found, len(corpus)) if progress else found, corpus)


def with_lists(
    finders: Sequence[Finder], *, lexicon: Lexicon | str | Path | None, actors: Actors | str | Path | None
) -> tuple[tuple[Finder, ...], Lexicon | None]:
    """The finders with the user's own lexicon and actors bound to those that take them, and the lexicon."""
    rules = load_lexicon(lexicon) if isinstance(lexicon, str | Path) else lexicon
    known = _listed(actors) if isinstance(actors, str | Path) else actors
    bound: list[Finder] = []
    for finder in finders:
        if finder is find_triggers and rules is not None:
            bound.append(partial(find_triggers, lexicon=rules))
        elif finder is find_actors and known is not None:
            bound.append(partial(find_actors, actors=known))
        else:
            bound.append(finder)
    return tuple(bound), rules


def _listed(path: str | Path) -> Actors:
    known = Actors()
    known.load(path)
    return known


def extractions(
    articles: Iterable[Article],
    *,
    finders: Sequence[Finder] = FINDERS,
    language: Any = None,
    lexicon: Lexicon | None = None,
    n_jobs: int = 1,
) -> Iterator[Extraction]:
    """What is found in each article, one by one, in the order given."""
    documents = _reader(language, n_jobs)(articles)
    return extract_documents(documents, finders=finders, lexicon=lexicon)


def _reader(name: Any, n_jobs: int) -> Any:
    return language.reader(name, n_jobs=n_jobs)


def gathered(found: Iterable[Extraction], corpus: Corpus) -> Timeline:
    """The Timeline of what was found in single articles, sorted by id, protected actors masked."""
    results = sorted(found, key=_article_id)
    events = tuple(event for result in results for event in with_sentences(result.events, (result.article,)))
    actors = merged(actor for result in results for actor in result.actors)
    same = same_persons(actors)
    if same:
        events = tuple(_renamed(event, same) for event in events)
        actors = merged(_under(same, actor) for actor in actors)
    open_ends = tuple(item for result in results for item in result.unresolved)
    articles = [result.article for result in results]
    masked = redact(events, articles, actors, others=open_ends)
    return Timeline(masked.events, masked.articles, masked.actors, masked.others, corpus.skipped)


def merged(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each actor once, sorted by id, with all the aliases and facts that any article gives.

    Examples
    --------
    >>> [actor.aliases for actor in merged([Actor("a", "A", aliases=("x",)), Actor("a", "A", aliases=("x", "y"))])]
    [('x', 'y')]
    """
    found: dict[str, Actor] = {}
    for actor in sorted(actors, key=_actor_key):
        first = found.setdefault(actor.id, actor)
        if first is not actor:
            found[actor.id] = replace(
                first,
                name=first.name or actor.name,
                kind=actor.kind if first.kind == "unknown" else first.kind,
                side=first.side or actor.side,
                country=first.country or actor.country,
                inter_code=actor.inter_code if first.inter_code is None else first.inter_code,
                titles=tuple(dict.fromkeys([*first.titles, *actor.titles])),
                aliases=tuple(dict.fromkeys([*first.aliases, *actor.aliases])),
                protected=first.protected or actor.protected,
            )
    return tuple(found.values())


def _renamed(event: Event, same: Mapping[str, str]) -> Event:
    """The event with one id for each person."""
    if not any(role.actor in same for role in event.roles):
        return event
    roles = (replace(role, actor=same.get(role.actor, role.actor)) if role.actor else role for role in event.roles)
    return replace(event, roles=tuple(roles))


def _under(same: Mapping[str, str], actor: Actor) -> Actor:
    """The actor under the id of its fullest name, without a name of its own if that is another's."""
    if actor.id not in same:
        return actor
    aliases = tuple(dict.fromkeys([actor.name, *actor.aliases] if actor.name else actor.aliases))
    return replace(actor, id=same[actor.id], name=None, aliases=aliases)


def _article_id(found: Extraction) -> str:
    return found.article.id


def _actor_key(actor: Actor) -> tuple[str, str]:
    return (actor.id, repr(actor))


def _settings(finders: Sequence[Finder], language: Any, lexicon: Any, actors: Any) -> str:
    """What the extraction depends on beside the article; another value makes a store read it again."""
    names = [_qualified(finder) for finder in finders]
    given = {"version": __version__, "finders": names, "language": None if language is None else str(language)}
    for name, value in (("lexicon", lexicon), ("actors", actors)):
        is_file = isinstance(value, str | Path)
        given[name] = Path(value).read_text(encoding="utf-8") if is_file else None if value is None else repr(value)
    return json.dumps(given, sort_keys=True)


def _qualified(finder: Finder) -> str:
    function = finder.func if isinstance(finder, partial) else finder
    return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', repr(function))}"


def _shown(found: Iterable[Extraction], total: int) -> Iterator[Extraction]:
    from tqdm import tqdm

    yield from tqdm(found, total=total, unit=" articles", desc="reading", dynamic_ncols=True)
