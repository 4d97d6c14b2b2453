"""The page: one file, everything escaped, nothing fetched, readable without scripts."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from timeline.page import page
from timeline.records import Article, Attribution, Event, Place, Role, Span, Total, When

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \" ' & \u2028"
TEXT = f"Shells 😀 fell on Velia on Monday, killing 5, Anna Berg said. {EVIL}"
ARTICLE = Article("a", TEXT, dt.date(2012, 8, 7), EVIL, EVIL)


def _span(word: str) -> Span:
    return Span(TEXT.index(word), TEXT.index(word) + len(word), word)


def _event(**changes) -> Event:
    made = Event(
        "e1",
        "a",
        "shelling",
        None,
        _span("Shells"),
        When(dt.date(2012, 8, 6), dt.date(2012, 8, 6), "day", span=_span("Monday")),
        (Role("target", None, EVIL, "unknown", _span("Velia")),),
        Place(EVIL, span=_span("Velia")),
        (),
        Total(5, 5, 5),
        None,
        "happened",
        False,
        Span(0, 50, None),
        Attribution(EVIL, "said", (), "eyewitness", False, _span("Anna Berg")),
        0.9,
    )
    return replace(made, **changes)


def _data(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S).group(1))


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.found.append((tag, dict(attrs)))


def _elements(html: str) -> list[tuple[str, dict]]:
    parser = _Elements()
    parser.feed(html)
    return parser.found


def test_everything_is_escaped():
    """A text that tries to close its element stays text."""
    tags = _elements(page([_event()], articles=[ARTICLE], title=EVIL))
    assert [name for name, _ in tags].count("script") == 2
    assert not any(name == "img" for name, _ in tags)
    assert not any(key.startswith("on") for _, attributes in tags for key in attributes)


def test_nothing_is_fetched():
    """No address stands in any element, and the policy forbids requests and all scripts but the page's own."""
    html = page([_event()], articles=[ARTICLE])
    for name, attributes in _elements(html):
        address = attributes.get("src") or attributes.get("href") or ""
        assert address in ("", "#list", "data:,"), name
    script = html.rsplit("<script>", 1)[1].split("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in html


def test_data_is_readable():
    """The JSON inside gives back the text of the article, and spans point into it."""
    data = _data(page([_event()], articles={"a": ARTICLE}))
    text = data["articles"][0]["text"]
    assert text == TEXT
    words = {text[span["start"] : span["end"]] for span in data["events"][0]["spans"]}
    assert words == {"Shells", "Monday", "Velia", "Anna Berg"}


def test_list_reads_without_scripts():
    """Headline and date of every event stand in the HTML itself."""
    html = page([_event(place=Place("Velia"), roles=())], articles=[ARTICLE])
    assert "Velia is shelled, 5 killed" in html
    assert "6 Aug 2012" in html


def test_every_field_has_a_label():
    """Inputs and choices stand in labels, the reader and the status line have roles."""
    html = page([_event()], articles=[ARTICLE])
    assert len(re.findall(r"<label[^>]*>[^<]*<(?:input|select)", html)) == len(re.findall(r"<(?:input|select)\b", html))
    assert 'role="status"' in html
    assert 'lang="en"' in html


def test_protected_names_do_not_enter():
    """The letters of a redacted span are masked in the text, at the same length."""
    hidden = Role(
        "target", "protected-1", None, "person", Span(TEXT.index("Anna"), TEXT.index("Anna") + 9, None, redacted=True)
    )
    html = page([_event(roles=(hidden,), attribution=None)], articles=[ARTICLE])
    assert "Anna Berg" not in html
    assert len(_data(html)["articles"][0]["text"]) == len(TEXT)


def test_no_events():
    """An empty page is polite."""
    assert "there is nothing to show" in page([])


def test_same_page_for_any_order():
    """The order of the input does not matter, and an event given twice stands there once."""
    events = [_event(id=name) for name in ("b", "a", "c")]
    assert page(events, articles=[ARTICLE]) == page([*events[::-1], events[0]], articles=[ARTICLE])


def test_lone_surrogates_do_not_break_it():
    """A text that is no valid Unicode can be written as UTF-8."""
    assert page([_event()], articles=[replace(ARTICLE, text=TEXT + "\ud800")]).encode().startswith(b"<!")


def _browse(folder, file, fragment: str) -> str:
    """The page as Chromium has it after its script has run."""
    done = subprocess.run(
        [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'profile'}",
            "--dump-dom",
            f"file://{file}{fragment}",
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
def test_in_a_browser(tmp_path):
    """In Chromium the chosen event's text is shown with its spans marked, past a letter outside the BMP."""
    file = tmp_path / "page.html"
    file.write_text(page([_event()], articles=[ARTICLE]), encoding="utf-8")
    dom = _browse(tmp_path, file, "#e1")
    marks = re.findall(r'<mark class="(\w+)"[^>]*>([^<]*)<sup>', dom)
    assert ("trigger", "Shells") in marks
    assert ("when", "Monday") in marks
    assert ("source", "Anna Berg") in marks
    assert "1 of 1 events shown" in dom or "Shown: " in dom


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
def test_old_events_do_not_press_the_strip(tmp_path):
    """A few events decades before all others stand at the beginning of the strip, called earlier, off the scale."""
    days = [dt.date(1982, 2, 3), *(dt.date(2012, 8, 1) + dt.timedelta(days=9 * k) for k in range(12))]
    events = [_event(id=f"n{k}", when=When(day, day, "day")) for k, day in enumerate(days)]
    file = tmp_path / "page.html"
    file.write_text(page(events, articles=[ARTICLE]), encoding="utf-8")
    dom = _browse(tmp_path, file, "")
    places = [
        float(x) for x in re.findall(r'<circle cx="([\d.]+)"', dom.split('<div id="strip">')[1].split("<main>")[0])
    ]
    assert ">earlier</text>" in dom
    assert len(places) == 13
    assert min(places[1:]) - places[0] < 100
    assert max(places) - min(places[1:]) > 900
