"""Order, overlap, union, notation and wording of dates with uncertainty."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.records import When
from timeline.when import (
    before,
    contains,
    edtf,
    format_when,
    intersection,
    is_known,
    overlaps,
    sort_key,
    union,
)


def when(start=None, end=None, precision="day", kind="point", **more):
    days = [None if text is None else dt.date.fromisoformat(text) for text in (start, end)]
    return When(*days, precision, kind, **more)


WORDED = [
    (when("2012-08-06", "2012-08-06"), "6 Aug 2012", "2012-08-06"),
    (when("2012-08-06", "2012-08-06", approximate=True), "about 6 Aug 2012", "2012-08-06~"),
    (when("2011-10-01", "2011-10-31", "month"), "in Oct 2011", "2011-10"),
    (when("2011-01-01", "2011-12-31", "year"), "in 2011", "2011"),
    (when("1990-01-01", "1999-12-31", "decade"), "in the 1990s", "199X"),
    (when("1900-01-01", "1999-12-31", "unknown"), "in the years 1900-1999", "19XX"),
    (when("2011-07-01", "2011-09-30", "quarter"), "in the third quarter of 2011", "2011-35"),
    (when("2011-06-01", "2011-08-31", "season"), "in summer 2011", "2011-22"),
    (when("2010-12-01", "2011-02-28", "season"), "in winter 2010-11", "2010-24"),
    (when("2011-09-27", "2011-10-01", kind="extent"), "27 Sep-1 Oct 2011", "2011-09-27/2011-10-01"),
    (when("2011-03-08", "2011-03-10", kind="extent"), "8-10 Mar 2011", "2011-03-08/2011-03-10"),
    (when("2011-12-26", "2012-01-03", kind="extent"), "26 Dec 2011-3 Jan 2012", "2011-12-26/2012-01-03"),
    (when("2011-03-01", "2011-05-31", "month", "extent"), "Mar-May 2011", "2011-03-01/2011-05-31"),
    (when("1955-01-01", "1957-12-31", "year", "extent"), "1955-1957", "1955-01-01/1957-12-31"),
    (when("2012-08-05", "2012-08-06"), "between 5 Aug 2012 and 6 Aug 2012", "[2012-08-05..2012-08-06]"),
    (when("2011-03-21", "2011-03-31", "month", approximate=True), "in late March 2011", "[2011-03-21..2011-03-31]"),
    (when("2011-03-11", "2011-03-20", "month", approximate=True), "in mid-March 2011", "[2011-03-11..2011-03-20]"),
    (when("2011-01-01", "2011-04-30", "year", approximate=True), "in early 2011", "[2011-01-01..2011-04-30]"),
    (when("2011-09-01", "2011-12-31", "year", approximate=True), "in late 2011", "[2011-09-01..2011-12-31]"),
    (when("2011-03-01", None, "month", "since"), "since March 2011", "2011-03/.."),
    (when("2011-03-15", None, "day", "since"), "since 15 Mar 2011", "2011-03-15/.."),
    (when("2011-01-01", None, "year", "since"), "since 2011", "2011/.."),
    (when(None, None, "unknown", "since", ongoing_at=dt.date(2012, 8, 6)), "going on at 6 Aug 2012", None),
    (when(None, "2012-08-06"), "day not known, by 6 Aug 2012", "[..2012-08-06]"),
    (when("2012-08-06", None), "day not known, from 6 Aug 2012 on", "[2012-08-06..]"),
    (when(None, "2012-08-06", kind="extent"), "until 6 Aug 2012", "../2012-08-06"),
    (when("2012-08-06", None, kind="extent"), "from 6 Aug 2012", "2012-08-06/.."),
    (when(precision="weekday_only", weekday=1), "a Monday, date not known", None),
    (When(), "date not known", None),
]


@pytest.mark.parametrize(("value", "words", "notation"), WORDED)
def test_wording_and_notation(value, words, notation):
    """A date is printed as an editor would print it, and in EDTF."""
    assert (format_when(value), edtf(value)) == (words, notation)


@pytest.mark.parametrize("notation", sorted({notation for _, _, notation in WORDED if notation}))
def test_notation_is_valid(notation):
    """The edtf package accepts the notation and writes it back the same."""
    from edtf import parse_edtf

    assert str(parse_edtf(notation)) == notation


def test_unknown_shares_nothing():
    """A date of which nothing is known overlaps nothing and contains nothing."""
    day = when("2012-08-06", "2012-08-06")
    assert not overlaps(day, When())
    assert not contains(When(), day)
    assert not is_known(When())


def test_open_bounds_reach_on():
    """An open bound reaches without end."""
    assert overlaps(when("2011-03-01", None, kind="since"), when("2099-01-01", "2099-01-01"))
    assert before(when(None, "2011-02-28"), when("2011-03-01", None))
    assert not before(when("2011-01-01", None), when("2011-03-01", None))


def test_union_keeps_what_goes_on():
    """Something that goes on still goes on when joined with a day."""
    both = union(when("2011-03-01", None, "month", "since"), when("2011-03-15", "2011-03-15"))
    assert (both.kind, both.start, both.end) == ("since", dt.date(2011, 3, 1), None)


def test_intersection_of_month_and_day_is_the_day():
    """What two windows share has the precision and basis of the finer one."""
    month = when("2012-08-01", "2012-08-31", "month", basis="doc_date")
    day = when("2012-08-06", "2012-08-06", basis="explicit")
    shared = intersection(month, day)
    assert shared is not None
    assert (shared.start, shared.end, shared.precision, shared.basis) == (day.start, day.end, "day", "explicit")
    assert intersection(month, when("2012-09-01", "2012-09-01")) is None


def test_order():
    """The exact comes before the vague of the same start, the unknown last."""
    day, month, year = (
        when("2012-01-01", "2012-01-01"),
        when("2012-01-01", "2012-01-31", "month"),
        when("2012-01-01", "2012-12-31", "year"),
    )
    earlier = when(None, "2011-12-31")
    assert sorted([When(), year, month, day, earlier], key=sort_key) == [earlier, day, month, year, When()]


DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))


@st.composite
def windows(draw):
    start, end = sorted((draw(DAYS), draw(DAYS)))
    kind = draw(st.sampled_from(["point", "extent", "since"]))
    precision = draw(st.sampled_from(["day", "month", "year", "unknown"]))
    if kind == "since":
        return When(start, None, precision, kind)
    return When(draw(st.sampled_from([start, None])), draw(st.sampled_from([end, start])), precision, kind)


@given(windows(), windows())
def test_laws_of_overlap(first, second):
    """Overlap and union do not depend on order; before excludes overlap; a union contains both."""
    assert overlaps(first, second) == overlaps(second, first)
    assert not (before(first, second) and overlaps(first, second))
    joined, other = union(first, second), union(second, first)
    assert (joined.start, joined.end, joined.kind) == (other.start, other.end, other.kind)
    if is_known(joined):
        assert contains(joined, first)
        assert contains(joined, second)


@given(windows(), windows())
def test_laws_of_intersection(first, second):
    """What two windows share lies in both; they share something exactly if they overlap."""
    shared = intersection(first, second)
    assert (shared is not None) == overlaps(first, second)
    if shared is not None:
        assert contains(first, shared)
        assert contains(second, shared)


@given(windows())
def test_every_window_has_valid_edtf(value):
    """Any known window has EDTF that the edtf package reads."""
    from edtf import parse_edtf

    notation = edtf(value)
    assert notation is not None
    assert str(parse_edtf(notation)) == notation


@given(DAYS)
def test_day_goes_through_edtf_and_back(day):
    """A day survives the way through EDTF."""
    from edtf import parse_edtf

    notation = edtf(When(day, day, "day"))
    lower, upper = parse_edtf(notation).lower_strict(), parse_edtf(notation).upper_strict()
    assert (lower[:3], upper[:3]) == ((day.year, day.month, day.day),) * 2


@given(windows())
def test_wording_never_fails(value):
    """Any window can be printed, also as approximate."""
    assert format_when(value)
    assert format_when(replace(value, approximate=True))
