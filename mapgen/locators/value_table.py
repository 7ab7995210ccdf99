"""Read a CSV file of names and values: colours, categories or numbers to classify."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mapgen.errors import LocatorError
from mapgen.locators.colours import NO_DATA, PATTERNS, Fill, category_fills, parse_fill, ramp_fills
from mapgen.locators.requests import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

METHODS = ("quantiles", "equal")
NO_VALUE = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "–", "…", ".."})
MAX_CLASSES = 9  # readers cannot distinguish more tones
_NAME_COLUMNS = ("name", "area", "place", "country", "province", "region", "iso", "code")
_VALUE_COLUMNS = ("value", "category", "class", "group", "colour", "color", "status")
_DIGITS = 3  # significant digits of equal steps
_ROUND = (10, 5, 2.5, 2, 1)  # steps of a scale, the roundest first


@dataclass(frozen=True, kw_only=True, slots=True)
class Classes:
    """The way to classify numbers."""

    method: str = "quantiles"
    """``quantiles`` (equal numbers of areas) or ``equal`` (equal steps)."""

    n: int = 5
    """Number of classes, at most 9; fewer if there are not enough different values."""

    breaks: tuple[float, ...] = ()
    """Breaks to use instead of a method. A value equal to a break is in the upper class."""

    ramp: str = "cividis"
    """Name of a ramp in `mapgen.locators.colours.RAMPS`."""


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    value: str
    label: str | None
    number: int  # in the file, as spreadsheets count: the header is row 1


def read_values(path: str | Path, classes: Classes, *, column: str | None = None) -> list[Request]:
    """Read requests for filled areas from a CSV file, one per legend row.

    Parameters
    ----------
    path
        File with a header, separated by commas, semicolons or tabs. Names are in the first of the
        columns ``name, area, place, country, province, region, iso, code``, or else in the first
        column. An optional column ``label`` names colours in the legend.
    classes
        The way to classify numbers.
    column
        Column of values. By default ``value, category, class, group, colour, color`` or ``status``,
        or else the first other column.

    Returns
    -------
    list of Request
        Requests, with "no data" last.

    Raises
    ------
    LocatorError
        If the file cannot be read or has no such columns.
    """
    rows = _rows(Path(path), column)
    known = [row for row in rows if row.value.lower() not in NO_VALUE]
    missing = [row for row in rows if row.value.lower() in NO_VALUE]
    if not known:
        message = f"{path}: has no values"
        raise LocatorError(message)
    numbers = [_number(row.value) for row in known]
    if all(number is not None for number in numbers):
        requests = _classed(known, [n for n in numbers if n is not None], classes)
    else:
        requests = _coloured(known) or _categories(known)
    if missing:
        fill = Fill(colour=NO_DATA, hatch=PATTERNS["hatched"])
        requests.append(_request(missing, fill, "no data"))
    return requests


def _rows(path: Path, column: str | None) -> list[_Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as err:
        message = f"{path}: cannot be read ({err.strerror or err})"
        raise LocatorError(message) from err
    except UnicodeDecodeError as err:
        message = f"{path}: is not UTF-8 text. Save it as CSV UTF-8"
        raise LocatorError(message) from err
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        columns = [str(name).strip() for name in reader.fieldnames or ()]
        records = [dict(zip(columns, map(_text, row.values()), strict=False)) for row in reader]
    except csv.Error as err:
        message = f"{path}: is not a table ({err})"
        raise LocatorError(message) from err
    if len(columns) < 2:  # noqa: PLR2004
        message = f"{path}: needs a header and two columns, such as name,value"
        raise LocatorError(message)
    names = _column(columns, _NAME_COLUMNS) or columns[0]
    others = [c for c in columns if c != names]
    values = column or _column(others, _VALUE_COLUMNS) or others[0]
    if values not in columns:
        message = f"{path}: has no column {values!r}. Its columns: {', '.join(columns)}"
        raise LocatorError(message)
    label = _column([c for c in others if c != values], ("label",))
    return [
        _Row(r[names], r.get(values, ""), (r.get(label) or None) if label else None, number)
        for number, r in enumerate(records, start=2)
        if r.get(names)
    ]


def _request(
    rows: Sequence[_Row], fill: Fill, label: str | None, *, with_values: bool = False
) -> Request:
    return Request(
        names=tuple(row.name for row in rows),
        fill=fill,
        label=label,
        values=tuple(row.value for row in rows) if with_values else (),
        rows=tuple(row.number for row in rows),
    )


def _text(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _column(columns: list[str], known: tuple[str, ...]) -> str | None:
    folded = {column.lower(): column for column in reversed(columns)}
    return next((folded[name] for name in known if name in folded), None)


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "").replace("\u202f", "").replace(" ", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _coloured(rows: list[_Row]) -> list[Request]:
    """Group rows by colour; return an empty list if a value is not a colour."""
    groups: dict[tuple[Fill, str | None], list[_Row]] = {}
    try:
        for row in rows:
            groups.setdefault((parse_fill(row.value), row.label), []).append(row)
    except LocatorError:
        return []  # the values are categories
    return [_request(told, fill, label) for (fill, label), told in groups.items()]


def _categories(rows: list[_Row]) -> list[Request]:
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(row.value, []).append(row)
    fills = category_fills(len(groups))
    return [
        _request(told, fill, label, with_values=True)
        for (label, told), fill in zip(groups.items(), fills, strict=True)
    ]


def _classed(rows: list[_Row], numbers: list[float], classes: Classes) -> list[Request]:
    breaks = class_breaks(numbers, classes)
    fills = ramp_fills(classes.ramp, len(breaks) + 1)
    index = np.searchsorted(breaks, numbers, side="right")
    groups = [
        [row for row, i in zip(rows, index, strict=True) if i == step] for step in range(len(fills))
    ]
    return [
        _request(groups[step], fill, label, with_values=True)
        for step, (fill, label) in enumerate(zip(fills, class_labels(breaks), strict=True))
    ]


def class_breaks(numbers: list[float], classes: Classes) -> list[float]:
    """Return the breaks between classes, rounded so that the legend is exact.

    Parameters
    ----------
    numbers
        Values to classify.
    classes
        The way to classify them. Given breaks are returned as they are.

    Returns
    -------
    list of float
        Breaks in ascending order.

    Raises
    ------
    LocatorError
        If the method or number of classes is not valid, or breaks are not in ascending order.

    Examples
    --------
    >>> class_breaks([1, 2, 3, 4], Classes(method="equal", n=3))
    [2.0, 3.0]
    """
    if classes.breaks:
        if list(classes.breaks) != sorted(set(classes.breaks)):
            message = "breaks must rise, such as 10,100,1000"
            raise LocatorError(message)
        if len(classes.breaks) >= MAX_CLASSES:
            message = f"at most {MAX_CLASSES - 1} breaks can be told apart"
            raise LocatorError(message)
        return list(classes.breaks)
    if classes.method not in METHODS:
        message = f"there is no method {classes.method!r}. Choose from {', '.join(METHODS)}"
        raise LocatorError(message)
    if not 1 <= classes.n <= MAX_CLASSES:
        message = f"{classes.n} classes cannot be drawn: choose 1 to {MAX_CLASSES}"
        raise LocatorError(message)
    shares = np.linspace(0, 1, classes.n + 1)[1:-1]
    low, high = min(numbers), max(numbers)
    whole = all(number == round(number) for number in numbers)
    if classes.method == "quantiles":
        known = sorted(set(numbers))
        exact = [float(step) for step in np.quantile(numbers, shares)]
        rounded = {_roundest(known, step, whole=whole) for step in exact if low < step <= high}
    else:
        steps = [low + (high - low) * share for share in shares]
        rounded = {float(f"{step:.{_DIGITS}g}") for step in steps}
        rounded = {float(round(step)) for step in rounded} if whole else rounded
    return sorted(step for step in rounded if low < step <= high)


def _roundest(known: Sequence[float], step: float, *, whole: bool) -> float:
    """Return the roundest number that parts the values as a break does, the nearest to it of these.

    Parameters
    ----------
    known
        Different values, in ascending order. The break is above the first of them.
    step
        The break.
    whole
        Whether the values are whole numbers, and so the break as well.
    """
    step = next((value for value in known if math.isclose(value, step)), step)
    at = int(np.searchsorted(known, step, side="left"))
    below, above = known[at - 1], known[at]
    scale = math.floor(math.log10(max(abs(below), abs(above))))
    for places in range(-scale, _DIGITS + 2 - scale):
        for share in _ROUND:
            unit = share * 10.0**-places
            if whole and unit != round(unit):
                continue
            first, last = math.floor(below / unit) + 1, math.floor(above / unit)
            if first <= last:
                return round(min(max(round(step / unit), first), last) * unit, max(places + 1, 0))
    return above


def class_labels(breaks: list[float]) -> list[str]:
    """Return the legend label of each class.

    Parameters
    ----------
    breaks
        Breaks between classes, in ascending order.

    Returns
    -------
    list of str
        One label more than there are breaks.

    Examples
    --------
    >>> class_labels([10, 2500.5])
    ['under 10', '10 to under 2,500.5', '2,500.5 or more']
    """
    told = [f"{step:,.6g}" if abs(step) < 1e6 else f"{step:,.0f}" for step in breaks]  # noqa: PLR2004
    if not told:
        return ["all values"]
    between = [f"{a} to under {b}" for a, b in pairwise(told)]
    return [f"under {told[0]}", *between, f"{told[-1]} or more"]
