"""Time expressions of a text: exact spans, TIMEX3 values and windows of days.

What is read, with 6 August 2012, a Monday, as day of publication:

======================================  ==================================================================
in the text                             value, or window
======================================  ==================================================================
Friday / on Friday, they will           2012-08-03 / 2012-08-10 (tense decides)
late Friday night, noon Saturday        2012-08-03TNI, 2012-08-04T12:00
March 15, 2011; 15 March 2011           2011-03-15
6 August, Aug. 6                        2012-08-06 (year by tense and nearness, in narrative by what was told)
06/08/2012                              both days unless ``date_order`` is given, approximate
early March 2011; late 2011             1 to 10 March; September to December, approximate
the summer of 2011; the 1990s; 480 BC   2011-SU; 199; BC0480
the third quarter; fiscal 2011          2012-Q3; 2011
yesterday, last week, this year         2012-08-05, 2012-W31, 2012
two days ago; in two weeks' time        2012-08-04; 2012-W34
the next day; three days later          counted from the date told before
two days after the truce                P2D with the signal "after"; no date, the event has to be known
since March 2011                        kind ``since``, end open
8-10 March; from 3 May to 5 May         each date, and one interval more (signal "range")
for three days; the past three days     P3D without days; P3D with the days 3 to 6 August
every Friday, daily                     XXXX-WXX-5, P1D
Easter 2012; Eid al-Fitr; 9/11          2012-04-08; 2012-08-19, approximate; 2001-09-11
now, recently, soon                     PRESENT_REF, PAST_REF, FUTURE_REF
======================================  ==================================================================

Without a day of publication, and without a dateline that prints its year, nothing relative is resolved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from timeline.dates import absolute, anaphora, periods, relative, spans
from timeline.dates.alternatives import other_readings
from timeline.dates.mode import dateline_day, find_mode
from timeline.dates.outcome import mentions_of
from timeline.dates.scan import Match, matches, words
from timeline.dates.state import Mode, Reading, State
from timeline.dates.syntax import clause_tense, head_token, is_other_word
from timeline.language.document import Document
from timeline.records import Mention, TimeExpression

__all__ = ["find_dates", "find_dates_in", "other_readings"]

BARE = frozenset(("month", "weekday", "season", "holiday"))
READERS = {**absolute.READERS, **periods.READERS, **relative.READERS, **anaphora.READERS, **spans.READERS}


def find_dates_in(
    text: str, *, published: dt.date | None = None, mode: Mode | None = None, date_order: str | None = None
) -> Iterator[Mention[TimeExpression]]:
    """Find the time expressions of a plain text.

    Parameters
    ----------
    text : str
        Any text.
    published : datetime.date, optional
        Day of publication; without it, and without a dateline, nothing relative is resolved.
    mode : {"news", "narrative"}, optional
        Whether relative dates count from publication or from the date told before; found by itself if not given.
    date_order : {"MDY", "DMY", "YMD"}, optional
        How to read 06/08/2012; if not given, the month comes first and the reading is approximate.

    Yields
    ------
    Mention of TimeExpression
        In order of the text. ``Mention.token`` counts the words of this finder; a mention with the signal ``range``
        covers two others and has the interval from one to the other.

    Examples
    --------
    >>> [m.value.value for m in find_dates_in("It fell two days ago.", published=dt.date(2012, 8, 6))]
    ['2012-08-04']
    """
    yield from _mentions(_state(text, published, mode, date_order), published)


def _state(text: str, published: dt.date | None, mode: Mode | None, date_order: str | None) -> State:
    cut = words(text)
    day = dateline_day(cut, published)
    return State(cut, day, mode or find_mode(cut, day), date_order or "")


def _mentions(state: State, published: dt.date | None) -> Iterator[Mention[TimeExpression]]:
    return mentions_of(_readings(state), state.words, published or state.published)


def _readings(state: State) -> Iterator[Reading]:
    found = matches(state.words)
    options = next(found, None)
    while options is not None:
        chosen, last = _read(options, state)
        for reading in chosen:
            state.note(reading)
            yield reading
        try:
            options = found.send(last)
        except StopIteration:
            return


def _read(options: list[Match], state: State) -> tuple[list[Reading], int | None]:
    """The readings of the first candidate that has any, and the last word that they take."""
    for option in options:
        if option.rule.mode and option.rule.mode != state.mode:
            continue
        if option.rule.read == "nothing":
            return [], option.last
        if state.other_word is not None and option.rule.read in BARE and state.other_word(option.start, option.end):
            continue
        chosen = READERS[option.rule.read](option, state)
        if chosen:
            return chosen, max(reading.last for reading in chosen)
    return [], None


def find_dates(
    document: Document | str,
    *,
    published: dt.date | None = None,
    mode: Mode | None = None,
    date_order: str | None = None,
) -> Iterator[Mention[TimeExpression]]:
    """Find the time expressions of a read document, or, as `find_dates_in`, of a plain text.

    The tense of the clause decides between the last and the next Friday, and parts of speech and names between May
    and may. ``Mention.token`` is the token of the document that heads the expression.

    Parameters
    ----------
    document : Document or str
        A read document, or a text without syntax.
    published : datetime.date, optional
        Day of publication of a plain text; a document knows its own.
    mode, date_order : optional
        As of `find_dates_in`.

    Yields
    ------
    Mention of TimeExpression
        As `find_dates_in`.

    Examples
    --------
    >>> from timeline.records import Article
    >>> list(find_dates(Document(Article("a", ""), ())))
    []
    >>> [str(m.value.when) for m in find_dates("It fell on Friday.", published=dt.date(2012, 8, 6))]
    ['3 Aug 2012']
    """
    if isinstance(document, str):
        yield from find_dates_in(document, published=published, mode=mode, date_order=date_order)
        return
    state = _state(document.text, document.article.published, mode, date_order)
    state.clause = partial(clause_tense, document)
    state.other_word = partial(is_other_word, document)
    for mention in _mentions(state, document.article.published):
        head = head_token(document, mention.span.start, mention.span.end)
        yield replace(mention, token=0 if head is None else head.index)
