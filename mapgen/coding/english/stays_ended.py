"""Find clauses on people who stayed at a place until it was lost: "until last week it hosted ...".

Text of a sentence comes in; the spans of such clauses go out. A place told of there shelters nobody
now, and who came to it came in the past.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAST = r"(?:had(?:\s[a-z]+)?(?:\sbeen)?|was|were|used\sto\sbe)"
_STAYS = (
    r"(?:(?:a\s|the\s)?(?:haven|home|host|refuge|sanctuary|shelter)\b|harbou?red|harbou?ring"
    r"|hosted|hosting|housed|housing|sheltered|sheltering)"
)
_HOSTED = r"(?:harbou?red|hosted|housed|sheltered)"
_UNTIL = (
    r"(?:(?<!not\s)(?<!Not\s)\b[Uu]ntil\s(?!then\s)"
    r"|\b[Bb]efore\s(?:last\s|the\s|this\s)(?:\w+\s)?(?:assault|attack|battle|bombardment|clashes"
    r"|conflict|fighting|invasion|offensive|raid|siege|war)\b"
    r"|\b[Bb]efore\s(?:it|the\s(?:city|town|village|camp)|[A-Z][\w'’-]+)\s(?:fell|was)\b)"
)
_ENDED = re.compile(
    rf"(?:{_UNTIL}[^.;:]{{0,60}}?\b(?:{_PAST}\s(?:\w+\s){{0,2}}?{_STAYS}|{_HOSTED})\b"
    r"|[^.;:]*\b(?:formerly|once|used\sto)\s(?:host|harbou?r|house|shelter)(?:ed)?\b)"
    r"[^.;]*?(?=,\s(?:and|but|before|when|while)\b|[.;]|$)"
)
_NOBODY = re.compile(r"\b(?:few|nobody|none|no[- ]one|not)\b")


def stays_ended(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the clauses that say where people stayed until lately, and no longer.

    Parameters
    ----------
    text
        Text of the article.
    start, end
        Offsets of a sentence.
    """
    for found in _ENDED.finditer(text, start, end):
        if _NOBODY.search(found[0]) is None:
            yield found.span()
