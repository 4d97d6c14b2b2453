"""Readers and writers: what is read, what is refused, what is left behind."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from timeline import io
from timeline.errors import InputError, MissingExtraError, OutputError
from timeline.io import parse_day, read
from timeline.io.text import LONGEST, decode, front_matter
from timeline.records import Article

CORPUS = Path(__file__).parent / "cases" / "corpus"
TEXT = "Shells fell on the harbour at dawn."
PAGE = f"""<html><head><title>Shells fall</title>
<meta property="article:published_time" content="2012-08-06T10:00:00Z">
<meta property="og:site_name" content="Example Post"></head><body><nav><a href="/">Home</a></nav><article><h1>Shells
fall</h1><p>{TEXT} Two sailors were hurt, the harbour master said on Monday evening.</p><p>The port will stay
closed until the end of the week, and ferries go to the northern quay instead.</p></article></body></html>"""


def folder_of(tmp_path: Path, **files: str | bytes) -> Path:
    """A folder with files; two underscores in a name stand for a dot."""
    for name, content in files.items():
        path = tmp_path / name.replace("__", ".")
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        else:
            path.write_bytes(content)
    return tmp_path


def reasons(corpus: io.Corpus) -> dict[str, str]:
    """Where and why something was skipped."""
    return {item.where: item.why for item in corpus.skipped}


def test_text_is_stored_as_given(tmp_path: Path) -> None:
    """A text without front matter keeps every character, line ends and blanks too."""
    given = "  Shells fell.\r\n\r\nThe end. \n"
    assert read(folder_of(tmp_path, a__txt=given) / "a.txt")[0].text == given


def test_front_matter_becomes_fields_and_the_body_is_stored(tmp_path: Path) -> None:
    """Title, day, source and address come from the front matter, the text from behind it."""
    head = "---\ntitle: Shells fall\npublished: 2012-08-06\nsource: Example Wire\nurl: https://example.org/1\n---\n\n"
    assert read(folder_of(tmp_path, a__txt=head + TEXT) / "a.txt")[0] == Article(
        "a.txt", TEXT, dt.date(2012, 8, 6), "Shells fall", "Example Wire", "https://example.org/1"
    )


@pytest.mark.parametrize("text", ["---\nno field here\n---\nText.", "---\ntitle: open end\nText.", "--- \nText"])
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    """A rule of dashes that opens no front matter is part of the text."""
    assert front_matter(text) == ({}, text)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_front_matter_never_changes_the_body(text: str) -> None:
    """Whatever the text, what is stored is the end of what was given, and all of it without front matter."""
    fields, body = front_matter(text)
    assert text.endswith(body)
    assert fields or body == text


@settings(deadline=None)
@given(st.text(max_size=80))
def test_decoding_gives_back_what_was_encoded(text: str) -> None:
    """Every text without byte order mark or binary zero comes through as it is, line ends too."""
    assume("\0" not in text and not text.startswith("\ufeff"))
    encoded = text.encode("utf-8", "ignore")
    assert decode(encoded, where="a") == encoded.decode()


def test_folder_is_read_by_name_with_its_folders(tmp_path: Path) -> None:
    """Ids are paths below the folder, sorted, with slashes."""
    (tmp_path / "b").mkdir()
    folder_of(tmp_path / "b", a__txt=TEXT)
    assert [article.id for article in read(folder_of(tmp_path, c__txt=TEXT, a__txt=TEXT))] == [
        "a.txt",
        "b/a.txt",
        "c.txt",
    ]


def test_a_long_line_is_a_text() -> None:
    """A text of one line is read as a text, however long."""
    text = "Rebels seized the town of Azaz on Sunday. " * 8
    assert [article.text for article in read(text).articles] == [text]


def test_bad_files_are_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    """Each file of a folder that cannot be read is skipped with its reason."""
    corpus = read(
        folder_of(
            tmp_path,
            binary__txt=b"\x00\x01\x02PNG",
            empty__txt="",
            good__txt=TEXT,
            greek__txt="Κανονιοβολισμός στο λιμάνι την αυγή.",
            arabic__txt="سقطت القذائف على الميناء عند الفجر.",
            latin__txt="Caf\u00e9 bombed".encode("cp1252"),
            long__txt=b"a " * (LONGEST // 2 + 1),
            note__pdf=b"%PDF",
        )
    )
    found = reasons(corpus)
    assert [article.id for article in corpus] == ["good.txt"]
    assert sorted(found) == ["arabic.txt", "binary.txt", "empty.txt", "greek.txt", "latin.txt", "long.txt", "note.pdf"]
    assert "binary" in found["binary.txt"]
    assert "empty" in found["empty.txt"]
    assert "Latin letters" in found["arabic.txt"]
    assert "UTF-8" in found["latin.txt"]
    assert "--encoding" in found["latin.txt"]
    assert "too long" in found["long.txt"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"Caf\xe9 bombed", "byte 0xe9 at position 3"),
        (b"12 34 56", "no letters"),
        ("القذائف على الميناء".encode(), "Latin"),
    ],
)
def test_a_single_bad_file_is_an_error_that_names_it(tmp_path: Path, content: bytes, words: str) -> None:
    """The error of a file says which file and what is wrong with it."""
    path = folder_of(tmp_path, a__txt=content) / "a.txt"
    with pytest.raises(InputError, match=words) as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_all_caps_and_marks_are_read(tmp_path: Path) -> None:
    """Upper case is no reason to skip, nor are byte order marks and other encodings that are named."""
    assert decode("\ufeffSHELLS FELL".encode(), where="a") == "SHELLS FELL"
    assert decode("Shells fell".encode("utf-16"), where="a") == "Shells fell"
    assert decode("Caf\u00e9".encode("cp1252"), where="a", encoding="cp1252") == "Caf\u00e9"
    assert len(read(folder_of(tmp_path, a__txt="SHELLS FELL ON THE HARBOUR."))) == 1


def test_unknown_encoding_is_an_error(tmp_path: Path) -> None:
    """A name that is no encoding is said to be none."""
    with pytest.raises(InputError, match="unknown encoding"):
        read(folder_of(tmp_path, a__txt=TEXT) / "a.txt", encoding="utf-99")


@pytest.mark.parametrize("source", ["nowhere/a.txt", "nowhere", "no where/at all", Path("no such file")])
def test_a_missing_path_is_an_error(source: str | Path) -> None:
    """A path that leads nowhere is not read as a text."""
    with pytest.raises(InputError, match="does not exist"):
        read(source)


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    """A folder that holds nothing to read says so, with the first reason."""
    with pytest.raises(InputError, match="no article that can be read"):
        read(tmp_path)
    with pytest.raises(InputError, match=r"a\.txt: is empty"):
        read(folder_of(tmp_path, a__txt=""))


def test_hidden_files_are_counted(tmp_path: Path) -> None:
    """Hidden files are left out, and the number is said."""
    corpus = read(folder_of(tmp_path, a__txt=TEXT, __hidden=TEXT))
    assert len(corpus) == 1
    assert "1 hidden" in corpus.skipped[0].why


def test_the_output_of_a_build_is_not_read(tmp_path: Path) -> None:
    """A folder of an earlier build inside the input is left out as a whole, and said to be."""
    (tmp_path / "out").mkdir()
    for name in ("events.jsonl", "articles.jsonl"):
        (tmp_path / "out" / name).write_bytes((CORPUS / name).read_bytes())
    corpus = read(folder_of(tmp_path, a__txt=TEXT))
    assert [article.id for article in corpus] == ["a.txt"]
    assert reasons(corpus) == {"out": "holds the output of an earlier build, left out"}


def test_jsonl_lines_that_are_no_articles_are_listed_by_number(tmp_path: Path) -> None:
    """Broken lines, lines without text and second ids are listed, the others read."""
    lines = [
        json.dumps({"id": "x", "text": TEXT, "published": "2012-08-06"}),
        "{no json",
        json.dumps({"id": "y"}),
        "",
        json.dumps({"id": "x", "text": "Again."}),
        json.dumps({"text": "A line with\u2028a separator."}, ensure_ascii=False),
        json.dumps(["Shells"]),
    ]
    path = folder_of(tmp_path, a__jsonl="\n".join(lines)) / "a.jsonl"
    corpus = read(path)
    assert [article.id for article in corpus] == ["x", "a.jsonl#6"]
    assert [item.where for item in corpus.skipped] == [f"{path}, line 2", f"{path}, line 3", "x", f"{path}, line 7"]
    assert "not JSON" in corpus.skipped[0].why
    assert "second article" in corpus.skipped[2].why


@pytest.mark.parametrize(
    ("day", "words"), [("06/08/2012", "not a day"), ("2012-02-30", "not a day"), ("2999-01-01", "future")]
)
def test_a_bad_publication_date_is_listed_and_not_used(tmp_path: Path, day: str, words: str) -> None:
    """An article with an impossible date is read without a date."""
    corpus = read(folder_of(tmp_path, a__txt=f"---\npublished: {day}\n---\n{TEXT}"))
    assert corpus[0].published is None
    assert words in corpus.skipped[0].why


@pytest.mark.parametrize("day", ["yesterday", "2012-13-01", "2999-01-01"])
def test_a_bad_date_given_for_all_is_an_error(day: str) -> None:
    """The option for all articles has to be a day that has come."""
    with pytest.raises(InputError, match="publication date"):
        read([TEXT], published=day)


def test_a_day_given_for_all_fills_only_gaps() -> None:
    """An article's own publication date wins."""
    table = pd.DataFrame({"text": [TEXT, TEXT], "published": ["2012-08-06", None]})
    days = [article.published for article in read(table, published="2012-08-09")]
    assert days == [dt.date(2012, 8, 6), dt.date(2012, 8, 9)]


