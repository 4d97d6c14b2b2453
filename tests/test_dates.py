"""Time expressions: cases of every class, bad input, and laws that hold for any text."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import time
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.dates import find_dates, find_dates_in, other_readings
from timeline.dates.calendar import Moment, shift, timex, window
from timeline.dates.grammar import Pattern, grammar
from timeline.dates.holidays import easter, islamic_day
from timeline.dates.mode import find_mode
from timeline.dates.scan import words
from timeline.errors import LexiconError
from timeline.language import read
from timeline.language.document import Document, Sentence, Token
from timeline.records import Article
from timeline.when import edtf

CASES = Path(__file__).parent / "cases"
MONDAY = dt.date(2012, 8, 6)


def cases(name):
    lines = (CASES / f"dates_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(case, id=f"{number}-{case['text'][:50]}") for number, case in enumerate(map(json.loads, lines), 1)
    ]


def day(text):
    return None if text is None else dt.date.fromisoformat(text)


def spans(text, **options):
    return [
        (m.span.start, m.span.text, m.value.value) for m in find_dates_in(text, **options) if m.value.signal != "range"
    ]


def values(text, **options):
    return [value for _, _, value in spans(text, **{"published": MONDAY, **options})]


@pytest.mark.parametrize("case", cases("found"))
def test_found(case):
    """Every class of expression is found with its exact span and value."""
    found = spans(case["text"], published=day(case["published"]))
    assert [(e["start"], e["text"], e["value"]) for e in case["expect"]] == [
        item for item in found if any(item[0] == e["start"] for e in case["expect"])
    ]


@pytest.mark.parametrize("case", cases("syntax"))
def test_found_with_syntax(case):
    """Where single words do not tell the tense, the parse does."""
    document = read(Article("a", case["text"], day(case["published"])))
    found = [(m.span.start, m.span.text, m.value.value) for m in find_dates(document)]
    assert [(e["start"], e["text"], e["value"]) for e in case["expect"]] == found


@pytest.mark.parametrize("case", cases("none"))
def test_not_found(case):
    """Ordinary words, names, scores, money and numbers are no dates."""
    assert spans(case["text"], published=day(case["published"])) == []


@pytest.mark.parametrize("case", cases("when"))
def test_when(case):
    """The window of days, its precision, kind, basis and EDTF are as the text says and no more."""
    found = {
        (m.span.start, m.span.text): m.value.when for m in find_dates_in(case["text"], published=day(case["published"]))
    }
    when = found[case["start_at"], case["span"]]
    expected = {**case, "start": day(case["start"]), "end": day(case["end"])}
    names = ("start", "end", "precision", "kind", "basis", "edtf", "approximate")
    assert {name: getattr(when, name) for name in names} == {name: expected[name] for name in names}


@pytest.mark.parametrize("case", cases("narrative"))
def test_narrative(case):
    """In narrative a date without year counts from the date told before."""
    found = spans(case["text"], mode="narrative")
    assert (case["start_at"], case["span"], case["value"]) in found


@pytest.mark.parametrize("rule", grammar().rules, ids=lambda rule: rule.id)
def test_example_of_rule(rule):
    """Every rule of the grammar reads its own example as it expects."""
    text = rule.example.replace("[", "").replace("]", "")
    published = MONDAY if rule.published is None else day(rule.published or None)
    found = [
        (m.span.start, m.span.end, m.value.value, m.rule)
        for m in find_dates_in(text, published=published, mode=rule.mode or "news")
    ]
    if "[" not in rule.example:
        assert found == []
        return
    start, end = rule.example.index("["), rule.example.index("]") - 1
    assert (start, end, rule.expect, f"dates/{rule.id}") in found


def test_examples_of_holidays():
    """The holidays' own examples are read as they expect."""
    tables = tomllib.loads(files("timeline").joinpath("lexicons", "dates_holidays.toml").read_text(encoding="utf-8"))
    for check in tables["check"]:
        text = check["example"].replace("[", "").replace("]", "")
        assert values(text) == [check["expect"]]


def test_enough_cases():
    """At least 400 invented cases are kept, 50 of them must not match."""
    sizes = {name: len(cases(name)) for name in ("found", "none", "when", "narrative")}
    assert sum(sizes.values()) >= 400
    assert sizes["none"] >= 50


