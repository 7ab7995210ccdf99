"""Find people who only speak in a report: "four residents of Dessie reached on Monday said ...".

Text of a sentence comes in; the spans of the words for such people go out. Nobody among them is
said to have moved.
"""

from __future__ import annotations

import re
from calendar import day_name
from typing import TYPE_CHECKING

from mapgen.coding.english.patterns import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUN = r"(?:people|men|women|children|famil(?:y|ies)|[a-z]+(?:-[a-z]+)?s)"
_OF = r"(?:\s(?:of|from|in|inside|at|near|around)\s(?:the\s)?[^.;,:]{1,50}?)?"
_WERE = r"(?:who\s(?:could\sbe|had\sbeen|have\sbeen|were)\s)?"
_BY = (
    r"(?:(?:journalists|media|our|phone|radio|reporters|satellite|telephone|text\smessage|the|this"
    r"|video|voice)\b|[A-Z]\w+)"
)
# "reached by phone", "contacted by Reuters"; but "reached by boat the island of X"
_ASKED = (
    r"(?:contacted|interviewed|questioned|surveyed)\b"
    rf"|reached\s(?:by|over|via|through|on\sthe)\s(?:an?\s)?{_BY}"
)
# "reached on Monday": only if they then say something
_WHEN = one_of(day_name)
_REACHED = (
    rf"reached\s(?:(?:late|early|again)\s)?(?:on\s{_WHEN}\b|in\s|at\s|from\s|yesterday\b|today\b"
    r"|this\s(?:morning|week|afternoon|evening|month)\b|last\s|separately\b|individually\b"
    r"|there\b|late\b|overnight\b)[^.;]{0,80}?\b(?:accused|agreed|asked|blamed|complained"
    r"|confirmed|denied|described?|gave|insisted|recalled|recounted|reported|said|says?|speak"
    r"|spoke|talked|tell|told|wept)\b"
)
_HEARD = re.compile(
    rf"\b(?:[\w,.]+\s){{0,4}}?(?<!to\s){_NOUN}{_OF},?\s{_WERE}(?:{_ASKED}|{_REACHED})"
)
# "Villagers from X and Y, hamlets north of Z, say": those who speak in the present tense
_SAY = re.compile(
    r"\W*(?:[\w,.]+\s){0,3}?(?:activists|elders|farmers|locals|people|residents|traders|villagers"
    r"|witnesses)\s(?:from|in|of)\s[^.;:]{2,90}?,?\s(?:report|said|say|tell us|told)\b",
    re.IGNORECASE,
)
_WENT = re.compile(r"\b(?:arriv\w+|crossed|escaped|fle[ed]\w*|gone|left|who\shad)\b")


def people_heard(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the words for people who only speak, were asked or reached by phone.

    Those of whom the same words say that they left a place are no such people: "two people who fled
    Bara, reached by phone".

    Parameters
    ----------
    text
        Text of the article.
    start, end
        Offsets of a sentence.
    """
    for found in _HEARD.finditer(text, start, end):
        if _WENT.search(found[0]) is None:
            yield found.span()
    said = _SAY.match(text, start, end)
    if said is not None and _WENT.search(text, said.start(), end) is None:
        yield said.span()
