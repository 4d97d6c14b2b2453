"""The whole flow in one call, and how people extend it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import timeline as tl
from timeline.codec import to_json
from timeline.flow import merged

TEXT = "Rebels shelled the port of Latakia on Monday, killing at least six people, a hospital doctor said."
TEXT_2 = "Prime Minister Adel Zaman defected to Jordan on Sunday. Zaman left with his family."


def as_text(timeline: tl.Timeline) -> str:
    """All records of a timeline as one text."""
    parts = (timeline.events, timeline.articles, timeline.actors, timeline.unresolved)
    return json.dumps([to_json(part) for part in parts], ensure_ascii=False)


def test_every_kind_of_input_gives_the_same_event() -> None:
    """A text, texts, articles, a corpus and a DataFrame are read alike."""
    table = pd.DataFrame({"text": [TEXT]})
    sources = (TEXT, [TEXT], [tl.Article("mine", TEXT)], tl.read([TEXT]), table)
    found = [tl.extract(source, published="2012-08-07") for source in sources]
    seen = {(timeline[0].type, str(timeline[0].when.start), timeline[0].killed) for timeline in found}
    assert seen == {("shelling", "2012-08-06", tl.Total(6, 6, None))}


def test_without_publication_date_a_weekday_stays_open() -> None:
    """Nothing is guessed: the weekday is kept, the bounds are not made up, and the report says how to give the date."""
    timeline = tl.extract(TEXT)
    when = timeline[0].when
    assert (when.start, when.end, when.precision, when.weekday) == (None, None, "weekday_only", 1)
    assert [item.what for item in timeline.unresolved] == ["date"]
    assert "--published" in timeline.report()


def test_events_carry_their_sentence() -> None:
    """An event can be explained without its article at hand."""
    timeline = tl.extract(TEXT, published="2012-08-07")
    assert timeline[0].sentence.text == TEXT
    assert "«shelled»" in timeline[0].explain() == timeline.explain(0)


def test_a_finder_of_ones_own_joins_in() -> None:
    """Finders are plain callables; what an own one finds is pooled with the rest."""
    asked: list[str] = []

    def find_nothing(document: tl.Document) -> Iterator[tl.Mention[object]]:
        asked.append(document.article.id)
        yield from ()

    plain = tl.extract(TEXT, published="2012-08-07")
    assert tl.extract(TEXT, finders=[*tl.FINDERS, find_nothing], published="2012-08-07") == plain
    assert asked == ["text1"]
    assert len(tl.extract(TEXT, finders=[find_nothing])) == 0


def test_a_lexicon_of_ones_own_is_laid_over(tmp_path: Path) -> None:
    """A rule in a TOML file finds what the packaged ones do not."""
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[trigger]]\ntype = "protest"\nname = "cacerolada"\nnoun = ["cacerolada"]\n'
        'example = "A cacerolada filled the streets of the capital."\nexpect = ["cacerolada: protest"]\n',
        encoding="utf-8",
    )
    text = "A cacerolada filled the streets of the capital on 3 May 2012, police said."
    assert "cacerolada" not in [event.trigger.text for event in tl.extract(text)]
    assert "cacerolada" in [event.trigger.text for event in tl.extract(text, lexicon=path)]


def test_protected_actors_are_nowhere(tmp_path: Path) -> None:
    """Whoever the user's list protects is masked in all that comes out, by file or by value."""
    path = tmp_path / "actors.csv"
    path.write_text("name,kind,protected\nAdel Zaman,person,yes\n", encoding="utf-8")
    known = tl.Actors()
    known.add("Adel Zaman", kind="person", protected=True)
    assert "Zaman" in as_text(tl.extract(TEXT_2))
    for actors in (path, known):
        timeline = tl.extract(TEXT_2, actors=actors)
        assert "Zaman" not in as_text(timeline)
        assert "zaman" not in as_text(timeline)
        assert "Zaman" not in timeline.link().report()
        assert len(timeline.articles[0].text) == len(TEXT_2)


def test_a_store_gives_the_same_timeline(tmp_path: Path) -> None:
    """With a database, new or filled, the result is that without."""
    corpus = tl.read([TEXT, TEXT_2], published="2012-08-07")
    plain = tl.extract(corpus)
    for _ in range(2):
        assert tl.extract(corpus, store=tmp_path / "a.sqlite") == plain


def test_progress_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """The bar is drawn only on request, and never among the output."""
    tl.extract(TEXT)
    assert capsys.readouterr() == ("", "")
    tl.extract(TEXT, progress=True)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "1/1" in printed.err


def test_the_order_of_articles_does_not_matter() -> None:
    """The same articles in another order give the same events, linked or not."""
    articles = [tl.Article(f"a{number}", text) for number, text in enumerate((TEXT, TEXT_2, TEXT))]
    one, two = (tl.extract(part, published="2012-08-07") for part in (articles, articles[::-1]))
    assert one == two
    assert one.link() == two.link()


def test_actors_of_several_articles_are_one() -> None:
    """Aliases are joined, facts filled in, protection kept, whatever the order."""
    actors = [
        tl.Actor("a", "A", "unknown", aliases=("x",)),
        tl.Actor("a", "A", "rebel", country="SYR", aliases=("y",), protected=True),
        tl.Actor("b", "B"),
    ]
    first, second = merged(actors)
    assert (first.kind, first.country, first.protected, set(first.aliases)) == ("rebel", "SYR", True, {"x", "y"})
    assert second.id == "b"
    assert merged(actors) == merged(actors[::-1])


def test_one_person_of_two_articles_has_one_id() -> None:
    """The surname with an office in one article is the full name with that office in another."""
    day = dt.date(2012, 8, 6)
    texts = (
        "Prime Minister Omar Sabri defected to Jordan on Friday. Sabri had been in office for two months.",
        "Prime Minister Sabri was shot dead in Amman on Sunday.",
        "Gunmen kidnapped Karim Sabri, a baker, in Amman on Sunday.",
    )
    found = tl.extract([tl.Article(str(number), text, day) for number, text in enumerate(texts)])
    ids = {role.actor for event in found.events for role in event.roles if role.name and "Sabri" in role.name}
    assert ids == {"omar-sabri", "karim-sabri"}
    omar = next(actor for actor in found.actors if actor.id == "omar-sabri")
    assert omar.name == "Omar Sabri"
    assert "Sabri" in omar.aliases
    assert "sabri" not in {actor.id for actor in found.actors}