@pytest.mark.parametrize("empty", [None, "", float("nan"), pd.NaT, pd.NA])
def test_an_empty_cell_is_no_date(empty: object) -> None:
    """None, empty text, NaN, NaT and NA all mean that no date is given."""
    assert parse_day(empty, where="a") is None


def test_tables_are_read_by_their_columns(tmp_path: Path) -> None:
    """A CSV file and a DataFrame give the same articles; numbers as ids become texts."""
    table = pd.DataFrame({"id": [7, 8], "text": [TEXT, f'{TEXT} "Two" fell,\nhe said.'], "title": ["One", None]})
    table.to_csv(tmp_path / "a.csv", index=False)
    expected = [Article("7", TEXT, None, "One"), Article("8", f'{TEXT} "Two" fell,\nhe said.')]
    assert list(read(table)) == expected
    assert list(read(tmp_path / "a.csv")) == expected


def test_a_table_without_texts_is_an_error(tmp_path: Path) -> None:
    """The error names the columns that are there."""
    with pytest.raises(InputError, match="its columns are body"):
        read(pd.DataFrame({"body": [TEXT]}))
    with pytest.raises(InputError, match="no column 'text'"):
        read(folder_of(tmp_path, a__csv="body\nShells\n") / "a.csv")


def test_texts_and_articles_are_read() -> None:
    """A list may hold texts and articles; one string with several words is one text."""
    corpus = read([TEXT, Article("mine", TEXT)])
    assert [article.id for article in corpus] == ["text1", "mine"]
    assert read(TEXT)[0].text == TEXT
    assert read(corpus) == corpus


