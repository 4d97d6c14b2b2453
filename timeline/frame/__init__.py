"""Events to tables and back.

Layouts: ``timeline`` (our own, everything), ``acled``, ``ged`` and ``plover`` (the columns of ACLED, UCDP GED and
PLOVER/POLECAT files, filled as far as a text can fill them). `codebook` says what each column means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from timeline.errors import InputError
from timeline.frame.codings import ACLED, GED, PLOVER, acled, ged, plover
from timeline.frame.own import OWN, from_frame, own
from timeline.records import Actor, Event

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LAYOUTS", "Layout", "codebook", "from_frame", "to_frame"]

Layout = Literal["timeline", "acled", "ged", "plover"]

LAYOUTS = ("timeline", "acled", "ged", "plover")
_COLUMNS = {"timeline": OWN, "acled": ACLED, "ged": GED, "plover": PLOVER}


def to_frame(events: Sequence[Event], *, layout: Layout = "timeline", actors: Iterable[Actor] = ()) -> pd.DataFrame:
    """Make a table of events, one row each, in the order given.

    Parameters
    ----------
    events : sequence of Event
    layout : {"timeline", "acled", "ged", "plover"}
        The foreign layouts take only events told as happened or disputed that have a place in their scheme and, for
        ACLED and GED, a date; ``frame.attrs["left_out"]`` counts the others by reason.
    actors : iterable of Actor
        Gives the foreign layouts the countries and sides of actors.

    Returns
    -------
    pandas.DataFrame
        Shape (events, columns of `codebook`). Days are datetime64, numbers of people nullable integers.

    Raises
    ------
    InputError
        If there is no such layout.

    Examples
    --------
    >>> list(to_frame([]).columns[:4])
    ['id', 'article', 'type', 'subtype']
    """
    if layout == "timeline":
        return own(events)
    if layout == "acled":
        return acled(events, actors)
    if layout == "ged":
        return ged(events, actors)
    if layout == "plover":
        return plover(events, actors)
    raise _unknown(layout)


def codebook(layout: Layout = "timeline") -> pd.DataFrame:
    """What each column of a layout means.

    Returns
    -------
    pandas.DataFrame
        Columns ``column`` and ``meaning``, one row for each column of the layout.

    Raises
    ------
    InputError
        If there is no such layout.

    Examples
    --------
    >>> codebook("acled").set_index("column").meaning["fatalities"]
    'lowest reported number of people killed; 0 where none is reported'
    """
    import pandas as pd

    if layout not in _COLUMNS:
        raise _unknown(layout)
    return pd.DataFrame(list(_COLUMNS[layout].items()), columns=["column", "meaning"])


def _unknown(layout: str) -> InputError:
    return InputError("there is no such layout", where=repr(layout), advice=f"choose one of {', '.join(LAYOUTS)}")
