"""The article in a web page, by trafilatura; its publication date only where the page states one."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from timeline.errors import InputError, MissingExtraError

__all__ = ["article_of_page"]

_META = {
    "article:published_time": "published",
    "datepublished": "published",
    "date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "og:title": "title",
    "og:site_name": "source",
    "og:url": "url",
}


def article_of_page(page: str, *, where: str) -> dict[str, str]:
    """The text of a page and what the page says of its title, source, address and publication day.

    Raises
    ------
    MissingExtraError
        If trafilatura is not installed.
    InputError
        If no article text is found.
    """
    try:
        import trafilatura
    except ImportError:
        raise MissingExtraError(f"{where}: reading HTML", extra="html") from None
    text = trafilatura.extract(page, include_comments=False, include_tables=False, favor_precision=True)
    if not text:
        raise InputError("has no article text", where=where, advice="give the page of one article")
    reader = _Head()
    reader.feed(page)
    reader.close()
    fields = {"title": reader.title.strip(), **reader.fields, "text": text}
    return {name: value for name, value in fields.items() if value}


class _Head(HTMLParser):
    """Collects title and meta data; the first statement of a field wins."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.title = ""
        self._inside: str | None = None
        self._script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            key = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
            if key in _META and given.get("content"):
                self.fields.setdefault(_META[key], given["content"].strip())
        elif tag == "link" and given.get("rel") == "canonical" and given.get("href"):
            self.fields.setdefault("url", given["href"].strip())
        elif tag == "title" and not self.title:
            self._inside = "title"
        elif tag == "script" and given.get("type") == "application/ld+json":
            self._inside = "script"

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._inside == "script":
            self._script += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._inside == "script":
            day = _stated_day(self._script)
            if day:
                self.fields.setdefault("published", day)
            self._script = ""
        if tag == self._inside:
            self._inside = None


def _stated_day(script: str) -> str | None:
    try:
        value: Any = json.loads(script)
    except ValueError:
        return None
    queue = [value]
    while queue:
        item = queue.pop(0)
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            if isinstance(item.get("datePublished"), str):
                return str(item["datePublished"])
            queue.extend(item[key] for key in ("@graph",) if key in item)
    return None
