"""Tell which columns of a table count displaced people, and what those people did.

The titles of the columns come in; the columns of figures go out, one for each thing that is
counted: people who stay at a place, came to it, left it or returned to it. A title that could mean
two things, and two columns that count the same (this month's and last month's), give none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Counted(Enum):
    """What the people of a column did."""

    HOSTED = "stay at a place"
    RETURNED = "returned to a place"
    ARRIVED = "came to a place"
    LEFT = "left a place"
    NEW = "newly displaced, from there or to there"


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures: its number from 0, its title, and what it counts."""

    at: int
    title: str
    counted: Counted

    @property
    def is_of_families(self) -> bool:
        """Whether its figures count families, by its title."""
        return _FAMILIES.search(self.title) is not None


_FAMILIES = re.compile(r"\bhhs?\b|\bhouseholds?\b|\bfamil(?:y|ies)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\bindividuals?\b|\bind\b|\bpersons?\b|\bpeople\b|\bidps?\b|displaced|\breturn(?:ees?|s|ed)\b|"
    r"\barriv(?:als?|ed)\b|\bdepart(?:ures?|ed)\b|\bfled\b",
    re.IGNORECASE,
)
_NOT_MEANT = re.compile(
    r"target|plan|reach|need|\bpin\b|%|percent|share|change|increase|decrease|fund|usd|\$|cost|"
    r"capacity|project|expect|assist|distribut|receiv|suppl|school|water|previous|before|last |"
    r"vaccin|screened|treat|train|\bcases\b|pregnan|disab|\bsick\b|stranded|missing|"
    r"male\b|\bmen\b|women|boys|girls|child|\bage|refugee|killed|dead|injur|inten[dt]|wish|willing|"
    r"\b(?:un)?able to|\b(?:sites|camps|settlements|locations|shelters) of |"
    r"^(?:(?:number|no\.?|#) of )?(?:idp|returnee|displacement) "
    r"(?:sites?|camps?|settlements?|locations?|shelters?)$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"refugee|host (?:communit|population)|resident|migrant|non-displaced|^(?:total )?population",
    re.IGNORECASE,
)
_OF = (  # what a title says that people did; the first that fits
    (Counted.RETURNED, re.compile(r"\breturn(?:s|ed|ees?|ing)?\b", re.IGNORECASE)),
    (Counted.ARRIVED, re.compile(r"\barriv(?:als?|ed)\b", re.IGNORECASE)),
    (Counted.LEFT, re.compile(r"\bfled\b|\bdepart(?:ures?|ed)\b|\bleft\b", re.IGNORECASE)),
    (Counted.NEW, re.compile(r"\bnew(?:ly)?\b", re.IGNORECASE)),
    (Counted.HOSTED, re.compile(r"\bidps?\b|displac", re.IGNORECASE)),
)
_PLAIN = re.compile(  # counts people or families, and does not say which
    r"(?:(?:total|number|no\.?|nb\.?|#|est(?:imated|\.)?|count|of|the|in)\s+|[(#])*"
    r"(?:individuals?|ind\b\.?|persons?|people|hhs?|households?|families)\)?(?:\s*\(\w+\.?\))?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\btotal\b", re.IGNORECASE)


def says_returned(words: str) -> bool:
    """Whether a title says that people returned."""
    return _counted(words) is Counted.RETURNED


def figure_columns(titles: Sequence[str], caption: str) -> tuple[FigureColumn, ...]:
    """Return the columns of figures, one for each thing that is counted.

    People come before families, and a total before its parts. A column that only says "individuals"
    counts what the others do, or what the caption says.

    Parameters
    ----------
    titles
        Title of each column; empty for one that is known to hold something else.
    caption
        Line above the table.
    """
    fit = [
        (at, title, _counted(title))
        for at, title in enumerate(titles)
        if not _NOT_MEANT.search(title) and (_FAMILIES.search(title) or _PEOPLE.search(title))
    ]
    told = {counted for _, _, counted in fit if counted is not None}
    plain = next(iter(told), _of_caption(caption)) if len(told) < 2 else None  # noqa: PLR2004
    has_others = any(map(_OTHERS.search, titles))
    groups: dict[Counted, list[FigureColumn]] = {}
    for at, title, counted in fit:
        meant = counted or plain
        if counted is None and has_others and _TOTAL.search(title):
            continue  # a total of displaced people and others
        if counted is None and not _PLAIN.fullmatch(title.strip()):
            continue  # "Persons detained"
        if meant is not None:
            groups.setdefault(meant, []).append(FigureColumn(at, title, meant))
    found = (_only(columns) for columns in groups.values())
    return tuple(sorted((column for column in found if column), key=lambda column: column.at))


def _counted(title: str) -> Counted | None:
    """Return what a title says that people did, or None if it does not say."""
    return next((counted for counted, words in _OF if words.search(title)), None)


def _of_caption(caption: str) -> Counted | None:
    """Return what people did whom titles call individuals or families, or None if it is open."""
    if not says_returned(caption):
        return Counted.HOSTED  # if the table is about displaced people at all
    return None if re.search(r"\bidps?\b|displac", caption, re.IGNORECASE) else Counted.RETURNED


def _only(columns: Sequence[FigureColumn]) -> FigureColumn | None:
    """Return the only column of people, or else the only one of families, or None."""
    people = [column for column in columns if not column.is_of_families]
    same = people or columns
    totals = [column for column in same if _TOTAL.search(column.title)]
    only = totals if len(same) > 1 else same
    return only[0] if len(only) == 1 else None
