"""What an article is about: only a conflict is mapped, not a match, a film or a flood.

The words of war are used of everything ("captured the title", "a price war"), so an article must
give ground for reading them as such: words for those who fight and what they fight with, or named
parties. Words that business and sport have made their own ("battle", "assault") do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mapgen.core.tables.word_lists import word_list

WAR = word_list("subject", "war")
STORY = word_list("subject", "story")
SPORT = word_list("subject", "sport")
DISASTER = word_list("subject", "disaster")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
# Different words of war (a named party counts as one) that an article of so many words must have;
# a note of a line or two may have none.
_LEAST_WAR = ((40, 0), (120, 1))
_LEAST_WAR_LONG = 2
_LEAST_OTHER = 4


@dataclass(frozen=True, slots=True)
class Topic:
    """Whether an article is about a conflict, and whether its displaced fled fighting."""

    off: str | None  # why nothing of it is mapped
    disaster: str | None  # why its displacement is not


def topic_of(text: str, parties: int) -> Topic:
    """Judge an article by its words.

    Parameters
    ----------
    text
        The article.
    parties
        How many different armed parties it names.
    """
    words = _WORD.findall(text.casefold())
    found = set(words)
    war = len(found & WAR) + parties
    least = next((n for size, n in _LEAST_WAR if len(words) < size), _LEAST_WAR_LONG)
    if war < least:
        return Topic("the article is not about a conflict: it hardly speaks of fighting", None)
    for title, other in (("a story or exhibition", found & STORY), ("sport", found & SPORT)):
        if len(other) >= _LEAST_OTHER and len(other) >= war:
            shown = ", ".join(sorted(other)[:3])
            return Topic(f"the article is about {title} ({shown})", None)
    if len(found & DISASTER) >= max(1, war - 1):
        shown = ", ".join(sorted(found & DISASTER)[:3])
        return Topic(None, f"people moved by a disaster ({shown}), not by fighting")
    return Topic(None, None)
