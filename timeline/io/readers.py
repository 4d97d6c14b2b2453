"""From a folder, a file, a table or texts to a Corpus."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from timeline.errors import InputError, MissingExtraError, TimelineError
from timeline.io.corpus import Corpus
from timeline.io.dates import is_missing, parse_day
from timeline.io.html import article_of_page
from timeline.io.text import LONGEST, check_text, decode, front_matter, too_long
from timeline.records import Article, Skipped

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read"]

Found = Iterator[Article | Skipped]

SUFFIXES = (".csv", ".htm", ".html", ".jsonl", ".parquet", ".txt")


def read(
    source: str | Path | pd.DataFrame | Iterable[str | Article],
    *,
    published: str | dt.date | None = None,
    encoding: str | None = None,
) -> Corpus:
    """Read articles.

    Parameters
    ----------
    source : path, DataFrame, texts, articles or one text
        A folder is read with all folders in it, by name; hidden files are left out. ``.txt`` is one article, as given
        or, if it begins with front matter (``title``, ``published``, ``source``, ``url`` between two lines of
        ``---``), the body behind it. ``.html`` needs the extra ``html``, ``.parquet`` the extra ``parquet``. Tables
        have a column ``text`` and may have ``id``, ``published``, ``title``, ``source`` and ``url``; so do the lines of
        ``.jsonl``. A string with a line break or several words is a text, any other is a path.
    published : datetime.date or str, optional
        Day of publication of all articles that state none, ``YYYY-MM-DD``.
    encoding : str, optional
        Of text files; default UTF-8 or what a byte order mark says.

    Returns
    -------
    Corpus
        In a folder or table what cannot be read is skipped and listed in ``.skipped``.

    Raises
    ------
    InputError
        If a single file cannot be read, or nothing at all is left.
    MissingExtraError
        If a single file needs a package that is not installed.

    Examples
    --------
    >>> corpus = read(["Shells fell on the town.", ""], published="2012-08-06")
    >>> corpus[0].id, corpus[0].published, corpus.skipped[0].where
    ('text1', datetime.date(2012, 8, 6), 'text2')
    """
    day = parse_day(published, where="published")
    if isinstance(source, Corpus):
        return Corpus(tuple(_dated(article, day) for article in source), source.skipped)
    path = _path_of(source)
    if path is not None and not path.exists():
        raise InputError("does not exist", where=str(path), advice="give a file or a folder")
    if path is not None and path.is_dir():
        return _collected(_folder(path, encoding), day, str(path))
    if path is not None:
        return _collected(_file(path, str(path), path.name, encoding), day, str(path))
    if isinstance(source, str):
        check_text(source, where="the text")
        return _collected(_texts([source]), day, "the text")
    if hasattr(source, "columns"):
        return _collected(_frame(source, "row"), day, "the table")
    return _collected(_texts(cast("Iterable[str | Article]", source)), day, "the texts")


def _exists(path: Path) -> bool:
    """Whether there is such a file or folder; a text too long to be a name is none."""
    try:
        return path.exists()
    except OSError:
        return False


def _path_of(source: object) -> Path | None:
    if isinstance(source, Path):
        return source
    if not isinstance(source, str) or "\n" in source or len(source) > 1000 or not source.strip():
        return None
    path = Path(source)
    if _exists(path) or path.suffix.lower() in SUFFIXES or len(source.split()) == 1:
        return path
    return path if ("/" in source or "\\" in source) and len(source.split()) < 5 else None


def _collected(found: Found, published: dt.date | None, where: str) -> Corpus:
    articles: dict[str, Article] = {}
    skipped: list[Skipped] = []
    for item in found:
        if isinstance(item, Skipped):
            skipped.append(item)
        elif item.id in articles:
            skipped.append(Skipped(item.id, "the id was there before; the second article of that id is left out"))
        else:
            articles[item.id] = _dated(item, published)
    if not articles:
        reason = f": {skipped[0].where}: {skipped[0].why}" if skipped else ""
        more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        raise InputError(
            f"has no article that can be read{reason}{more}",
            where=where,
            advice=f"give texts or files that end in {' '.join(SUFFIXES)}",
        )
    return Corpus(tuple(articles.values()), tuple(skipped))


def _dated(article: Article, published: dt.date | None) -> Article:
    return article if published is None or article.published else replace(article, published=published)


def _texts(source: Iterable[str | Article]) -> Found:
    for number, item in enumerate(source, start=1):
        if isinstance(item, Article):
            yield from _or_skipped(_checked, item)
        else:
            yield from _row({"text": item}, where=f"text{number}", default=f"text{number}")


def _checked(article: Article) -> Found:
    check_text(article.text, where=article.id)
    yield article


def _folder(folder: Path, encoding: str | None) -> Found:
    try:
        paths = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        raise InputError(f"cannot be read: {(error.strerror or '').lower()}", where=str(folder)) from None
    built = {name.removesuffix("events.jsonl") for name, _ in paths if name.split("/")[-1] == "events.jsonl"}
    built = {below for below in built if any(name == f"{below}articles.jsonl" for name, _ in paths)}
    for below in sorted(built):
        yield Skipped(below.rstrip("/") or str(folder), "holds the output of an earlier build, left out")
    hidden = 0
    for name, path in paths:
        if name.removesuffix(path.name) in built:
            continue
        if any(part.startswith(".") for part in name.split("/")):
            hidden += 1
        elif path.suffix.lower() not in SUFFIXES:
            yield Skipped(name, f"is no kind of file that is read ({' '.join(SUFFIXES)})")
        else:
            yield from _or_skipped(_file, path, name, name, encoding)
    if hidden:
        yield Skipped(folder.name or str(folder), f"{hidden} hidden files left out")


def _or_skipped(reader: Callable[..., Found], *arguments: Any) -> Found:
    try:
        yield from reader(*arguments)
    except MissingExtraError as error:
        yield Skipped(str(arguments[1]) if len(arguments) > 1 else "", str(error))
    except TimelineError as error:
        yield Skipped(error.where or "", f"{error.what}; {error.advice}" if error.advice else error.what)


def _file(path: Path, where: str, name: str, encoding: str | None) -> Found:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        yield from _frame(_parquet(path, where), f"{name}#")
        return
    data = _bytes(path, where, limit=suffix not in (".csv", ".jsonl"))
    text = decode(data, where=where, encoding=encoding)
    if suffix == ".jsonl":
        yield from _lines(text, where, name)
    elif suffix == ".csv":
        yield from _frame(_csv(text, where), f"{name}#")
    elif suffix in (".htm", ".html"):
        check_text(text, where=where)
        yield from _row(article_of_page(text, where=where), where=where, default=name)
    else:
        fields, body = front_matter(text)
        fields.pop("id", None)
        check_text(body, where=where)
        yield from _row({**fields, "text": body}, where=where, default=name)


def _bytes(path: Path, where: str, *, limit: bool) -> bytes:
    try:
        size = path.stat().st_size
        if limit and size > LONGEST:
            raise too_long(size, "bytes", where)
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {(error.strerror or '').lower()}", where=where) from None


def _lines(text: str, where: str, name: str) -> Found:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{where}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield Skipped(place, "is not JSON")
            continue
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            yield Skipped(place, 'is no article: {"id", "text", "published", "title", "source", "url"}')
            continue
        yield from _row(row, where=place, default=f"{name}#{number}")


def _frame(table: Any, prefix: str) -> Found:
    names = [str(name) for name in table.columns]
    if "text" not in names:
        raise InputError(
            f"has no column 'text'; its columns are {', '.join(names)[:200]}",
            where=prefix.rstrip("#") if prefix.endswith("#") else "the table",
            advice="name the column with the texts 'text'",
        )
    known = [name for name in ("id", "text", "published", "title", "source", "url") if name in names]
    columns = [table[name].tolist() for name in known]
    for number, values in enumerate(zip(*columns, strict=True), start=1):
        default = f"{prefix}{number}"
        yield from _row(dict(zip(known, values, strict=True)), where=default, default=default)


def _csv(text: str, where: str) -> Any:
    import io

    import pandas as pd

    try:
        return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    except (ValueError, pd.errors.ParserError) as error:
        reason = str(error).splitlines()[0][:160]
        raise InputError(f"is not a table: {reason}", where=where, advice="give a CSV file with a header") from None


def _parquet(path: Path, where: str) -> Any:
    if find_spec("pyarrow") is None:
        raise MissingExtraError(f"{where}: reading Parquet", extra="parquet")
    import pandas as pd

    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0][:160]
        raise InputError(f"is not a Parquet file: {reason}", where=where) from None


def _row(row: Mapping[str, Any], *, where: str, default: str) -> Found:
    """One article of a row, after a note on a publication date that cannot be used."""
    text = row["text"]
    if not isinstance(text, str):
        yield Skipped(where, "has no text")
        return
    try:
        check_text(text, where=where)
    except InputError as error:
        yield Skipped(where, f"{error.what}; {error.advice}" if error.advice else error.what)
        return
    published = None
    try:
        published = parse_day(row.get("published"), where=where)
    except InputError as error:
        yield Skipped(where, f"{error.what}; the article is read without a date")
    name = _string(row.get("id")) or default
    yield Article(name, text, published, _string(row.get("title")), _string(row.get("source")), _string(row.get("url")))


def _string(value: Any) -> str | None:
    if is_missing(value):
        return None
    return str(value).strip() or None
