"""The command: what it writes, what it prints, and how it fails."""

from __future__ import annotations

import functools
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from timeline.cli import main

CORPUS = Path(__file__).parent / "cases" / "corpus"
FILES = [
    "actors.jsonl",
    "articles.jsonl",
    "events.csv",
    "events.jsonl",
    "graph.graphml",
    "network.png",
    "report.md",
    "timeline.png",
]
ARTICLE = """---
title: Shells on the harbour
published: 2012-08-07
source: Example Wire
---
Rebels shelled the port of Latakia on Monday, killing at least six people, a hospital doctor said. The army arrested
dozens of students in Homs on 3 August 2012.
"""


def run(*arguments: object) -> int:
    """Run the command in this process and give its exit code."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a build from two articles and two bad files, and what the command printed."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "b.txt").write_text("Fighting broke out in Aleppo on Friday, residents said.", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "binary.txt").write_bytes(b"\x00\x01")
    out = folder.parent / f"{folder.name}-out"
    command = [sys.executable, "-m", "timeline", "build", str(folder), "-o", str(out), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    assert done.stderr == ""
    return out, done.stdout


def test_build_writes_every_file_and_nothing_else(built: tuple[Path, str]) -> None:
    """All outputs are there and no half-written one."""
    assert sorted(path.name for path in built[0].iterdir()) == FILES
    assert all(path.stat().st_size > 0 for path in built[0].iterdir())


def test_build_says_where_and_what(built: tuple[Path, str]) -> None:
    """The paths are printed, then the biggest findings, then that a date is missing."""
    out, printed = built
    for name in FILES:
        assert str(out / name) in printed
    findings = printed.split("Biggest findings")[1].splitlines()
    assert findings[1].startswith("1. ")
    assert "a.txt" in findings[1]
    assert "1 article without publication date" in printed


def test_the_report_lists_what_was_skipped(built: tuple[Path, str]) -> None:
    """Bad files are in the report, and so is the article without a date."""
    report = (built[0] / "report.md").read_text(encoding="utf-8")
    for words in ("| binary.txt | is not text but binary", "| empty.txt | is empty", "Publication date missing"):
        assert words in report


def test_spans_of_a_build_hold(built: tuple[Path, str]) -> None:
    """Every trigger can be checked against the saved text."""
    texts = {}
    for line in (built[0] / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[row["id"]] = row["text"]
    events = [json.loads(line) for line in (built[0] / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert events
    for event in events:
        trigger = event["trigger"]
        article = trigger.get("article", event["article"])
        assert texts[article][trigger["start"] : trigger["end"]] == trigger["text"]


def test_extract_twice_gives_the_same_lines(built: tuple[Path, str], tmp_path: Path) -> None:
    """From the saved articles, with and without a database, the same events come out."""
    articles = built[0] / "articles.jsonl"
    for name, *options in (("a",), ("b", "--store", tmp_path / "x.sqlite"), ("c", "--store", tmp_path / "x.sqlite")):
        assert run("extract", articles, "-o", tmp_path / name, "--quiet", *options) == 0
    first = (tmp_path / "a").read_bytes()
    assert first == (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()
    assert list(json.loads(first.splitlines()[0]))[:6] == ["id", "article", "type", "subtype", "trigger", "when"]


def test_dates_writes_times(built: tuple[Path, str], tmp_path: Path) -> None:
    """Each time expression is a line with these keys in this order."""
    assert run("dates", built[0] / "articles.jsonl", "-o", tmp_path / "times.jsonl", "--quiet") == 0
    rows = [json.loads(line) for line in (tmp_path / "times.jsonl").read_text(encoding="utf-8").splitlines()]
    assert list(rows[0]) == ["doc_id", "start", "end", "text", "type", "value", "from", "to"]
    assert {"doc_id": "a.txt", "text": "Monday", "value": "2012-08-06"}.items() <= rows[0].items()


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_plot_draws_what_was_saved(tmp_path: Path, suffix: str) -> None:
    """A picture is drawn from an events file."""
    target = tmp_path / f"a{suffix}"
    assert run("plot", CORPUS, "-o", target, "--between", "2012-05", "2012-07", "--about", "Talvar") == 0
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("view", ["events", "actors"])
def test_graph_writes_graphml(tmp_path: Path, view: str) -> None:
    """The graph of an events file is written in both views."""
    assert run("graph", CORPUS / "events.jsonl", "-o", tmp_path / "a.graphml", "--view", view) == 0
    assert "free-talvar-brigade" in (tmp_path / "a.graphml").read_text(encoding="utf-8")


def test_explain_prints_the_marked_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """The beginning of an id is enough."""
    assert run("explain", CORPUS, "c05412") == 0
    assert "«Artillery fire»1 hit" in capsys.readouterr().out


def test_evaluate_measures_saved_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures come as JSON, errors one a line."""
    gold = {"id": "market.txt", "text": "Artillery fire hit.", "published": None, "conflict": True, "events": []}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    code = run("evaluate", tmp_path / "gold.jsonl", "--events", CORPUS / "events.jsonl", "--json", "--errors")
    figures, *errors = capsys.readouterr().out.split("\n\n")
    assert code == 0
    assert json.loads(figures)["false"] == 3
    assert "false\tmarket.txt\tArtillery fire\tshelling" in errors[0]


