"""The command ``timeline``: build, extract, dates, plot, graph, evaluate, explain."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from timeline import __version__, io
from timeline.errors import InputError, TimelineError
from timeline.timeline import Timeline

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from timeline.evaluation import Scores
    from timeline.io import Corpus
    from timeline.records import Actor, Article, Event, Mention, Place, TimeExpression

__all__ = ["cli", "main"]

T = TypeVar("T", bound=Callable[..., Any])

_PATH = click.Path(path_type=Path)
_KIND = click.Choice(["ledger", "overview", "casualties", "network", "actors", "map"])
_NEEDED = {
    None: "events",
    "times": "timexes",
    "counts": "expected",
    "places": "location",
    "who": "actors",
    "links": "mentions",
}  # what a line of gold holds for each thing that can be measured
_INCHES = re.compile(r"\d+(?:\.\d+)?")
_BY = click.Choice(["type", "family", "actor", "place", "source", "storyline"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; an error is one line on the standard error stream and exit code 2."""
    try:
        cli.main(args=arguments, prog_name="timeline", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except TimelineError as error:
        click.echo(f"timeline: {' '.join(str(error).split())}", err=True)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("timeline: stopped; nothing half-written is left", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)


def _reading(command: T) -> T:
    """Options of the commands that read articles."""
    options = (
        click.option("--published", metavar="YYYY-MM-DD", help="Publication day of articles that state none."),
        click.option("--encoding", help="Encoding of text files; default UTF-8."),
        click.option("--language", help="Name of an installed spaCy pipeline; default the packaged model."),
        click.option("--lexicon", type=_PATH, help="TOML file with rules on top of the packaged ones."),
        click.option("--actors", type=_PATH, help="CSV file with actors: name,kind,country,side,aliases,..."),
        click.option("--n-jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that parse."),
        click.option("--store", type=_PATH, help="Working file to go on after a stop; not masked."),
        click.option("--quiet", is_flag=True, help="No progress bar."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="timeline")
def cli() -> None:
    """Read news about wars: dated events, a graph of who does what to whom, and timeline pictures.

    All that comes out is as reported, not verified.
    """


@cli.command()
@click.argument("path", type=_PATH)
@click.option("-o", "--output", type=_PATH, default=Path("out"), show_default=True, help="Folder to write to.")
@click.option("--by", type=_BY, default="type", show_default=True, help="Lanes of the picture.")
@click.option("--link/--no-link", default=True, show_default=True, help="Join the reports of one happening.")
@_reading
def build(path: Path, output: Path, by: str, link: bool, **options: Any) -> None:
    """Read articles at PATH and write events, graph, pictures and report into a folder."""
    folder = io.make_folder(output)
    timeline = _extracted(path, **options)
    timeline = timeline.link() if link else timeline
    written = _write_all(timeline, folder, by)
    for line in _told(timeline, folder, written):
        click.echo(line)


def _write_all(timeline: Timeline, folder: Path, by: str) -> list[str]:
    """Write everything into a folder beside, then move it file by file, so that a failure changes nothing."""
    from timeline import charts

    with tempfile.TemporaryDirectory(prefix=".part-", dir=folder) as beside:
        draft = Path(beside)
        timeline.save(draft / "events.csv")
        timeline.save(draft / "events.jsonl")
        io.write_articles(timeline.articles, draft / "articles.jsonl")
        io.write_actors(timeline.actors, draft / "actors.jsonl")
        timeline.save(draft / "graph.graphml")
        charts.save(timeline.plot(by=by), draft / "timeline.png")
        charts.save(timeline.network(), draft / "network.png")
        timeline.save(draft / "report.md")
        names = ["events.csv", "events.jsonl", "graph.graphml", "timeline.png", "network.png", "report.md"]
        names += ["articles.jsonl", "actors.jsonl"]
        for name in names:
            with io.replacing(folder / name) as target:
                (draft / name).replace(target)
    return names


def _told(timeline: Timeline, folder: Path, names: Sequence[str]) -> Iterator[str]:
    from timeline.report import biggest, finding

    what = {
        "events.csv": "events, one a row",
        "events.jsonl": "the same, every field with words, offsets and rule",
        "graph.graphml": "actors, events and sources as a graph",
        "timeline.png": "the timeline",
        "network.png": "who appears with whom",
        "report.md": "what was read, found, left open and skipped",
        "articles.jsonl": "the texts that the offsets refer to",
        "actors.jsonl": "the actors with their aliases",
    }
    paths = {name: str(folder / name) for name in names}
    width = max(map(len, paths.values()))
    yield from (f"{path:<{width}}  {what[name]}" for name, path in paths.items())
    yield ""
    reports = sum(len(event.members) or 1 for event in timeline)
    yield (
        f"read {_number(len(timeline.articles), 'article')}, found {_number(len(timeline), 'event')} "
        f"in {_number(reports, 'report')}, skipped {_number(len(timeline.skipped), 'item')}"
    )
    yield ""
    found = biggest(timeline.events)
    yield "Biggest findings, as reported, not verified:" if found else "No event was found."
    articles = timeline.articles
    yield from (f"{number}. {finding(event, articles)}" for number, event in enumerate(found, start=1))
    missing = sum(article.published is None for article in articles)
    if missing:
        yield ""
        yield f"{_number(missing, 'article')} without publication date: give it with --published YYYY-MM-DD"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _extracted(path: Path, *, published: str | None, encoding: str | None, quiet: bool, **options: Any) -> Timeline:
    from timeline.flow import extract

    corpus = io.read(path, published=published, encoding=encoding)
    return extract(corpus, progress=not quiet, **options)


@cli.command()
@click.argument("path", type=_PATH)
@click.option("-o", "--output", type=_PATH, help="File to write to; default the standard output.")
@click.option("--link/--no-link", default=False, show_default=True, help="Join the reports of one happening.")
@_reading
def extract(path: Path, output: Path | None, link: bool, **options: Any) -> None:
    """Write the events of the articles at PATH as JSON lines."""
    timeline = _extracted(path, **options)
    timeline = timeline.link() if link else timeline
    if output is None:
        _print(timeline.to_jsonl())
    else:
        io.write_events(timeline.events, output)
    _tell_skipped(timeline.skipped)


@cli.command()
@click.argument("path", type=_PATH)
@click.option("-o", "--output", type=_PATH, help="File to write to; default the standard output.")
@_reading
def dates(path: Path, output: Path | None, **options: Any) -> None:
    """Write every time expression of the articles at PATH as JSON lines."""
    corpus = io.read(path, published=options["published"], encoding=options["encoding"])
    times = _times(corpus, options["language"], options["n_jobs"], quiet=options["quiet"])
    if output is None:
        _print("".join(io.time_lines(times)))
    else:
        io.write_times(times, output)
    _tell_skipped(corpus.skipped)


def _times(
    articles: Corpus | Sequence[Article], language: Any, n_jobs: int, *, quiet: bool
) -> list[tuple[str, Mention[TimeExpression]]]:
    from tqdm import tqdm

    from timeline.dates import find_dates
    from timeline.language import reader

    documents = reader(language, n_jobs=n_jobs)(articles)
    shown = tqdm(documents, total=len(articles), unit=" articles", desc="reading", disable=quiet, dynamic_ncols=True)
    found = ((document.article.id, mention) for document in shown for mention in find_dates(document))
    return [(article, mention) for article, mention in found if mention.value.signal != "range"]


@cli.command()
@click.argument("path", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="Picture: .png, .svg or .pdf.")
@click.option("--kind", type=_KIND, help="Kind of picture; default by the number of events.")
@click.option("--by", type=_BY, default="type", show_default=True, help="Lanes of the picture.")
@click.option("--width", default="A3", show_default=True, help="A page (A4, A3, slide, screen ...) or inches.")
@click.option("--title", help="Title of the picture.")
@click.option("--note", help="A sentence of your own for its foot.")
@click.option("--locale", default="en", show_default=True, help="Language of its dates: ar, de, en, es, fr, ru, uk.")
@click.option("--between", nargs=2, metavar="FROM TO", help="Only events of these days, months or years.")
@click.option("--about", help="Only events of this actor or place.")
def plot(
    path: Path,
    output: Path,
    *,
    kind: str | None,
    by: str,
    width: str,
    title: str | None,
    note: str | None,
    locale: str,
    between: tuple[str, str] | None,
    about: str | None,
) -> None:
    """Draw the events of PATH, an events.jsonl or the folder of a build."""
    timeline = _chosen(Timeline.load(path), between, about)
    inches = float(width) if _INCHES.fullmatch(width) else width
    _draw(timeline.plot(kind=kind, by=by, width=inches, title=title, note=note, language=locale), output)


def _draw(figure: Figure, output: Path) -> None:
    from timeline.charts import save

    save(figure, output)
    click.echo(str(output))


def _chosen(timeline: Timeline, between: tuple[str, str] | None, about: str | None) -> Timeline:
    timeline = timeline.between(*between) if between else timeline
    return timeline.about(about) if about else timeline


@cli.command()
@click.argument("path", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="Graph: .graphml; or a picture: .png, .svg, .pdf.")
@click.option("--view", type=click.Choice(["events", "actors"]), default="events", show_default=True)
@click.option("--between", nargs=2, metavar="FROM TO", help="Only events of these days, months or years.")
@click.option("--about", help="Only events of this actor or place.")
def graph(path: Path, output: Path, view: Any, between: tuple[str, str] | None, about: str | None) -> None:
    """Write the graph of the events of PATH, an events.jsonl or the folder of a build."""
    timeline = _chosen(Timeline.load(path), between, about)
    if output.suffix.lower() == ".graphml":
        click.echo(str(io.write_graph(timeline.graph(view=view), output)))
    else:
        _draw(timeline.network(view=view), output)


@cli.command()
@click.argument("path", type=_PATH)
@click.argument("event")
def explain(path: Path, event: str) -> None:
    """Show why EVENT (its id, or the beginning of it) in PATH is what it is."""
    click.echo(Timeline.load(path).explain(event))


@cli.command()
@click.argument("gold", type=_PATH)
@click.option("--events", "found", type=_PATH, help="events.jsonl to measure; default: extract from the gold's texts.")
@click.option("--times", "what", flag_value="times", help="Gold has time expressions ('timexes').")
@click.option("--counts", "what", flag_value="counts", help="Gold has casualty records ('expected').")
@click.option("--places", "what", flag_value="places", help="Gold has a 'location' (city, country) for each report.")
@click.option("--who", "what", flag_value="who", help="Gold has 'actors' with the mentions of each.")
@click.option("--links", "what", flag_value="links", help="Gold has groups of 'mentions' of one happening or several.")
@click.option("--articles", type=_PATH, help="With --links: the articles of the mentions, unless --events are given.")
@click.option("--errors", "listed", is_flag=True, help="List every error by class.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@_reading
def evaluate(gold: Path, found: Path | None, what: str | None, listed: bool, as_json: bool, **options: Any) -> None:
    """Measure against GOLD, JSON lines in the form of data/gold/articles.jsonl.

    Events: precision, recall and F1 with traps, dates, factuality, numbers, places and roles; --times, --counts,
    --places, --who and --links measure these alone. The definitions are those of timeline.evaluation.
    """
    rows = _gold(gold, "mentions" if what == "links" else "text")
    scores = _scores(rows, found, what, options)
    click.echo(json.dumps(dict(scores.figures)) if as_json else str(scores))
    if listed:
        click.echo("\n" + scores.listing())


def _gold(path: Path, needed: str) -> list[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or "is not UTF-8").lower()
        raise InputError(f"cannot be read: {reason}", where=str(path)) from None
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line) if line.strip() else None
        except ValueError:
            raise InputError("is not JSON", where=f"{path}, line {number}") from None
        if row is not None:
            if not isinstance(row, dict) or needed not in row:
                raise InputError(f"is no gold: it has no {needed!r}", where=f"{path}, line {number}")
            rows.append({**row, "id": str(row.get("id", row.get("doc_id", number)))})
    if not rows:
        raise InputError("is empty", where=str(path), advice="give gold in the form of data/gold")
    return rows


def _scores(rows: list[dict[str, Any]], found: Path | None, what: str | None, options: dict[str, Any]) -> Scores:
    from timeline import evaluation

    if _NEEDED[what] not in rows[0]:
        needed, advice = _NEEDED[what], "choose --times, --counts, --places, --who or --links, or another file"
        raise InputError(f"gold has no {needed!r}", where="GOLD", advice=advice)
    if found is not None and what in ("times", "who"):
        advice = "leave --events out: these are found anew in the texts of the gold"
        raise InputError(f"events say nothing of --{what}", where=str(found), advice=advice)
    if what == "links":
        return evaluation.score_links(rows, _linked(found, options))
    corpus = [_article_of(row) for row in rows]
    if what == "times":
        times: dict[str, list[Mention[TimeExpression]]] = {}
        for name, mention in _times(corpus, options["language"], options["n_jobs"], quiet=options["quiet"]):
            times.setdefault(name, []).append(mention)
        return evaluation.score_times(rows, times)
    if what == "who":
        return evaluation.score_actors(rows, _actors(corpus, options["language"], options["n_jobs"]))
    events = io.read_events(found) if found is not None else _events(corpus, options)
    if what == "places":
        return evaluation.score_places(rows, events, _places(corpus, options["language"], options["n_jobs"]))
    return evaluation.score_counts(rows, events) if what == "counts" else evaluation.score_events(rows, events)


def _places(corpus: Sequence[Article], language: Any, n_jobs: int) -> dict[str, list[Mention[Place]]]:
    from timeline.language import reader
    from timeline.places import find_places

    return {document.article.id: list(find_places(document)) for document in reader(language, n_jobs=n_jobs)(corpus)}


def _actors(corpus: Sequence[Article], language: Any, n_jobs: int) -> dict[str, list[Mention[Actor]]]:
    from timeline.evaluation import judged_mentions
    from timeline.language import reader

    return {document.article.id: judged_mentions(document) for document in reader(language, n_jobs=n_jobs)(corpus)}


def _events(corpus: Corpus | Sequence[Article], options: dict[str, Any]) -> Timeline:
    from timeline.flow import extract

    known = {name: options[name] for name in ("language", "lexicon", "actors", "n_jobs", "store")}
    return extract(corpus, progress=not options["quiet"], **known)


def _linked(found: Path | None, options: dict[str, Any]) -> Sequence[Event]:
    if found is not None:
        return tuple(io.read_events(found))
    if options["articles"] is None:
        raise InputError("needs the articles of the mentions", where="--links", advice="give --articles or --events")
    corpus = io.read(options["articles"], published=options["published"], encoding=options["encoding"])
    return _events(corpus, options).link()


def _article_of(row: dict[str, Any]) -> Article:
    from timeline.records import Article

    day = io.parse_day(row.get("published", row.get("dct", row.get("date"))), where=row["id"])
    return Article(row["id"], row["text"], day, row.get("title"), row.get("source"))


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _tell_skipped(skipped: Sequence[Any]) -> None:
    for item in skipped:
        click.echo(f"timeline: skipped {item.where}: {item.why}", err=True)
