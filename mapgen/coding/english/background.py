"""Find sentences about the past that have no date of their own.

A background paragraph gives its year only once ("In 2014 ..."), an explainer uses it as the
heading of a paragraph ("2020."), and a feature on an anniversary is about nothing else. The
following sentences in the past tense belong to that time, until one has a date of the present.
Sentences come in one by one; the words that set them in the past go out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.dates import PRESENT_DAYS, find_dates, past_words
from mapgen.coding.english.own_days import is_participle_aside

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.coding.english.dates import DateMention
    from mapgen.reading.passages import Passage

_LEAD_CHARS = 500
_RECENT_DAYS = 21  # a day without a year that is as near as this to publication is of now
_FOLLOWING_DAYS = 75  # how far a story of an earlier year goes on with days without a year
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
_STORY = re.compile(
    r"\W*(?:\d{1,2}[:.]\d\d\W+(?:(?:GMT|UTC)\W+)?)?(?P<label>The story so far"
    r"|How (?:it|it all|this|we|the \w+) (?:began|got here|started))\s?[:–—.]\s"
)
_NOW = re.compile(r"\b(?:now|this time|these days|currently)\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:(?:[Bb]ack\s)?[Tt]hen|[Ii]n\sthose\sdays"
    r"|[Tt]hat\s(?:day|night|spring|summer|autumn|time|winter|year))\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
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
    _story: str | None = None  # "How we got here:", behind which recent days are of now
    _day: date | None = None  # end of the month or day of an earlier year that it names
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
        self._begin(passage)
        start, end = passage.bounds(sent)
        text = passage.text[start:end]
        dates = find_dates(text, self.published)
        label = self._label_of(dates)
        if label and _is_past_tense(sent):
            return label
        aside, self._aside = self._aside, None
        alone = _YEAR_ALONE.match(text)
        if alone and self.published is not None and int(alone["year"]) < self.published.year:
            self.told = alone["year"]
            return None
        goes_on = self._goes_on(dates)
        if goes_on and _is_past_tense(sent) and not _NOW.search(text):
            return self.told
        if self._is_present(dates) or (self.told and _NOW.search(text)):
            self.told = None
            return None
        own = past_words(text, self.published)
        if own:
            self._note(own, text, past_words(_main_words(sent, passage), self.published))
            return None
        if not self._is_past(sent, text):
            return None
        if aside and not dates and _POINTS_BACK.match(text):
            return aside  # "That campaign displaced thousands"
        return self.told if not dates and self.told else self.lead

    def _is_past(self, sent: Span, text: str) -> bool:
        """Whether a sentence is in the past tense, or a witness speaks of a time told before."""
        return _is_past_tense(sent) or (self.told is not None and _is_of_then(sent, text))

    def _label_of(self, dates: list[DateMention]) -> str | None:
        """Return the label of the paragraph that sets a sentence with these dates in the past."""
        return self._label or (self._story if not self._is_recent(dates) else None)

    def _begin(self, passage: Passage) -> None:
        """Forget what set the last paragraph in the past, if a new one begins."""
        if passage.starts[0] == self._paragraph:
            return
        self._paragraph = passage.starts[0]
        self.told = self._aside = self._day = None
        label = _LABEL.match(passage.text, passage.starts[0])
        self._label = label["label"] if label else None
        story = _STORY.match(passage.text, passage.starts[0])
        self._story = story["label"] if story else None

    def _note(self, own: str, text: str, main: str | None) -> None:
        """Note the past words of a sentence, and those outside of its relative clauses."""
        if main is None:  # "a route that they had secured in 2016": only that clause is past
            self._aside = own
            return
        self.told = own if re.search(r"\d{4}|years|decade", own) else self.told
        self._day = _last_day(text, own)

    def _goes_on(self, dates: list[DateMention]) -> bool:
        """Whether the only day of a sentence follows that of an earlier year told before it.

        An example is "In November 2012 rebels took Goma. They left it on 1 December". A day of the
        last weeks is never taken for one of an earlier year.
        """
        if self.published is None or self._day is None or len(dates) != 1:
            return False
        when = dates[0].when
        if when.basis == "relative" or when.start is None or _YEAR.search(when.words):
            return False
        if when.start > self.published - timedelta(days=_RECENT_DAYS):
            return False
        try:
            then = when.start.replace(year=self._day.year)
            if then < self._day.replace(day=1):
                then = then.replace(year=self._day.year + 1)
        except ValueError:  # 29 February
            return False
        return then - self._day <= timedelta(days=_FOLLOWING_DAYS)

    def _is_recent(self, dates: list[DateMention]) -> bool:
        """Whether one of the dates is of the last weeks."""
        first = self.published - timedelta(days=_RECENT_DAYS) if self.published else None
        return any(
            d.when.basis == "relative"
            or (first and d.when.end and d.when.end >= first and not d.since)
            for d in dates
        )

    def _is_present(self, dates: list[DateMention]) -> bool:
        """Whether one of the dates is near the day of publication."""
        if self.published is None:
            return False
        # "in 2012 they took it in November": the month is of that year
        years = [d for d in dates if _YEAR_ALONE.match(d.when.words) and not d.since]
        if any(int(d.when.words) < self.published.year for d in years):
            dates = [d for d in dates if d.when.basis == "relative" or _YEAR.search(d.when.words)]
        return any(
            d.when.basis == "relative"
            or (
                d.when.end is not None
                and d.when.end > self.published - timedelta(days=PRESENT_DAYS)
                and self.lead is None  # "on March 21" may be of an earlier year
            )
            for d in dates
        )


def _last_day(text: str, own: str) -> date | None:
    """Return the end of the last day or month of a sentence, in the year that it names."""
    year = _YEAR.search(own)
    if year is None:
        return None
    # with the year itself as the day of publication, "in November" is that of the year
    dates = find_dates(text, date(int(year.group(0)), 12, 31))
    ends = [d.when.end for d in dates if d.when.end and not _YEAR_ALONE.match(d.when.words)]
    return max(ends, default=None)


def _is_past_tense(sent: Span) -> bool:
    """Whether a sentence is in the past tense, unlike "has besieged" and "is"."""
    verb = sent.root
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if helpers & {"has", "have", "'ve", "’ve", "is", "are"}:
        return False
    return verb.tag_ in {"VBD", "VBN"} or bool(helpers & {"had", "was", "were", "did"})


def _is_of_then(sent: Span, text: str) -> bool:
    """Whether a witness says in the past tense what happened then: "Then we ran to X," he says."""
    said = [c for c in sent.root.children if c.dep_ == "ccomp" and c.tag_ == "VBD"]
    return bool(said) and _THEN.search(text) is not None


def _main_words(sent: Span, passage: Passage) -> str:
    """Return the text of a sentence without its relative clauses and other asides."""
    asides = (t for t in sent if _is_relative(t) or is_participle_aside(t))
    aside = {x.i for t in asides for x in t.subtree}
    return " ".join(passage.word(t) for t in sent if t.i not in aside)


def _is_relative(verb: Token) -> bool:
    """Whether a verb is that of a relative clause, unlike "was a boy when rebels took X"."""
    when = any(c.lower_ == "when" for c in verb.children)
    return verb.dep_ == "relcl" and not (when and verb.head.dep_ == "attr")