def test_evaluate_measures_links(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Groups of mentions are measured against linked events."""
    mentions = [{"article": "market.txt", "start": 18, "end": 32, "text": "Artillery fire"}] * 2
    (tmp_path / "gold.jsonl").write_text(
        json.dumps({"id": "s1", "type": "shelling", "mentions": mentions}), encoding="utf-8"
    )
    assert run("evaluate", tmp_path / "gold.jsonl", "--links", "--events", CORPUS / "events.jsonl", "--json") == 0
    assert json.loads(capsys.readouterr().out)["f1"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "nowhere.txt"), "nowhere.txt: does not exist"),
        (("build", CORPUS / "articles.jsonl", "--published", "tomorrow"), "publication date 'tomorrow' is not a day"),
        (("build", CORPUS / "articles.jsonl", "--published", "2999-01-01"), "is in the future"),
        (("extract", CORPUS / "articles.jsonl", "--encoding", "utf-99"), "unknown encoding"),
        (("plot", "nowhere", "-o", "a.png"), "does not exist"),
        (("plot", CORPUS, "-o", "a.png", "--between", "May", "June"), "is no day, month or year"),
        (("plot", CORPUS, "-o", "a.png", "--locale", "xx"), "no names of months in 'xx'"),
        (("plot", CORPUS, "-o", "a.png", "--width", "A7"), "unknown width 'A7'"),
        (("plot", CORPUS, "-o", "a.png", "--width", "0.5"), "cannot hold a timeline"),
        (("explain", CORPUS, "zzz"), "0 events fit"),
        (("evaluate", CORPUS / "events.jsonl"), "it has no 'text'"),
        (("evaluate", CORPUS / "articles.jsonl"), "gold has no 'events'"),
        (("evaluate", "nowhere.jsonl"), "cannot be read"),
        (("evaluate", CORPUS / "articles.jsonl", "--links"), "it has no 'mentions'"),
        (("build",), "Missing argument"),
    ],
)
def test_errors_are_said_once_with_exit_code_2(
    arguments: tuple[object, ...],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every mistake gives code 2 and what and where, and leaves no file."""
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert "Traceback" not in printed.err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_output_folder_that_is_a_file_is_refused_before_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder is tried before any work is done."""
    (tmp_path / "out").write_text("", encoding="utf-8")
    assert run("build", "nowhere.txt", "-o", tmp_path / "out") == 2
    assert "is a file, not a folder" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="no signals of this kind")
def test_an_interruption_is_clean(tmp_path: Path) -> None:
    """Ctrl-C ends with one line and without half-written files."""
    row = {"text": "Rebels shelled the town of Homs on 3 May 2012, killing six people. " * 40}
    lines = "".join(json.dumps({**row, "id": str(number)}) + "\n" for number in range(400))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    command = [sys.executable, "-m", "timeline", "build", str(tmp_path / "many.jsonl"), "-o", str(tmp_path / "out")]
    # A test run in the background of a shell inherits an ignored Ctrl-C.
    listening = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listening,  # noqa: PLW1509
    ) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "out").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.splitlines()[-1] == "timeline: stopped; nothing half-written is left"
    assert [path.name for path in (tmp_path / "out").iterdir()] == []


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """All seven verbs are there."""
    assert run("--help") == 0
    printed = capsys.readouterr().out
    for verb in ("build", "extract", "dates", "plot", "graph", "evaluate", "explain"):
        assert f"\n  {verb} " in printed


@pytest.mark.parametrize(("flag", "needed"), [("--times", "timexes"), ("--who", "actors")])
def test_evaluate_refuses_events_that_say_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flag: str, needed: str
) -> None:
    """Time expressions and actors are found anew: a file of events beside them is an error, not ignored."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": "All was calm.", needed: []}) + "\n", encoding="utf-8")
    assert run("evaluate", gold, flag, "--events", CORPUS / "events.jsonl") == 2
    assert f"events say nothing of {flag}" in capsys.readouterr().err
