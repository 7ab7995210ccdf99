"""Find sentences about the past that have no date of their own.

A background paragraph gives its year only once ("In 2014 ..."), an explainer uses it as the
heading of a paragraph ("2020."), and a feature on an anniversary is about nothing else. The
following sentences in the past tense belong to that time, until one has a date of the present.
Sentences come in one by one; the words that set them in the past go out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.dates import PRESENT_DAYS, find_dates, past_words

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span

    from mapgen.coding.english.dates import DateMention
    from mapgen.reading.passages import Passage

_LEAD_CHARS = 500
_ANNIVERSARY = re.compile(
    r"\byears? ago (?:this|today|to the|on)\b|\b(?:\d+(?:st|nd|rd|th)|\w+th) anniversary of\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\s*[Tt](?:hat|he) "
    r"(?:assault|attack|battle|campaign|fight|fighting|offensive|push|siege|war)\b"
)
_FEATURE = re.compile(
    r"^\W*(?:\w+|\d+) years (?:after|later|on)\s?[:–—-]|\b[Oo]n this day in (?:19|20)\d\d\b"
)
_LABEL = re.compile(r"\W*(?P<label>BACKGROUND|Background|Backstory|CONTEXT|Context)\s?[:–—]\s")
_NOW = re.compile(r"\b(?:now|this time|these days|currently)\b", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\W*(?P<year>(?:19|20)\d\d)\W*$")


@dataclass(slots=True)
class Background:
    """Follow an article sentence by sentence, and remember the words that set it in the past.

    Parameters
    ----------
    published
        Day of publication.
    lead
        Words in the first 500 characters that make the whole article one about the past.
    told
        Words that set the current paragraph in the past.
    """

    published: date | None
    lead: str | None = None
    told: str | None = None
    _paragraph: int = -1
    _label: str | None = None  # "Background:" at the beginning of the paragraph
    _aside: str | None = None  # past words in a relative clause of the last sentence

    @classmethod
    def of(cls, text: str, published: date | None) -> Background:
        """Return the background of an article; its beginning may set all of it in the past."""
        found = _ANNIVERSARY.search(text[:_LEAD_CHARS]) or _FEATURE.search(text[:_LEAD_CHARS])
        return cls(published, found.group(0) if found else None)

    def words(self, sent: Span, passage: Passage) -> str | None:
        """Return earlier words that set a sentence in the past, or None.

        Sentences must be given in reading order.
        """
        if passage.starts[0] != self._paragraph:
            self._paragraph, self.told, self._aside = passage.starts[0], None, None
            label = _LABEL.match(passage.text, passage.starts[0])
            self._label = label["label"] if label else None
        if self._label and _is_past_tense(sent):
            return self._label
        start, end = passage.bounds(sent)
        text = passage.text[start:end]
        aside, self._aside = self._aside, None
        alone = _YEAR_ALONE.match(text)
        if alone and self.published is not None and int(alone["year"]) < self.published.year:
            self.told = alone["year"]
            return None
        dates = find_dates(text, self.published)
        if self._is_present(dates) or (self.told and _NOW.search(text)):
            self.told = None
            return None
        own = past_words(text, self.published)
        if own:
            main = past_words(_main_words(sent, passage), self.published)
            if main is None:  # "a route that they had secured in 2016": only that clause is past
                self._aside = own
                return None
            self.told = own if re.search(r"\d{4}|years|decade", own) else self.told
            return None
        if not _is_past_tense(sent):
            return None
        if aside and not dates and _POINTS_BACK.match(text):
            return aside  # "That campaign displaced thousands"
        return self.told if not dates and self.told else self.lead

    def _is_present(self, dates: list[DateMention]) -> bool:
        """Whether one of the dates is near the day of publication."""
        if self.published is None:
            return False
        return any(
            d.when.basis == "relative"
            or (
                d.when.end is not None
                and d.when.end > self.published - timedelta(days=PRESENT_DAYS)
                and self.lead is None  # "on March 21" may be of an earlier year
            )
            for d in dates
        )


def _is_past_tense(sent: Span) -> bool:
    """Whether a sentence is in the past tense, unlike "has besieged" and "is"."""
    verb = sent.root
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if helpers & {"has", "have", "'ve", "’ve", "is", "are"}:
        return False
    return verb.tag_ in {"VBD", "VBN"} or bool(helpers & {"had", "was", "were", "did"})


def _main_words(sent: Span, passage: Passage) -> str:
    """Return the text of a sentence without its relative clauses."""
    aside = {x.i for t in sent if t.dep_ == "relcl" for x in t.subtree}
    return " ".join(passage.word(t) for t in sent if t.i not in aside)
