"""Names that are rare: the small towns and camps that hardly anything but a place bears."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.resolve_spans import TIE
from mapgen.places.toponym_features import SAYING, common_words

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.namesake_choice import Choice
    from mapgen.places.toponyms import Span

SHARED = 0.3  # least share of the other names that lie in the country of a rare name
# Features that make a rare name a person's, a body's or a thing's.
_DOUBTS = (
    "after_capital",
    "after_capital_opening",
    "after_given_name",
    "after_honorific",
    "after_initial",
    "after_title",
    "after_title_small",
    "before_capital",
    "before_force",
    "before_honorific",
    "before_organisation",
    "before_saying",
    "before_street",
    "before_team",
    "common_word",
    "given_share",
    "lower_elsewhere",
    "nested",
    "opens_sentence",
    "person_elsewhere",
    "short",
    "possessive_small",
    "surname",
    "the",
    "titled_elsewhere",
)
_OF_PERSON = re.compile(r",\s\d\d?,| (?:al|bin|el|ibn)[ -][A-Z]")  # "Nadiia, 67," "Talal al-X"
_WORD_BEFORE = re.compile(r"([a-z]+)\s$")
_CAMP = re.compile(r"\s(?:refugee\s)?(?:camp|settlement|site)s?\b")


def is_rare(
    span: Span, choice: Choice, country: str | None, text: str, gazetteer: Gazetteer
) -> bool:
    """Return whether a name can hardly be anything but the place that the subject country has.

    A small town counts little by its weight alone. If no word and no person bears its name, and
    nothing beside it makes it part of another name, it is the town all the same.

    Parameters
    ----------
    span
        The name, with its features.
    choice
        The place that it was resolved to.
    country
        The country that the article is about (ISO 3166-1 alpha-2), or None.
    text
        The article.
    gazetteer
        Gazetteer with the layers of villages.
    """
    if choice.probability < TIE or any(span.features[k] for k in _DOUBTS):
        return False
    if span.is_loose and gazetteer.villages(span.surface, choice.namesake.country or ""):
        return False  # a village is spelt so
    if all(word in common_words() for word in span.surface.casefold().split()):
        return False  # "White House", "Red Cross"
    before = _WORD_BEFORE.search(text[max(0, span.start - 30) : span.start])
    if _OF_PERSON.match(text, span.end) or (before and before[1] in SAYING):
        return False
    if choice.is_inside_stated:
        return True
    return choice.namesake.country == country and choice.country_share >= SHARED


def is_strange_camp(choice: Choice, country: str | None, behind: str) -> bool:
    """Return whether a name that other places bear too finds a camp of another country.

    "Kobe", "Pamir" and "Mile" are camps only in texts on their countries, or with the word.

    Parameters
    ----------
    choice
        The place that the name was resolved to.
    country
        The country that the article is about (ISO 3166-1 alpha-2), or None.
    behind
        The text behind the name.
    """
    best = choice.namesake
    if best.feature != "CMPRF" or best.country == country or not choice.runners_up:
        return False
    return _CAMP.match(behind) is None
