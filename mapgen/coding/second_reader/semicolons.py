"""Keep apart what a semicolon parts: "some came from X to Y; others walked from V to W".

Marks and dates of one sentence come in. Those that belong to one part of it go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.coding.english.dates import DateMention
    from mapgen.coding.second_reader.reader import Mark
    from mapgen.model import Claim

_ENDS = frozenset({Role.ORIGIN, Role.DESTINATION})
# "crossed to X, although Y was shelled on Monday", "Although Y was shelled on Monday, ..."
_CONCESSION = re.compile(
    r"\W*(?:Although|Even\sthough|Though|Whereas)\b[^,;]*,|(?<=[,\w]\s)(?:although|even\sthough|though|whereas)"
    r"\b[^;]*"
    # "back in X, where rockets killed 21 on Monday"
    r"|(?<=,\s)where\s(?=[^,;]{0,60}\b(?:attack|bomb|clash|died|fight|fought|hit|kill|shell|struck))[^,;]*"
)


def dates_of_part(words: str, dates: Iterable[DateMention], at: int) -> list[DateMention]:
    """Return the dates that may be those of a name: of its part of the sentence, else before it.

    Parameters
    ----------
    words
        The words of a sentence.
    dates
        Its dates.
    at
        Offset of a name in the words.
    """
    first, last = words.rfind(";", 0, at) + 1, words.find(";", at)
    known = [d for d in dates if last < 0 or d.start < last]
    spans = [m.span() for m in _CONCESSION.finditer(words)]
    known = [d for d in known if not any(a <= d.start < b and not a <= at < b for a, b in spans)]
    return [d for d in known if d.start >= first] or known


def ends_apart(
    ends: Sequence[tuple[Mark, Role]], claim: Claim, text: str
) -> list[tuple[Mark, Role]]:
    """Return the ends of a movement of its own, in another part of the sentence than a claim's.

    Parameters
    ----------
    ends
        Where people left and where they came, as the network reads a sentence.
    claim
        The movement that the rules read in the sentence.
    text
        The text of the article.

    Returns
    -------
    list of tuple
        None unless a part of the sentence without a place of the claim has both ends.
    """
    here = {_part(text, claim.start, p.start) for p in claim.places}
    apart = [(m, role) for m, role in ends if _part(text, claim.start, m.span.start) not in here]
    return apart if here and {role for _, role in apart} >= _ENDS else []


def _part(text: str, start: int, at: int) -> int:
    """Return in which part of a sentence, counted from 0, an offset lies."""
    return text.count(";", start, at) if at >= start else -1