def test_date_order():
    """An order that is given settles 06/08/2012; without one it is approximate and its window has both days."""
    for order, value in (("DMY", "2012-08-06"), ("MDY", "2012-06-08")):
        mention = next(find_dates_in("of 06/08/2012", date_order=order))
        assert (mention.value.value, mention.value.when.approximate) == (value, False)
    when = next(find_dates_in("of 06/08/2012")).value.when
    assert (when.start, when.end, when.approximate) == (dt.date(2012, 6, 8), dt.date(2012, 8, 6), True)


@pytest.mark.parametrize("text", ["2012-13-01", "2012-02-31", "13/13/2012", "0000-01-01", "00/00/0000", "32.12.2012"])
def test_impossible_numbers(text):
    """Month 13, 31 February in figures and year 0 give no day."""
    assert all(m.value.when.start is None or m.value.when.precision != "day" for m in find_dates_in(text))


def test_impossible_day_of_month():
    """31 February keeps its month and says that it is not exact."""
    when = next(find_dates_in("on 31 February 2012")).value.when
    assert (when.precision, when.approximate, when.end) == ("month", True, dt.date(2012, 2, 29))


@pytest.mark.parametrize("year", [1, 476, 999, 1000, 9999])
def test_years(year):
    """Years from 1 to 9999 are kept as they are."""
    found = values(f"on 5 May {year} AD")
    assert found == [f"{year:04d}-05-05"]


def test_zone_never_shifts():
    """A time with a zone keeps the day that is printed."""
    mention = next(find_dates_in("at 23:30 GMT on 5 May 2012"))
    assert mention.value.when.start in (dt.date(2012, 5, 5), None)
    assert values("2012-05-05T23:30:00-11:00") == ["2012-05-05T23:30"]


def test_without_publication_nothing_is_guessed():
    """Without a publication date relative expressions stay open and absolute ones still resolve."""
    found = list(find_dates_in("On Monday, two days ago and last week; on 3 May 2011."))
    assert [m.value.when.start for m in found] == [None, None, None, dt.date(2011, 5, 3)]
    assert found[0].value.when.weekday == 1


def test_dateline_gives_the_day():
    """A dateline with its year stands in for a missing publication date."""
    assert values("GOMA, Aug 6, 2012 (AFP) - It fell on Friday.", published=None) == ["2012-08-06", "2012-08-03"]


def test_dateline_without_year_is_kept_open():
    """A dateline without year gives its day of no known year."""
    assert values("GOMA, Aug 6 (AFP) - It fell on Friday.", published=None) == ["XXXX-08-06", "XXXX-WXX-5"]


def test_range_stands_beside_its_parts():
    """An interval over two dates is a mention of its own, with the signal range."""
    found = [(m.span.text, m.value.signal, m.rule) for m in find_dates_in("held 8-10 March 2011")]
    assert found == [
        ("8", None, "dates/day-range"),
        ("8-10 March 2011", "range", "dates/range"),
        ("10 March 2011", None, "dates/day-range"),
    ]


def test_mode_is_found():
    """Years gone by without deixis are narrative; weekdays and today are news."""
    war = (
        "On 1 July 1916 it began. On 14 July 1916 a hill fell. In August 1916 rain came. On 18 November 1916 it ended."
    )
    mixed = war + " He spoke on Friday. Two days ago rebels left. The convoy waits today."
    assert find_mode(words(mixed), MONDAY) == "news"
    news = "On Monday rebels left. Today they are back. The war began in 2003. Talks on Friday failed."
    assert find_mode(words(war), MONDAY) == "narrative"
    assert find_mode(words(news), MONDAY) == "news"


def test_easter_and_islamic_calendar():
    """Known days of the church year and of the tabular Islamic calendar."""
    assert [easter(year) for year in (1916, 2008, 2012, 2019)] == [
        dt.date(1916, 4, 23),
        dt.date(2008, 3, 23),
        dt.date(2012, 4, 8),
        dt.date(2019, 4, 21),
    ]
    assert islamic_day(1433, 10, 1) == dt.date(2012, 8, 19)


def document_of(text, published=MONDAY, tags=()):
    """A flat document: words split at spaces, tags as given, the first word the root of all."""
    tokens, offset = [], 0
    for index, word in enumerate(text.split(" ")):
        tag = tags[index] if index < len(tags) else "NN"
        pos = {"V": "VERB", "M": "AUX"}.get(tag[:1], "NOUN")
        tokens.append(Token(index, offset, offset + len(word), word, word.lower(), pos, tag, 0, "dep"))
        offset += len(word) + 1
    return Document(Article("a", text, published), (Sentence(0, tuple(tokens)),) if text else ())