def test_corpus_slices_and_shows_itself_escaped() -> None:
    """A part of a corpus is a corpus, and markup in a title stays text."""
    corpus = read([Article("a", TEXT, title="<script>alert(1)</script>"), Article("b", TEXT)])
    assert [article.id for article in corpus[1:]] == ["b"]
    assert "<script>" not in corpus._repr_html_()
    assert "&lt;script&gt;" in corpus._repr_html_()


def test_html_gives_text_and_stated_date(tmp_path: Path) -> None:
    """The article of a page is read without its frame; offsets refer to what was taken out."""
    pytest.importorskip("trafilatura")
    article = read(folder_of(tmp_path, a__html=PAGE) / "a.html")[0]
    assert TEXT in article.text
    assert "Home" not in article.text
    assert (article.published, article.source) == (dt.date(2012, 8, 6), "Example Post")


def test_html_without_the_extra_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trafilatura a page is an error alone and skipped in a folder, both with the command."""
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    folder = folder_of(tmp_path, a__html=PAGE, b__txt=TEXT)
    with pytest.raises(MissingExtraError, match=r"conflict-timeline\[html\]"):
        read(folder / "a.html")
    assert "conflict-timeline[html]" in reasons(read(folder))["a.html"]


def test_parquet_without_the_extra_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow a Parquet file is an error that gives the command."""
    monkeypatch.setattr("timeline.io.readers.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"conflict-timeline\[parquet\]"):
        read(folder_of(tmp_path, a__parquet=b"PAR1") / "a.parquet")


def test_events_articles_and_actors_come_back(tmp_path: Path) -> None:
    """What is written is read back, and written again as the same bytes."""
    for name, reader, writer in (
        ("events.jsonl", io.read_events, io.write_events),
        ("articles.jsonl", io.read_articles, io.write_articles),
        ("actors.jsonl", io.read_actors, io.write_actors),
    ):
        writer(reversed(list(reader(CORPUS / name))), tmp_path / name)
        assert (tmp_path / name).read_bytes() == (CORPUS / name).read_bytes()


def test_every_span_of_the_cases_holds() -> None:
    """The words of each event stand where its offsets say."""
    texts = {article.id: article.text for article in io.read_articles(CORPUS / "articles.jsonl")}
    for event in io.read_events(CORPUS / "events.jsonl"):
        spans = [event.trigger, *(role.span for role in event.roles), *(count.span for count in event.counts)]
        for span in spans:
            assert texts[event.article][span.start : span.end] == span.text


def test_half_a_surrogate_pair_comes_back(tmp_path: Path) -> None:
    """A text that UTF-8 cannot hold is written as valid UTF-8 and read back as it was."""
    path = folder_of(tmp_path, a__jsonl='{"id": "a", "text": "Shells \\ud83d fell é."}') / "a.jsonl"
    article = read(path)[0]
    assert article.text == "Shells \ud83d fell é."
    io.write_articles([article], tmp_path / "articles.jsonl")
    assert list(io.read_articles(tmp_path / "articles.jsonl")) == [article]
    io.write_table(pd.DataFrame({"text": [article.text]}), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "text\nShells ? fell é.\n"


def test_a_changed_text_is_noticed(tmp_path: Path) -> None:
    """An articles file whose text no longer fits its hash is refused, with the line."""
    row = json.loads((CORPUS / "articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({**row, "text": row["text"] + "!"}), encoding="utf-8")
    with pytest.raises(InputError, match=r"line 1.*sha256"):
        list(io.read_articles(path))


def test_a_line_that_is_no_event_is_named(tmp_path: Path) -> None:
    """The error of a broken events file has the line and the key."""
    path = tmp_path / "events.jsonl"
    path.write_text('{"id": "e1"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"line 1: is no event: key '\w+' is missing"):
        list(io.read_events(path))


def test_formulas_in_cells_are_disarmed(tmp_path: Path) -> None:
    """A text that begins like a formula gets an apostrophe; numbers below zero stay numbers."""
    table = pd.DataFrame({"text": ["=1+1", "+49", "-2 killed", "@here", "fine"], "lat": [-1.5, 2.0, 3.0, 4.0, 5.0]})
    io.write_table(table, tmp_path / "a.csv")
    back = pd.read_csv(tmp_path / "a.csv")
    assert list(back.text) == ["'=1+1", "'+49", "'-2 killed", "'@here", "fine"]
    assert back.lat[0] == -1.5


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    """If writing fails, the old file stays and no other is there."""
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")

    def pieces() -> object:
        yield "new"
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        io.write_text(target, pieces())  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_text(encoding="utf-8") == "old"


def test_an_output_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file where a folder should be, or a folder that is not there, is named."""
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        io.make_folder(taken)
    with pytest.raises(OutputError, match="cannot be written"):
        io.make_folder(taken / "below")
    with pytest.raises(OutputError, match="cannot be written"):
        io.write_text(tmp_path / "nowhere" / "a.txt", ["x"])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the rights of files do not bind this user")
def test_a_folder_without_rights_is_an_error(tmp_path: Path) -> None:
    """A folder that may not be written into is refused before any work."""
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            io.make_folder(tmp_path / "out")
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_parquet_there_and_back(tmp_path: Path) -> None:
    """A table of articles is read from Parquet like one from CSV."""
    pytest.importorskip("pyarrow")
    table = pd.DataFrame({"id": ["a"], "text": [TEXT], "published": [pd.Timestamp("2012-08-06")]})
    io.write_table(table, tmp_path / "a.parquet")
    assert list(read(tmp_path / "a.parquet")) == [Article("a", TEXT, dt.date(2012, 8, 6))]
