"""What an article is about: only a conflict is mapped, not a match, a film or a flood.

The words of war are used of everything ("captured the title", "a price war"), so an article must
give grounds for reading them as such: words that only fighting has, phrases of situation reports
("armed individuals"), or named parties. Words that fighting shares with crime, sport and trade
("attack", "displaced", "security") count half.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mapgen.core.tables.word_lists import word_list

WAR = word_list("subject", "war")
WAR_TOO = word_list("subject", "war_too")
UPROOTED = word_list("subject", "uprooted")
AID = word_list("subject", "aid")
PHRASES = word_list("subject", "war_phrases")
DISASTER = word_list("subject", "disaster")
OTHERS = {
    "a story or exhibition": word_list("subject", "story"),
    "sport": word_list("subject", "sport"),
    "business": word_list("subject", "trade"),
    "an election": word_list("subject", "politics"),
    "a labour dispute": word_list("subject", "labour"),
    "a court case or a crime": word_list("subject", "court"),
    "health": word_list("subject", "health"),
    "an accident": word_list("subject", "accidents"),
}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LONGEST_PHRASE = 3  # words
# Evidence of war that an article of so many words must have; a note of a line or two may have none.
_LEAST_WAR = ((40, 0), (120, 1))
_LEAST_WAR_LONG = 2
_LEAST_OTHER = ((40, 2), (120, 3))
_LEAST_OTHER_LONG = 4
_LEAST_WAR_ITEM = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """Whether an article is about a conflict, and whether its displaced fled fighting."""

    off: str | None  # why nothing of it is mapped
    disaster: str | None  # why its displacement is not


@dataclass(frozen=True, slots=True)
class Evidence:
    """The different words of a text that speak of war, or of a disaster.

    Attributes
    ----------
    war
        Words and phrases that only fighting has.
    shared
        Words that fighting shares with other subjects.
    disaster
        Words of floods, earthquakes and the like.
    found
        All words of the text, in lower case.
    n_words
        Length of the text in words.
    """

    war: frozenset[str]
    shared: frozenset[str]
    disaster: frozenset[str]
    found: frozenset[str]
    n_words: int

    @classmethod
    def of(cls, text: str) -> Evidence:
        """Collect what a text has."""
        words = _WORD.findall(text.casefold())
        found = frozenset(words)
        phrases = {
            "_".join(words[i : i + n])
            for n in range(2, _LONGEST_PHRASE + 1)
            for i in range(len(words) - n + 1)
        }
        return cls(
            war=found & WAR.now() | phrases & PHRASES.now(),
            shared=found & WAR_TOO.now(),
            disaster=found & DISASTER.now(),
            found=found,
            n_words=len(words),
        )

    @property
    def weight(self) -> int:
        """How much speaks for war: shared words count half, in a report of aid workers whole."""
        shared = len(self.shared)
        return len(self.war) + (shared if self.found & AID.now() else shared // 2)


def topic_of(text: str, parties: int) -> Topic:
    """Judge an article by its words.

    Parameters
    ----------
    text
        The article.
    parties
        How many different armed parties it names.
    """
    evidence = Evidence.of(text)
    war = evidence.weight + parties
    if war < _least(evidence.n_words, _LEAST_WAR, _LEAST_WAR_LONG):
        return Topic("the article is not about a conflict: it hardly speaks of fighting", None)
    least = _least(evidence.n_words, _LEAST_OTHER, _LEAST_OTHER_LONG)
    for title, words in OTHERS.items():
        other = evidence.found & words.now()
        if len(other) >= least and len(other) >= war:
            shown = ", ".join(sorted(other)[:3])
            return Topic(f"the article is about {title} ({shown})", None)
    sure = len(evidence.war) + parties
    if len(evidence.disaster) > sure or (evidence.disaster and war <= 1):
        return Topic(None, _moved_by(evidence.disaster))
    return Topic(None, None)


def why_not_of_war(subject: Topic, sentence: str, paragraph: str, *, moves: bool) -> str | None:
    """Return why a claim is not about a conflict, ``None`` where it is.

    A digest may have one item on a war, and a report of a war one on a flood: what the sentence
    and its paragraph say goes before what the article is about.

    Parameters
    ----------
    subject
        What the article is about.
    sentence, paragraph
        Where the claim stands.
    moves
        Whether it says that people fled or returned.
    """
    if subject.off is not None:
        return None if _is_item_of_war(paragraph) else subject.off
    if not moves:
        return None
    said = Evidence.of(sentence)
    fights = said.war | (said.shared - UPROOTED.now())
    if subject.disaster is not None:
        return None if fights and not said.disaster else subject.disaster
    if said.disaster and not fights:
        return _moved_by(said.disaster)
    return None


def _is_item_of_war(paragraph: str) -> bool:
    """Whether a paragraph alone gives grounds to read its words as words of war."""
    evidence = Evidence.of(paragraph)
    if len(evidence.war) < _LEAST_WAR_ITEM or evidence.weight <= _LEAST_WAR_ITEM:
        return False
    return all(len(evidence.found & words.now()) < _LEAST_WAR_ITEM for words in OTHERS.values())


def _moved_by(words: frozenset[str]) -> str:
    return f"people moved by a disaster ({', '.join(sorted(words)[:3])}), not by fighting"


def _least(n_words: int, by_length: tuple[tuple[int, int], ...], long: int) -> int:
    return next((n for size, n in by_length if n_words < size), long)