def test_find_dates_in_a_document():
    """The document's text, tokens and publication day are used."""
    document = document_of("Rebels left on Friday", tags=("NNS", "VBD", "IN", "NNP"))
    (mention,) = find_dates(document)
    assert (mention.value.value, mention.token) == ("2012-08-03", 3)


def test_empty_text():
    """A text without any date gives nothing."""
    assert spans("") == spans("   \n\n  ") == spans("Nothing happened here.") == []


@pytest.mark.parametrize(
    "word", ["last ", "the ", "3 ", "2012-", "May ", "of ", "a few ", "two and ", "1/2/", "\n", ".", "12:3"]
)
def test_linear_time(word):
    """Ten times the text takes about ten times as long, whatever word is repeated."""

    def seconds(size):
        text = word * (size // len(word))
        start = time.process_time()
        for _ in find_dates_in(text, published=MONDAY):
            pass
        return time.process_time() - start

    seconds(1000)
    assert seconds(100_000) < 30 * max(seconds(10_000), 0.01)


def test_ten_thousand_dates():
    """Ten thousand dates in one text are all found."""
    text = " ".join(f"It fell on {1 + n % 28} May {1000 + n % 900}." for n in range(10_000))
    assert sum(1 for _ in find_dates_in(text)) == 10_000


DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2099, 12, 31))
PIECES = st.sampled_from(
    [
        "on Friday",
        "last week",
        "3 May 2011",
        "early March",
        "the next day",
        "two years ago",
        "in 1916",
        "since June",
        "from 3 to 5 May",
        "8-10 March 2012",
        "every day",
        "Christmas",
        "9 p.m.",
        "the 1990s",
        "480 BC",
        "a",
        "may",
        ".",
        ",",
        "-",
        "\n\n",
        "'99",
        "06/08/2012",
        "Ramadan",
        "the first week of May",
        "winter",
        "today",
        "Reuters",
        "31 June",
    ]
)


@given(st.text(max_size=200) | st.lists(PIECES, max_size=25).map(" ".join), st.none() | st.dates())
@settings(max_examples=150, deadline=None)
def test_any_text(text, published):
    """No text breaks the finder, spans hold, and windows are in order."""
    last = 0
    for mention in find_dates_in(text, published=published):
        span, when = mention.span, mention.value.when
        assert text[span.start : span.end] == span.text
        assert when.start is None or when.end is None or when.start <= when.end
        if mention.value.signal != "range":
            assert span.start >= last
            last = span.end


@given(
    DAYS, st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "{m} {d} {y}", "the {d}th of {m} {y}", "{y}-{n:02d}-{d:02d}"])
)
@settings(max_examples=100, deadline=None)
def test_written_day_is_read_back(written, form):
    """A day written out in full is read as that day, whatever the publication date."""
    text = form.format(d=written.day, m=written.strftime("%B"), y=written.year, n=written.month)
    for published in (None, MONDAY):
        assert [m.value.when.start for m in find_dates_in(f"It fell on {text}.", published=published)] == [written]


@given(DAYS.filter(lambda d: dt.date(1900, 1, 1) < d), st.integers(1, 300))
@settings(max_examples=80, deadline=None)
def test_days_ago(published, count):
    """N days ago is N days before publication."""
    (mention,) = find_dates_in(f"It fell {count} days ago.", published=published, mode="news")
    assert mention.value.when.start == published - dt.timedelta(days=count)


@given(DAYS, st.integers(-200, 200), st.sampled_from(["day", "week", "month", "quarter", "season", "year"]))
@settings(max_examples=120, deadline=None)
def test_shift_there_and_back(start, steps, grain):
    """A step there and back ends in the same stretch, and stretches follow each other without a gap."""
    base = shift(Moment("day", start.year, start.month, start.day), 0, grain)
    there = shift(base, steps, grain)
    if there is not None:
        assert shift(there, -steps, grain) == base
        after = shift(there, 1, grain)
        if after is not None and window(there)[1] is not None:
            assert window(after)[0] - window(there)[1] == dt.timedelta(days=1)
    assert timex(base)


