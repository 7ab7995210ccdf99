"""Parse lines such as "Syria = red" or "Iraq, Jordan = #0072b2 hatched: neighbours"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.errors import LocatorError
from mapgen.locators.colours import Fill, parse_fill

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """Names of areas with the same fill and an optional label for the legend."""

    names: tuple[str, ...]
    fill: Fill
    label: str | None = None
    values: tuple[str, ...] = ()  # one per name for its tooltip, or empty
    rows: tuple[int, ...] = ()  # row of the table of each name, or empty


def parse_requests(texts: Iterable[str]) -> list[Request]:
    """Parse requests for filled areas.

    A request is ``NAMES = COLOUR [PATTERN] [: LABEL]``, with names separated by commas. A colon can
    replace the equals sign. A line can hold several requests, separated by commas or semicolons.

    Parameters
    ----------
    texts
        Texts of one or more lines.

    Returns
    -------
    list of Request
        Requests in the order of the text.

    Raises
    ------
    LocatorError
        If a line is not understood. The message lists all faults.

    Examples
    --------
    >>> lines = ["Syria = Red: at war, since 2011"]
    >>> [(r.names, r.fill.colour, r.label) for r in parse_requests(lines)]
    [(('Syria',), '#ff0000', 'at war, since 2011')]
    """
    found: list[Request] = []
    faults: list[str] = []
    for line in (line for text in texts for line in text.splitlines()):
        try:
            found += _line(line)
        except LocatorError as err:
            faults.append(str(err))
    if faults:
        raise LocatorError("; ".join(faults))
    return found


def _line(line: str) -> list[Request]:
    found: list[Request] = []
    waiting: list[str] = []  # names without a colour so far
    for piece in (p.strip() for p in re.split(r"[,;]", line)):
        if not piece:
            continue
        left, sign, right = piece.partition("=" if "=" in piece else ":")
        if not sign:
            waiting.append(piece)
            continue
        names = tuple(" ".join(name.split()) for name in [*waiting, left] if name.strip())
        waiting = []
        style, _, label = right.strip().partition(":")
        if not names or not style.strip():
            message = f"{line.strip()!r} is not understood. Write a name and a colour: Syria=red"
            raise LocatorError(message)
        found.append(
            Request(names=names, fill=parse_fill(style), label=" ".join(label.split()) or None)
        )
    if waiting and found and found[-1].label:  # commas inside the label
        found[-1] = replace(found[-1], label=", ".join([str(found[-1].label), *waiting]))
    elif waiting:
        name = ", ".join(waiting)
        message = f"{name!r} has no colour. Write for example {waiting[-1]}=red"
        raise LocatorError(message)
    return found
