"""The README tells the truth: its commands are the ones that are run, its files exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8") if (ROOT / "README.md").exists() else ""

pytestmark = pytest.mark.skipif(not (ROOT / ".ci" / "run").exists(), reason="only in a checkout")


def test_the_two_commands_are_run_as_written():
    """Each command line of the README's first section stands as a line of its own in the check script."""
    section = README.split("## Two commands")[1].split("\n## ")[0]
    commands = [line for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL) for line in block.splitlines()]
    assert len(commands) == 2
    assert set(commands) <= set((ROOT / ".ci" / "run").read_text("utf-8").splitlines())


def test_links_lead_somewhere():
    """Every relative link and picture of the README exists."""
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_library_has_its_row():
    """Each runtime dependency is in the table of what the library stands on, and nothing else is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[<>=]", entry)[0] for entry in project["dependencies"]}
    table = README.split("## What it stands on")[1].split("\n## ")[0]
    rows = set(re.findall(r"^\| ([a-z0-9-]+) \|", table, re.MULTILINE)) - {"library"}
    assert rows == wanted


def test_every_command_is_listed():
    """The README lists each command of the command line."""
    from timeline.cli import cli

    assert {f"timeline {name}" for name in cli.commands} <= set(re.findall(r"`(timeline [a-z]+)", README))


def test_the_example_of_an_own_type_works(tmp_path):
    """The TOML of the README loads, and its type is found in a text."""
    import timeline as tl

    path = tmp_path / "mine.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", README, re.DOTALL).group(1), encoding="utf-8")
    text = "A mob ransacked a polling station in Nairobi on 3 May 2012, killing two clerks."
    [event] = tl.extract([text], lexicon=tl.Lexicon.load(path))
    assert event.type == "election_violence"
    assert [role.name for role in event.roles if role.role == "perpetrator"] == ["mob"]
    assert event.killed.best == 2
