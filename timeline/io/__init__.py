"""Files: articles in, events out.

`read` takes a folder, a file, a DataFrame, a list of texts or one text. The writers write beside the target and then
rename, so that nothing half-written is left behind.
"""

from __future__ import annotations

from timeline.io.corpus import Corpus
from timeline.io.dates import parse_day
from timeline.io.files import make_folder, replacing, write_text
from timeline.io.readers import read
from timeline.io.writers import (
    event_lines,
    read_actors,
    read_articles,
    read_events,
    time_lines,
    write_actors,
    write_articles,
    write_events,
    write_graph,
    write_table,
    write_times,
)

__all__ = [
    "Corpus",
    "event_lines",
    "make_folder",
    "parse_day",
    "read",
    "read_actors",
    "read_articles",
    "read_events",
    "replacing",
    "time_lines",
    "write_actors",
    "write_articles",
    "write_events",
    "write_graph",
    "write_table",
    "write_text",
    "write_times",
]