@given(
    st.lists(
        st.sampled_from(
            ["It fell on 3 May 2011.", "They met on 8-10 March 2012.", "The war began in 1914.", "It was 2012-07-19."]
        ),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
@settings(max_examples=30, deadline=None)
def test_order_does_not_matter(sentences):
    """Absolute dates do not depend on what was told before them."""
    for order in itertools.islice(itertools.permutations(sentences), 6):
        assert sorted(values(" ".join(order))) == sorted(value for one in sentences for value in values(one))


def test_edtf_of_every_case_is_valid():
    """Every EDTF string of the cases is one that the edtf package can read."""
    from edtf import parse_edtf

    for param in cases("when") + cases("found"):
        case = param.values[0]
        for mention in find_dates_in(case["text"], published=day(case["published"])):
            text = mention.value.when.edtf
            if text is not None:
                parse_edtf(text)
                assert text == edtf(mention.value.when) or mention.value.when.start is None


def test_other_readings():
    """Readings that rest on context say what else they could be; printed dates do not."""
    texts = {
        "on Friday": ["2012-08-10", "2012-07-27"],
        "on 3 July": ["2011-07-03", "2013-07-03"],
        "of 06/08/2012": ["2012-08-06"],
        "on 3 July 2011": [],
        "now": [],
    }
    for text, expected in texts.items():
        (mention,) = find_dates_in(text, published=MONDAY)
        assert [str(when.start) for when in other_readings(mention)] == expected


def test_past_year_ends_at_publication():
    """The past year is the twelve months up to publication, last year is the calendar's."""
    (past,) = find_dates_in("Dozens died in the past year.", published=MONDAY)
    (last,) = find_dates_in("Dozens died last year.", published=MONDAY)
    assert (past.value.when.start, past.value.when.end) == (dt.date(2011, 8, 7), MONDAY)
    assert (last.value.when.start, last.value.when.end) == (dt.date(2011, 1, 1), dt.date(2011, 12, 31))


GOOD = {"id": "x", "pattern": "the <m:MONTH>", "read": "month", "example": "[x]", "expect": "y", "file": "a.toml"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"patern": "x"}, "unknown key patern"),
        ({"pattern": "the <m:MONTHH>"}, "unknown class MONTHH"),
        ({"pattern": "the (MONTH"}, "bracket"),
        ({"pattern": "the? MONTH?"}, "empty"),
        ({"pattern": "the & MONTH"}, "read '&'"),
    ],
)
def test_broken_rule_says_where(change, words):
    """A misspelt key, class or pattern is an error that names file and rule."""
    known = grammar()
    sets = {name: known.of_class(name) for name in ("the", "MONTH")}
    with pytest.raises(LexiconError, match=words) as caught:
        Pattern({**GOOD, **change}, {}).compile(sets)
    assert "a.toml:x" in str(caught.value)


def test_confidence_falls_with_what_is_inferred():
    """A printed date is surer than one whose year or week is inferred."""
    text = "He left on 3 May 2011, came back on 3 July, and on Friday fled."
    sure = [mention.confidence for mention in find_dates_in(text, published=MONDAY)]
    assert sure[0] == 1.0
    assert max(sure[1:]) < 1.0


def test_signal_after_an_event():
    """Two days after the truce: the measure has the signal that leads to the event."""
    found = {
        m.span.text: m.value.signal for m in find_dates_in("They left two days after the truce.", published=MONDAY)
    }
    assert found == {"two days": "after"}


def test_chronicle_takes_its_year_from_the_entry_before():
    """Entries of a chronicle go on from year to year."""
    heads = ("28 December 2010 -", "19 January -", "February -", "2 May -", "12 November -", "3 January:")
    text = "\n".join(f"{head} Rebels burn a post." for head in heads)
    days = ["2010-12-28", "2011-01-19", "2011-02", "2011-05-02", "2011-11-12", "2012-01-03"]
    assert values(text, published=dt.date(2014, 6, 1)) == days


def test_tale_of_years_gone_by_in_the_news():
    """Months at the head of sentences go on from a year told before; a weekday is back in the present."""
    text = "In March 2011 protests began. In July, soldiers defected. On 5 November a town fell. Rebels fled on Friday."
    assert values(text, published=dt.date(2014, 6, 1)) == ["2011-03", "2011-07", "2011-11-05", "2014-05-30"]


def test_weekdays_in_a_range_are_in_order():
    """From Monday to Wednesday, told on a Monday, is last week's."""
    found = [m.value.when for m in find_dates_in("They fought from Monday to Wednesday.", published=MONDAY)]
    assert (found[1].start, found[1].end) == (dt.date(2012, 7, 30), dt.date(2012, 8, 1))


def test_verb_and_name_are_no_date_in_a_document():
    """Parts of speech and tense of a document decide where words alone cannot."""
    document = document_of("Troops will meet Friday", tags=("NNS", "MD", "VB", "NNP"))
    assert [m.value.value for m in find_dates(document)] == ["2012-08-10"]
    verb = document_of("They said August fell", tags=("PRP", "VBD", "VB", "VBD"))
    assert list(find_dates(verb)) == []
