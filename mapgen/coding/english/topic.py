"""Decide what an article is about, because only conflicts are mapped, not sport, films or floods.

The words of war are used for many things ("captured the title", "a price war"), so an article must
show that it means war: by words that only fighting has, by phrases of situation reports ("armed
individuals"), or by named parties. Words that fighting shares with crime, sport and trade
("attack", "displaced", "security") count half. The text of an article comes in, and its topic goes
out, with the reason if its claims are not to be mapped.
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
# (length in words, evidence of war that a shorter article must have); the shortest needs none
_LEAST_WAR = ((40, 0), (120, 1))
_LEAST_WAR_LONG = 2
_LEAST_OTHER = ((40, 2), (120, 3))
_LEAST_OTHER_LONG = 4
_LEAST_WAR_ITEM = 2
_LEAST_DISASTER = 2  # words for a disaster in a lead


@dataclass(frozen=True, slots=True)
class Topic:
    """Whether an article is about a conflict, and whether its displaced people fled fighting."""

    off: str | None  # the reason if none of its claims are mapped
    disaster: str | None  # the reason if its displacement is not mapped
    is_other: bool = False  # whether it is about something else: sport, business, a film
    disaster_words: frozenset[str] = frozenset()  # its words for floods, earthquakes and the like


@dataclass(frozen=True, slots=True)
class Evidence:
    """The distinct words of a text that suggest war or a disaster.

    Attributes
    ----------
    war
        Words and phrases that only fighting has.
    shared
        Words that fighting shares with other topics.
    disaster
        Words for floods, earthquakes and the like.
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
        """Collect the evidence in a text."""
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
        """Weight of the evidence for war; shared words count half, or fully in reports of aid."""
        shared = len(self.shared)
        return len(self.war) + (shared if self.found & AID.now() else shared // 2)


def topic_of(text: str, parties: int) -> Topic:
    """Decide the topic of an article by its words.

    Parameters
    ----------
    text
        Text of the article.
    parties
        Number of distinct armed parties that it names.

    Returns
    -------
    Topic
        Reasons not to map its claims, or its displacement, if there are any.
    """
    evidence = Evidence.of(text)
    war = evidence.weight + parties
    if war < _least(evidence.n_words, _LEAST_WAR, _LEAST_WAR_LONG):
        off = "the article is not about a conflict (it hardly speaks of fighting)"
        return Topic(off, None, disaster_words=evidence.disaster)
    least = _least(evidence.n_words, _LEAST_OTHER, _LEAST_OTHER_LONG)
    for title, words in OTHERS.items():
        other = evidence.found & words.now()
        if len(other) >= least and len(other) >= war:
            shown = ", ".join(sorted(other)[:3])
            return Topic(f"the article is about {title} ({shown})", None, is_other=True)
    sure = len(evidence.war) + parties
    if len(evidence.disaster) > sure or (evidence.disaster and war <= 1):
        return Topic(None, _moved_by(evidence.disaster), disaster_words=evidence.disaster)
    return Topic(None, None)


def why_not_of_war(subject: Topic, sentence: str, paragraph: str, *, moves: bool) -> str | None:
    """Return the reason why a claim is not about a conflict, or None if it is.

    A digest may have one item about a war, and a report about a war one about a flood. Therefore
    the sentence and its paragraph take precedence over the topic of the article.

    Parameters
    ----------
    subject
        Topic of the article.
    sentence, paragraph
        Text of the sentence and of the paragraph of the claim.
    moves
        Whether the claim says that people fled or returned.
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


def disaster_in_lead(subject: Topic, lead: str) -> str | None:
    """Return the reason not to map movements of an article whose lead is about a disaster.

    It holds for sentences without a word of fighting of their own, up to the first one that has
    such a word.

    Parameters
    ----------
    subject
        Topic of the article.
    lead
        Text of its first sentences.
    """
    evidence = Evidence.of(lead)
    fights = evidence.war | (evidence.shared - UPROOTED.now())
    if fights or subject.disaster is not None or len(evidence.disaster) < _LEAST_DISASTER:
        return None
    return _moved_by(evidence.disaster)


def speaks_of_fighting(text: str) -> bool:
    """Whether a text has a word that only fighting has, or one that it shares with other topics."""
    said = Evidence.of(text)
    return bool(said.war | (said.shared - UPROOTED.now()))


def disaster_behind(subject: Topic, sentence: str) -> str:
    """Return the words for the disaster that moved people by a sentence of an article, if any.

    Parameters
    ----------
    subject
        Topic of the article. An article about sport or business has no disaster behind its claims.
    sentence
        Text of the sentence of the claim.
    """
    words = frozenset() if subject.is_other else subject.disaster_words
    return ", ".join(sorted(words | Evidence.of(sentence).disaster)[:3])


def _is_item_of_war(paragraph: str) -> bool:
    """Whether a paragraph alone has enough evidence of war."""
    evidence = Evidence.of(paragraph)
    if len(evidence.war) < _LEAST_WAR_ITEM or evidence.weight <= _LEAST_WAR_ITEM:
        return False
    return all(len(evidence.found & words.now()) < _LEAST_WAR_ITEM for words in OTHERS.values())


def _moved_by(words: frozenset[str]) -> str:
    """Return the reason for not mapping displacement by a disaster, with its words."""
    return f"people moved by a disaster ({', '.join(sorted(words)[:3])}), not by fighting"


def _least(n_words: int, by_length: tuple[tuple[int, int], ...], long: int) -> int:
    """Return the least number of words of evidence for an article of this length."""
    return next((n for size, n in by_length if n_words < size), long)
