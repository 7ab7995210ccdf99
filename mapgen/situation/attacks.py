"""Tell attacks by gunmen or troops from strikes with bombs, shells and the like.

Both are events of the kind `strike`, and both have its sign. Only the words differ: a map must not
say that a town was "struck" which gunmen raided.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind
from mapgen.reasons import says_beaten_off

if TYPE_CHECKING:
    from mapgen.model import Event

_FROM_AFAR = word_list("frames", "from_afar")
_WORD = re.compile(r"[^\W\d_]+")


def is_attack(event: Event) -> bool:
    """Whether an event is a strike of which no report names a weapon that strikes from afar.

    Parameters
    ----------
    event
        Any event.

    Returns
    -------
    bool
        False for other kinds of events.
    """
    if event.kind is not Kind.STRIKE:
        return False
    current = [c for c in event.claims if c.status.is_current]
    words = {word.lower() for claim in current for word in _WORD.findall(claim.quote)}
    return words.isdisjoint(_FROM_AFAR)


def is_beaten_off(event: Event) -> bool:
    """Whether an event is fighting of which each report says that the attackers were beaten off.

    Parameters
    ----------
    event
        Any event.

    Returns
    -------
    bool
        False for other kinds of events.
    """
    return event.kind is Kind.CLASH and all(says_beaten_off(c.reasons) for c in event.claims)
