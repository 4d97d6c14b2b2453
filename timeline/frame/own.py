"""The library's own layout: flat columns for reading, and the record itself for the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import nan
from typing import TYPE_CHECKING, Any, get_args

from timeline.errors import InputError
from timeline.records import Basis, DateKind, Event, Factuality, Place, Precision, Role, Span, Total, When

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["OWN", "from_frame", "own"]

OWN = {
    "id": "id of the event, the same on every machine",
    "article": "id of the article, of the first one if several tell it",
    "type": "type of event, one of the 27 of the taxonomy",
    "subtype": "subtype, empty if none fits",
    "trigger": "the words that tell the event",
    "trigger_start": "offset of their first character in the stored text",
    "trigger_end": "offset behind their last character",
    "start": "first possible (point) or actual (extent, since) day; empty: open or unknown",
    "end": "last possible or actual day, inclusive; empty: open or unknown",
    "precision": "day, week, month, quarter, season, year, decade, weekday_only, unknown",
    "date_kind": "point: one day in the window; extent: lasted from start to end; since: began and goes on",
    "basis": "what the date rests on: explicit, doc_date, relative_to_doc, relative_to_event, ... none",
    "edtf": "the date in Extended Date/Time Format (ISO 8601-2)",
    "approximate": "whether the text says about, around, some",
    "ongoing_at": "for since: last day on which it is known to go on",
    "actors": "who took part, as role: name, in the order of the roles",
    "place": "name of the place",
    "country": "ISO 3166 code of three letters",
    "country_name": "name of the country",
    "lat": "degrees north, WGS84",
    "lon": "degrees east, WGS84",
    "place_precision": "district, town, region, country, approximate",
    "killed_low": "people killed, lowest bound of all claims; empty: no number given, never 0",
    "killed_best": "people killed, lower median of the claims",
    "killed_high": "people killed, highest bound; empty: open or no number given",
    "wounded_low": "people wounded, lowest bound of all claims",
    "wounded_best": "people wounded, lower median of the claims",
    "wounded_high": "people wounded, highest bound",
    "factuality": "happened, disputed, denied, negated, planned, threatened, possible, hypothetical",
    "background": "whether it is told as background and not as news",
    "source": "who says so, as the text names them; empty: the article itself",
    "evidence_kind": "eyewitness, medical, official, belligerent, ngo_un, media, anonymous, unattributed",
    "self_interested": "whether the source is a belligerent who speaks of the enemy's losses",
    "n_sources": "number of independent sources (copies of one text count once)",
    "n_reports": "number of reports joined in this event",
    "rival_claims": "number of claims kept beside the values shown",
    "confidence": "confidence of the extraction between 0 and 1; no measure of truth",
    "sentence": "the sentence of the trigger",
    "sentence_start": "offset of its first character",
    "sentence_end": "offset behind its last character",
    "event": "the record itself; left out of files",
}

_COUNTS = tuple(f"{harm}_{bound}" for harm in ("killed", "wounded") for bound in ("low", "best", "high"))
_EPOCH = dt.date(1970, 1, 1).toordinal()
_NO_DAY = 0
_NO_TOTAL = Total(None, None, None)
_DAYS = ("start", "end", "ongoing_at")


def own(events: Sequence[Event]) -> pd.DataFrame:
    """All events in our own layout, column by column."""
    import numpy as np
    import pandas as pd

    whens = [event.when for event in events]
    places = [event.place for event in events]
    sources = [event.attribution for event in events]
    triggers, sentences = [event.trigger for event in events], [event.sentence for event in events]
    columns: dict[str, Any] = {
        "id": [event.id for event in events],
        "article": [event.article for event in events],
        "type": [event.type for event in events],
        "subtype": [event.subtype for event in events],
        "trigger": [span.text for span in triggers],
        "trigger_start": np.array([span.start for span in triggers], dtype="int64"),
        "trigger_end": np.array([span.end for span in triggers], dtype="int64"),
        "start": days([when.start for when in whens]),
        "end": days([when.end for when in whens]),
        "precision": [when.precision for when in whens],
        "date_kind": [when.kind for when in whens],
        "basis": [when.basis for when in whens],
        "edtf": [when.edtf for when in whens],
        "approximate": np.array([when.approximate for when in whens], dtype=bool),
        "ongoing_at": days([when.ongoing_at for when in whens]),
        "actors": [_actors(event.roles) for event in events],
        "place": [place and place.name for place in places],
        "country": [place and place.country for place in places],
        "country_name": [place and place.country_name for place in places],
        "lat": degrees([None if place is None else place.lat for place in places]),
        "lon": degrees([None if place is None else place.lon for place in places]),
        "place_precision": [place and place.precision for place in places],
        **_totals([event.killed for event in events], "killed"),
        **_totals([event.wounded for event in events], "wounded"),
        "factuality": [event.factuality for event in events],
        "background": np.array([event.background for event in events], dtype=bool),
        "source": [source and source.source for source in sources],
        "evidence_kind": [source and source.evidence_kind for source in sources],
        "self_interested": np.array([source is not None and source.self_interested for source in sources], dtype=bool),
        "n_sources": np.array([event.n_sources for event in events], dtype="int64"),
        "n_reports": np.array([len(event.members) or 1 for event in events], dtype="int64"),
        "rival_claims": np.array([len(event.claims) for event in events], dtype="int64"),
        "confidence": np.array([event.confidence for event in events], dtype="float64"),
        "sentence": [span.text for span in sentences],
        "sentence_start": np.array([span.start for span in sentences], dtype="int64"),
        "sentence_end": np.array([span.end for span in sentences], dtype="int64"),
    }
    columns["event"] = list(events)
    return pd.DataFrame({name: as_column(columns[name]) for name in OWN}, copy=False)


def as_column(values: Any) -> Any:
    """Texts as a column of objects, where None stays None; arrays as they are."""
    import numpy as np
    import pandas as pd

    if not isinstance(values, list):
        return values
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return pd.Series(column, dtype=object, copy=False)


def days(values: Sequence[dt.date | None]) -> Any:
    """Days as datetime64 in seconds, so that every year from 1 to 9999 fits."""
    import numpy as np

    ordinals = np.array([_NO_DAY if value is None else value.toordinal() for value in values], dtype="int64")
    seconds = (ordinals - _EPOCH) * 86_400
    seconds[ordinals == _NO_DAY] = np.iinfo("int64").min
    return seconds.view("datetime64[s]")


def people(values: Iterable[int | None]) -> Any:
    """Numbers of people as nullable integers."""
    import numpy as np
    import pandas as pd

    column = np.array([-1 if value is None else value for value in values], dtype="int64")
    return pd.arrays.IntegerArray(column, column < 0)


def degrees(values: Iterable[float | None]) -> Any:
    """Degrees as floats, missing ones as NaN."""
    import numpy as np

    return np.array([nan if value is None else value for value in values], dtype="float64")


def _totals(totals: Sequence[Total | None], harm: str) -> dict[str, Any]:
    known = [total or _NO_TOTAL for total in totals]
    return {
        f"{harm}_low": people([total.low for total in known]),
        f"{harm}_best": people([total.best for total in known]),
        f"{harm}_high": people([total.high for total in known]),
    }


def _actors(roles: tuple[Role, ...]) -> str:
    if not roles:
        return ""
    return "; ".join([f"{role.role}: {role.name}" if role.name else f"{role.role}: [protected]" for role in roles])


def from_frame(table: pd.DataFrame) -> tuple[Event, ...]:
    """Turn a table of the layout ``timeline`` back into events.

    Where the column ``event`` is there, each event is that record with those plain columns laid over it that were
    changed: type, subtype, dates, totals, factuality, background, confidence. Without it (a file that was read back)
    the events hold what the plain columns say: no roles, claims or single counts.

    Raises
    ------
    InputError
        If a column is missing or a value is none that the field may have.

    Examples
    --------
    >>> from timeline.frame import to_frame
    >>> from_frame(to_frame([]))
    ()
    """
    names = ["id", "article", "type", *_DAYS, *_COUNTS, "precision", "date_kind", "basis", "factuality", "background"]
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise InputError(
            f"is no table of events: without {', '.join(missing)}",
            where="from_frame",
            advice='give a table of to_frame(layout="timeline")',
        )
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return tuple(_event({str(name): value for name, value in row.items()}) for row in rows)


def _event(row: dict[str, Any]) -> Event:
    record = row.get("event")
    event = record if isinstance(record, Event) else _bare(row)
    _allowed(row, "precision", get_args(Precision))
    _allowed(row, "date_kind", get_args(DateKind))
    _allowed(row, "basis", get_args(Basis))
    _allowed(row, "factuality", get_args(Factuality))
    when = {
        **{name: _day(row[name], row["id"]) for name in _DAYS},
        "precision": row["precision"],
        "kind": row["date_kind"],
        "basis": row["basis"],
    }
    changed = any(getattr(event.when, name) != value for name, value in when.items())
    return replace(
        event,
        type=str(row["type"]),
        subtype=row.get("subtype"),
        when=replace(event.when, **when, edtf=None) if changed else event.when,
        killed=_total(row, "killed"),
        wounded=_total(row, "wounded"),
        factuality=row["factuality"],
        background=_truth(row["background"]),
        confidence=float(row.get("confidence") or event.confidence),
    )


def _allowed(row: dict[str, Any], name: str, values: tuple[str, ...]) -> None:
    if row[name] not in values:
        raise InputError(
            f"{name} is {row[name]!r}", where=f"event {row['id']}", advice=f"use one of {', '.join(values)}"
        )


def _bare(row: dict[str, Any]) -> Event:
    place = None
    if row.get("place") or row.get("country"):
        place = Place(
            row.get("place"),
            row.get("country"),
            row.get("country_name"),
            row.get("lat"),
            row.get("lon"),
            row.get("place_precision"),
        )
    trigger = Span(int(row.get("trigger_start") or 0), int(row.get("trigger_end") or 0), row.get("trigger"))
    sentence = Span(int(row.get("sentence_start") or 0), int(row.get("sentence_end") or 0), row.get("sentence"))
    return Event(
        id=str(row["id"]),
        article=str(row["article"]),
        type=str(row["type"]),
        subtype=row.get("subtype"),
        trigger=trigger,
        when=When(edtf=row.get("edtf"), approximate=_truth(row.get("approximate"))),
        roles=(),
        place=place,
        counts=(),
        killed=None,
        wounded=None,
        factuality="happened",
        background=False,
        sentence=sentence,
        attribution=None,
        confidence=1.0,
        n_sources=int(row.get("n_sources") or 1),
    )


def _truth(value: Any) -> bool:
    return value is True or (value is not None and str(value).strip().lower() in ("true", "1"))


def _total(row: dict[str, Any], harm: str) -> Total | None:
    bounds = [row[f"{harm}_{bound}"] for bound in ("low", "best", "high")]
    if all(bound is None for bound in bounds):
        return None
    return Total(*(None if bound is None else int(bound) for bound in bounds))


def _day(value: Any, where: str) -> dt.date | None:
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        raise InputError(f"{value!r} is no day", where=f"event {where}", advice="write YYYY-MM-DD") from None
