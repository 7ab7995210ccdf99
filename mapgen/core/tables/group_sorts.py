"""Tell which sort of armed group a general word means: gangs are no jihadists.

The sorts, their words and their parties are lists in ``words.toml``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

_NAMES = ("gangs", "jihadists", "separatists")
_WORDS = {name: word_list("group_sorts", f"{name}_words") for name in _NAMES}
_PARTIES = {name: word_list("group_sorts", f"{name}_parties") for name in _NAMES}
_STRICT = word_list("group_sorts", "strict")


def is_of_sort(words: Set[str]) -> bool:
    """Whether words, in lower case, name a sort of group: "armed gangs", not "rebels"."""
    return bool(_sorts_said(words))


def strict_sort(words: Set[str]) -> str | None:
    """Return the sort of words that means only parties listed for it, such as "gangs", or None."""
    return min(_sorts_said(words) & _STRICT.now(), default=None)


def can_be_called(party: str, names: Iterable[str], words: Set[str]) -> bool:
    """Whether general words can mean a party.

    Parameters
    ----------
    party
        Id of the party.
    names
        Its names. A group called "the X gang" is one of the gangs, whether it is listed or not.
    words
        The general words, in lower case.

    Returns
    -------
    bool
        True also if the words name no sort, or if the sort of the party is not known and the one
        that is named is not strict.
    """
    said = _sorts_said(words)
    if not said:
        return True
    own = {name for name in _NAMES if party in _PARTIES[name]}
    own |= _sorts_said({w.casefold() for name in names for w in re.findall(r"[\w-]+", name)})
    return bool(said & own) if own else not said & _STRICT.now()


def _sorts_said(words: Set[str]) -> frozenset[str]:
    return frozenset(name for name in _NAMES if words & _WORDS[name].now())
