"""Parts of regular expressions that are made from lists of words."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEKDAYS = tuple(calendar.day_name)
MONTH_NAMES = tuple(name for name in calendar.month_name if name)


def one_of(words: Iterable[str]) -> str:
    r"""Return a group that matches any of these words or phrases literally.

    Parameters
    ----------
    words
        Words in the order in which they are tried. If one is the beginning of another, it must come
        after it.

    Notes
    -----
    Spaces are escaped, so the group means the same with and without ``re.VERBOSE``.

    Examples
    --------
    >>> one_of(["last week", "today"])
    '(?:last\\ week|today)'
    """
    return f"(?:{'|'.join(re.escape(word) for word in words)})"


WENT_HOME = re.compile(
    r"\s(?:(?:of them|people)\s)?(?:(?:have|had|has)\s)?(?:since\s)?"
    r"(?:(?:come|came|gone|went)\s(?:back|home)|returned)\b"
)
"""Words behind a figure of people who are displaced no more: "600,000 have gone home"."""

OF_A_SORT = re.compile(
    r"\sof\s(?:them|these|whom)\s(?:(?:are|being|were)\s)?"
    r"(?:boys|children|elderly|girls|infants|men|minors|women)\b"
)
"""Words behind a figure that only tells what sort of people some of those counted are."""
