"""A time axis: days to points, long empty stretches folded, ticks by day, week, month, quarter, year or decade."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from timeline.errors import InputError

MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "es": "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ru": "янв. февр. март апр. май июнь июль авг. сент. окт. нояб. дек.",
    "uk": "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.",
}
FOLD, EARLIER, STEP = 24.0, 14.0, 9.0
_WHOLE, _BETWEEN = 0.85, 2.0  # share of the longest slot from which one is whole; points between names
_LAST = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Scale:
    """Days (proleptic ordinals, a day lasts from n to n + 1) to points, linear between its knots.

    Parameters
    ----------
    folds : tuple of (float, float)
        Stretches of days without any event that are drawn short.
    begins : float or None
        The day from which on the axis is to scale, where older days stand before it in order only.
    """

    days: tuple[float, ...]
    points: tuple[float, ...]
    folds: tuple[tuple[float, float], ...] = ()
    begins: float | None = None

    def __call__(self, day: float) -> float:
        """Position of a day; days beyond the axis fall on its ends."""
        if day <= self.days[0]:
            return self.points[0]
        if day >= self.days[-1]:
            return self.points[-1]
        k = bisect_right(self.days, day) - 1
        share = (day - self.days[k]) / (self.days[k + 1] - self.days[k])
        return self.points[k] + share * (self.points[k + 1] - self.points[k])

    @property
    def pieces(self) -> list[tuple[float, float]]:
        """Stretches of days that are drawn to scale, without folds and what is earlier."""
        start = self.days[0] if self.begins is None else self.begins
        edges = [start, *(day for fold in self.folds for day in fold), self.days[-1]]
        return list(zip(edges[::2], edges[1::2], strict=True))

    @property
    def length(self) -> float:
        """Days that are drawn to scale."""
        return sum(end - start for start, end in self.pieces)

    @property
    def density(self) -> float:
        """Points per day where the axis is to scale."""
        return sum(self(end) - self(start) for start, end in self.pieces) / max(self.length, 1e-9)


@dataclass(frozen=True, slots=True)
class Tick:
    """One slot of the axis: where it starts and ends in points, its name, and whether a larger unit starts with it."""

    start: float
    end: float
    label: str
    major: bool


def _gaps(days: Sequence[float]) -> list[tuple[float, float]]:
    """Stretches to fold: each is more than half of what is not folded yet, while four or more days are left."""
    if len(days) < 4:
        return []
    gaps = sorted(itertools.pairwise(days), key=lambda gap: (gap[0] - gap[1], gap[0]))
    left, out = days[-1] - days[0], []
    for start, end in gaps[:6]:
        if end - start < 45 or end - start <= 0.5 * left:
            break
        out.append((start, end))
        left -= end - start
    return sorted(out)


def scale(days: Iterable[float], low: float, high: float, *, fold: bool = True, earlier: Iterable[float] = ()) -> Scale:
    """An axis from ``low`` to ``high`` points over the days, with a margin of a day or 2 % around them.

    Parameters
    ----------
    earlier : iterable of float
        Days before the axis: they stand at its beginning in their order, evenly and not to scale.

    Examples
    --------
    >>> axis = scale([11, 21], 0, 100)
    >>> axis(16.5)
    50.0
    """
    known = sorted(set(days)) or [0.0]
    before = sorted({day for day in earlier if day < known[0]})
    start_points, low = low, low + (EARLIER + STEP * len(before) if before else 0.0)
    gaps = _gaps(known) if fold else []
    pieces, start = [], known[0]
    for a, b in gaps:
        pieces.append((start, a))
        start = b
    pieces.append((start, known[-1]))
    total = sum(end - begin for begin, end in pieces)
    margin = max(1.0 if total > 2 else 0.3, 0.02 * total)
    pieces = [(max(begin - margin, 1.0), min(end + margin + 1, _LAST + 1)) for begin, end in pieces]
    total = sum(end - begin for begin, end in pieces)
    room = high - low - FOLD * (len(pieces) - 1)
    knots_days, knots_points, at = [], [], low
    for begin, end in pieces:
        length = room * (end - begin) / total
        knots_days += [begin, end]
        knots_points += [at, at + length]
        at += length + FOLD
    folds = tuple((a[1], b[0]) for a, b in itertools.pairwise(pieces))
    if not before:
        return Scale(tuple(knots_days), tuple(knots_points), folds)
    begins = knots_days[0]
    older = [day for day in before if day < begins]
    knots_days[:0] = [older[0] - 1, *older]
    knots_points[:0] = [start_points, *(start_points + STEP * (k + 0.5) for k in range(len(older)))]
    return Scale(tuple(knots_days), tuple(knots_points), folds, begins)


def _following(day: dt.date, months: int) -> dt.date | None:
    count = day.year * 12 + day.month - 1 + months
    return None if count // 12 > dt.MAXYEAR else dt.date(count // 12, count % 12 + 1, 1)


def starts(first: dt.date, last: int, unit: str) -> list[int]:
    """First days of the units from ``first`` on, and the one after ``last``."""
    if unit in ("day", "week"):
        step = 1 if unit == "day" else 7
        begin = first.toordinal() - (first.weekday() if unit == "week" else 0)
        return [day for day in range(begin, last + step + 1, step) if 1 <= day <= _LAST]
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}[unit]
    if months < 12:
        day: dt.date | None = dt.date(first.year, (first.month - 1) // months * months + 1, 1)
    else:
        day = dt.date(max(first.year // (months // 12) * (months // 12), 1), 1, 1)
    out = []
    while day is not None:
        out.append(day.toordinal())
        if out[-1] > last:
            break
        day = _following(day, months)
    if out[-1] <= last:
        out.append(_LAST + 1)
    return out


def _label(day: dt.date, unit: str, months: Sequence[str]) -> str:
    if unit == "day":
        return str(day.day)
    if unit == "week":
        return f"{day.day} {months[day.month - 1]}"
    if unit in ("month", "quarter"):
        return months[day.month - 1]
    if unit == "year":
        return str(day.year)
    return f"{day.year // 10 * 10}s" if unit == "decade" else str(max(day.year // 100 * 100, 1))


SIZES = (
    *(("day", 1.0), ("week", 7.0), ("month", 30.4), ("quarter", 91.3)),
    *(("year", 365.25), ("decade", 3652.5), ("century", 36525.0), ("millennium", 365250.0)),
)


def _is_major(day: dt.date, unit: str, larger: str | None) -> bool:
    """Whether a larger unit starts with a slot; a round number of years where the slots are years or more."""
    if larger == "year":
        return day.month == 1 and day.day == 1
    if larger == "month":
        return day.day == 1
    return day.year % {"year": 10, "decade": 100, "century": 1000}.get(unit, 10_000) == 0


def unit_for(axis: Scale, spacing: float, most: int = 32) -> str:
    """The smallest unit whose slots are at least ``spacing`` points long and no more than ``most``."""
    return next(
        (unit for unit, days in SIZES if days * axis.density >= spacing and axis.length / days <= most), "millennium"
    )


def ticks(axis: Scale, *, spacing: float, language: str = "en") -> tuple[list[Tick], list[Tick]]:
    """Slots of the unit that fits, and the slots of the larger unit around them.

    Parameters
    ----------
    spacing : float
        Least length of a slot in points.

    Returns
    -------
    tuple of list of Tick
        Small slots (days, weeks, months, quarters, years ...) and large ones (months with their year, or years; none
        above years). Slots do not run through folds.
    """
    months = month_names(language)
    unit = unit_for(axis, spacing)
    larger = {"day": "month", "week": "year", "month": "year", "quarter": "year"}.get(unit)
    small: list[Tick] = []
    large: list[Tick] = []
    for begin, end in axis.pieces:
        first = dt.date.fromordinal(max(int(begin), 1))
        for which, out in ((unit, small), (larger, large)):
            if which is None:
                continue
            firsts = starts(first, int(end), which)
            for a, b in itertools.pairwise(firsts):
                if b <= begin or a >= end:
                    continue
                day = dt.date.fromordinal(a)
                label = (
                    f"{months[day.month - 1]} {day.year}"
                    if out is large and which == "month"
                    else _label(day, which, months)
                )
                major = a >= begin and _is_major(day, which if out is large else unit, None if out is large else larger)
                out.append(Tick(axis(max(a, begin)), axis(min(b, end)), label, major))
    return small, large


def named(slots: Sequence[Tick], wide: Callable[[str], float]) -> list[Tick]:
    """The slots whose names are written along an axis that runs to the right: every one, or every second, third ...

    Parameters
    ----------
    wide : callable
        Width of a name in points. Where only every second or third slot is named, a name begins with its slot.

    Examples
    --------
    >>> weeks = [Tick(0, 20, "2 Jul", True), Tick(20, 40, "9 Jul", False), Tick(40, 60, "16 Jul", False)]
    >>> [tick.label for tick in named(weeks, lambda name: 6.0 * len(name))]
    ['2 Jul', '16 Jul']
    """
    longest = max((slot.end - slot.start for slot in slots), default=0.0)
    if all(_holds(slot, wide) for slot in slots if slot.end - slot.start > _WHOLE * longest):
        return [slot for slot in slots if _holds(slot, wide)]
    out: list[Tick] = []
    most = max(wide(slot.label) for slot in slots) + _BETWEEN
    step = next(k for k in range(2, len(slots) + 2) if longest * k >= most)
    whole = [slot for slot in slots if slot.end - slot.start > _WHOLE * longest]
    for slot in whole[::step]:
        if not out or slot.start >= out[-1].end:
            out.append(replace(slot, end=slot.start + wide(slot.label) + _BETWEEN))
    return out


def _holds(slot: Tick, wide: Callable[[str], float]) -> bool:
    return slot.end - slot.start >= wide(slot.label) + _BETWEEN


def year_of(day: float) -> int:
    """The year that a day lies in.

    Examples
    --------
    >>> year_of(dt.date(1982, 2, 14).toordinal() + 0.5)
    1982
    """
    return dt.date.fromordinal(max(int(day), 1)).year


def month_names(language: str) -> list[str]:
    """Short names of the twelve months.

    Raises
    ------
    InputError
        If there are none for the language.

    Examples
    --------
    >>> month_names("de")[2], month_names("fr_CA")[1]
    ('März', 'févr.')
    """
    code = language.replace("_", "-").partition("-")[0].lower()
    if code not in MONTHS:
        raise InputError(f"no names of months in {language!r}", advice=f"choose one of {', '.join(sorted(MONTHS))}")
    return MONTHS[code].split()
