"""What general words for a party mean: "the junta" and "government fighters" are the state's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATE, _REBELS = word_list("actors", "state_words"), word_list("actors", "rebel_words")


def is_of_state(words: Sequence[str]) -> bool:
    """Whether words mean the state's own: "the junta", "government fighters", "security forces".

    Parameters
    ----------
    words
        The words of a phrase in lower case, in their order.
    """
    if _STATE & set(words):
        return not _REBELS & set(words) or words[-2] in _STATE
    return [w for w in words if w != "the"] == ["security", "forces"]
