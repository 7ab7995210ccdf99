"""Write the figures of an event in words, for signs, cards, summaries and exports.

An event comes in; its figures go out as the articles word them, each with its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.source_names import source_name
from mapgen.core.told import say
from mapgen.core.words import quoted
from mapgen.model import Status

if TYPE_CHECKING:
    from mapgen.model import Attribution, Claim, Event, Quantity

_WIDTH_STEPS = (1_000, 10_000, 100_000)  # least figures for widths 2, 3 and 4
# Words in a figure that already say what it counts.
_SAID = {
    "families": re.compile(r"\b(famil|household)", re.IGNORECASE),
    "killed": re.compile(r"\b(killed|dead|deaths?|died|slain|massacred|executed)\b", re.IGNORECASE),
    "injured": re.compile(r"\b(injured|wounded|hurt)\b", re.IGNORECASE),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureInWords:
    """A figure as an article writes it, with its source."""

    words: str  # as written: "Some 300"
    unit: str  # such as "families"; empty for people, and if the words contain the unit
    counts: str  # the unit, also if the words contain it
    who: str  # "RWG", "the article" or "another article"
    attribution: Attribution | None  # of the claim that gives the figure
    is_claimed: bool

    @property
    def counted(self) -> str:
        """The words with their unit, such as ``Some 300 families``."""
        return say(f"{{figure}} {self.unit}", figure=self.words) if self.unit else self.words

    @property
    def quoted(self) -> str:
        """The words in quotation marks, followed by the unit."""
        words = quoted(self.words.lower())
        return say(f"{{figure}} {self.unit}", figure=words) if self.unit else words


def figures_in_words(event: Event) -> list[FigureInWords]:
    """Return the different figures of an event, with the main unit and greatest figure first.

    Figures are never added up. Figures with the same words and unit are returned once.
    """
    found: dict[tuple[str, str], FigureInWords] = {}
    first: str | None = None  # the article of the first figure
    for figure in event.figures:
        for claim in event.counting(figure):
            quantity = claim.quantity
            if quantity is None or not quantity.words:
                continue
            key = (quantity.words.casefold(), quantity.unit)
            first = first or claim.article
            found.setdefault(key, _in_words(claim, quantity, is_first=claim.article == first))
    return list(found.values())


def _in_words(claim: Claim, quantity: Quantity, *, is_first: bool) -> FigureInWords:
    is_claimed = claim.status is Status.CLAIMED
    own = "the article" if is_first else "another article"
    said = _SAID.get(quantity.unit)
    return FigureInWords(
        words=quantity.words,
        unit="" if said is None or said.search(quantity.words) else quantity.unit,
        counts=quantity.unit,
        who=source_name(claim.attribution) if is_claimed else own,
        attribution=claim.attribution,
        is_claimed=is_claimed,
    )


def figure_lines(event: Event) -> list[str]:
    """Return each figure of an event with its source, such as ``“some 300” (RWG)``."""
    return [_with_source(f) for f in figures_in_words(event)]


def _with_source(figure: FigureInWords) -> str:
    return say("{figure} ({who})", figure=figure.quoted, who=figure.who)


def toll_words(event: Event, *, with_source: bool = True) -> str:
    """Return the greatest number of killed, else injured, or nothing if no report gives one.

    Parameters
    ----------
    event
        An event.
    with_source
        Whether to name who gives the number, if it is not the article itself.

    Returns
    -------
    str
        Such as ``“12” killed (residents)``.
    """
    told = [f for f in figures_in_words(event) if f.counts in {"killed", "injured"}]
    if not told:
        return ""
    first = told[0]
    return _with_source(first) if with_source and first.is_claimed else first.quoted


def first_toll(event: Event) -> str | None:
    """Return what the toll of `toll_words` counts, "killed" or "injured"; None without a toll."""
    told = (f.counts for f in figures_in_words(event) if f.counts in {"killed", "injured"})
    return next(told, None)


def leading_words(event: Event) -> FigureInWords | None:
    """Return the figure with the greatest lower bound, which represents an event, or None."""
    return next(iter(figures_in_words(event)), None)


def width_of(event: Event) -> int:
    """Return the width of an arrow, from 1 to 4.

    The width grows with the order of magnitude of the greatest lower bound of the main figure: 2
    from 1,000, 3 from 10,000 and 4 from 100,000.
    """
    claims = event.counting(event.figure) if event.figure is not None else []
    least = max((c.quantity.low or 0 for c in claims if c.quantity is not None), default=0)
    return 1 + sum(least >= step for step in _WIDTH_STEPS)
