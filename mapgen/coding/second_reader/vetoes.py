"""Leave out what the network alone takes for a capture, where plain words speak against it.

A mark and the words of its sentence come in; whether the words rule a capture out goes out. On the
sets `a` to `o` of ``tests/eval`` less than a third of the network's captures beside such words was
right, of the others two thirds. The claims of the rules have rules of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.model import Precision

if TYPE_CHECKING:
    from mapgen.coding.second_reader.reader import Mark

_AFTER = 160  # characters behind a name that can speak of its loss

_LOST_AGAIN = re.compile(
    r"\b(?:thrown|driven|drove|pushed|beaten|forced|fought)\b[\w ]{0,20}\b(?:off|away|back|out)\b"
    r"|\b(?:expelled|repelled|repulsed|by-?passed|left (?:it|them) again|turned back"
    r"|withdrew again|held against|without stopping)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:remains?|remained|still|stays?|stayed|is again|are again|would|could|(?-i:may)|might"
    r"|will|shall|should|must|plans to|wants? to|intends? to|unless|until|if|next|advances? on)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)|false|untrue|rumou?rs?|retracted|misread|no longer)\b", re.IGNORECASE
)
_WHOLE = re.compile(
    r"\b(?:all|whole|entire|entirety|most|rest|much|control)(?: of)?(?: the| its)? $", re.IGNORECASE
)
_AREA_BEHIND = re.compile(
    r"\s?(?:provinces?|states?|regions?|governorates?|count(?:y|ies)|districts?|oblasts?"
    r"|departments?|islands?|peninsula)?,? (?:has |have |had |was |were |is |are |now )*"
    r"(?:fallen|fell|falls|taken|captured|seized|overrun|occupied|lost|retaken|recaptured)\b",
    re.IGNORECASE,
)


def is_ruled_out(mark: Mark, text: str) -> bool:
    """Whether the words of a sentence rule out that a place was captured and is held.

    Parameters
    ----------
    mark
        The place that the network takes for captured.
    text
        Text of the article.
    """
    start, end = mark.sentence
    behind = text[mark.span.end : min(end, mark.span.end + _AFTER)]
    if _LOST_AGAIN.search(behind) or _NOT_YET.search(behind):
        return True
    if _DENIED.search(text, start, end):
        return True
    return _is_scene(mark, text)


def _is_scene(mark: Mark, text: str) -> bool:
    """Whether a province or country only says where something happened: "In Afar ..."."""
    meant = mark.reference.meant if mark.reference is not None else None
    if meant is None or Precision(meant.precision) not in {Precision.PROVINCE, Precision.COUNTRY}:
        return False
    if _WHOLE.search(text[max(mark.sentence[0], mark.span.start - 30) : mark.span.start]):
        return False
    return _AREA_BEHIND.match(text[mark.span.end : mark.span.end + 60]) is None
