"""Parts of regular expressions made of lists of words."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEKDAYS = tuple(calendar.day_name)
MONTH_NAMES = tuple(name for name in calendar.month_name if name)


def one_of(words: Iterable[str]) -> str:
    r"""Return a group that matches one of these words or phrases, letter by letter.

    Parameters
    ----------
    words
        Tried in this order, so that a word that begins another one stands behind it.

    Notes
    -----
    Blanks are escaped: the group means the same with ``re.VERBOSE`` and without.

    Examples
    --------
    >>> one_of(["last week", "today"])
    '(?:last\\\\ week|today)'
    """
    return f"(?:{'|'.join(re.escape(word) for word in words)})"
