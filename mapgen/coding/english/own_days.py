"""Decide which of the days in a sentence is that of an event.

The trigger of an event and its sentence come in; a day goes out. A day belongs to the clause that
contains it, unless somebody spoke on that day. A sentence may give each place a day of its own:
"Hama on Thursday and Rastan on Friday".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.asides import sayings
from mapgen.coding.english.counted_days import with_counted
from mapgen.coding.english.dates import few, find_dates
from mapgen.core.tables.lexicon import lexicon

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span, Token

    from mapgen.coding.english.dates import DateMention
    from mapgen.model import When
    from mapgen.reading.passages import Passage

# "entered Y on Tuesday, two days after they took Z": Tuesday is the date of Y, not of Z
_APART = re.compile(
    r"\b(?:(?P<n>an?|the|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+)?"
    r"(?P<unit>day|week)s?\s+(?P<way>after|before)\s(?P<between>[^,;.]{0,120})$",
    re.IGNORECASE,
)
_DAYS_OF = {"day": 1, "week": 7}
# "said on Monday it had retaken the town": they spoke on Monday
_SPOKE = re.compile(
    r"\b(?:said|says|announced|reported|stated|told\s\w+)\s+(?:late\s|early\s)?(?:on\s)?$"
)
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|as against)\b[^.;]*$|,\s(?:up|down) from\b[^.;]*$"
)
# "its biggest gain since it took Z in June": June is not the month of the gain
_SINCE = (
    r"\b(?:best|biggest|bloodiest|deadliest|first|gravest|greatest|heaviest|last|latest|most|largest"
    r"|worst)\b[^,;.]{0,80}?\bsince\b(?:(?!,\s(?:and|but)\b)[^;.])*"
)
# "fired from X, theirs since May, hit Y": May is of X
_HELD_SINCE = re.compile(r", (?:held|in|theirs|under)\b[^,;.]{0,40}\bsince [^,;.]{2,30},")
MEASURED_SINCE = re.compile(_SINCE)
_MEASURED_UP_TO = re.compile(rf"{_SINCE}$")
_CLAUSES = frozenset({"ROOT", "relcl", "advcl", "ccomp", "acl", "parataxis", "csubj", "pcomp"})


@dataclass(frozen=True, slots=True)
class SentenceDays:
    """The days of one sentence, with offsets from its beginning.

    Parameters
    ----------
    sent
        The sentence.
    start
        Offset of the sentence in the article.
    words
        Its words.
    own
        Days that may be those of events.
    spoken
        Days at which somebody spoke.
    """

    sent: Span
    start: int
    words: str
    own: list[DateMention]
    spoken: list[DateMention]

    def token(self, mention: DateMention, passage: Passage) -> Token:
        """Return the first token of the words for a day."""
        at = self.start + mention.start
        return next(t for t in self.sent if passage.ends[t.i] > at)


def days_of_sentence(
    sent: Span, passage: Passage, published_on: date | None, current: When | None
) -> SentenceDays:
    """Return the days of a sentence.

    Parameters
    ----------
    sent
        The sentence.
    passage
        The passage that contains it.
    published_on
        Day of publication, against which "Monday" is resolved.
    current
        Day that the narrative has reached, from which "the next day" is counted.
    """
    start, end = passage.bounds(sent)
    words = passage.text[start:end]
    dates = find_dates(words, published_on)
    saying = {passage.starts[i] - start for i in sayings(sent, deep=False)}
    spoken = {d.start for d in dates if d.start in saying or _SPOKE.search(words[: d.start])}
    dates = with_counted(words, dates, current, sorted(spoken))
    dates = [d for d in dates if not _is_compared(words[: d.start])]
    own = [d for d in dates if d.start not in spoken]
    return SentenceDays(sent, start, words, own, [d for d in dates if d.start in spoken])


def _is_compared(before: str) -> bool:
    """Whether the words before a day make it one to compare with: "up from", "the first since"."""
    return _COMPARED.search(before) is not None or _MEASURED_UP_TO.search(before) is not None


def date_of(
    trigger: Token,
    passage: Passage,
    published_on: date | None,
    current: When | None = None,
    *,
    is_move: bool = False,
) -> When | None:
    """Return the date that a sentence gives for its trigger, or None.

    Parameters
    ----------
    trigger
        The word that names what happened.
    passage
        The passage that contains it.
    published_on
        Day of publication, against which relative dates are resolved.
    current
        Day that the narrative has reached, from which "the next day" is counted.
    is_move
        Whether people fled or returned. They "left after tanks came on Tuesday" on that day.

    Notes
    -----
    The nearest date of the same clause is used, else the nearest that does not belong to another
    event. If there is only the date at which somebody spoke, the event happened on that day or the
    day before.
    """
    days = days_of_sentence(trigger.sent, passage, published_on, current)
    at = passage.starts[trigger.i] - days.start
    apart = _APART.search(days.words[:at])
    if apart is not None and not _is_dated(days, apart.start("between"), at):
        origin = _origin(days, apart.start(), current)
        return _shifted(origin, apart) if origin is not None else None
    clause = clause_of(trigger)
    heads = [(d, _clause_of_day(d, days, passage)) for d in _not_of_others(days, at)]
    fitting = [d for d, head in heads if head == clause] or [
        d for d, head in heads if not _is_apart(clause, head, is_move=is_move)
    ]
    if fitting:
        own = [d for d in fitting if _is_below(days.token(d, passage), trigger)]
        return _nearest(own or fitting, at).when
    if not days.spoken:
        return None
    spoken = _nearest(days.spoken, at).when
    if spoken.start is None or spoken.start != spoken.end:
        return spoken
    # "X had been taken, he said on Friday": then, or just before
    return replace(spoken, start=spoken.start - timedelta(days=1))


def _not_of_others(days: SentenceDays, at: int) -> list[DateMention]:
    """Return the days of a sentence that can be those of the trigger at an offset.

    Of "shelled X; Y has been besieged since May" and "fired from X, theirs since May, hit Y" May is
    none.
    """
    asides = [m.span() for m in _HELD_SINCE.finditer(days.words)]
    asides = [(a, b) for a, b in asides if not a <= at < b]
    own = [d for d in days.own if d.start < at or ";" not in days.words[at : d.start]]
    return [d for d in own if not any(a <= d.start < b for a, b in asides)]


def _is_below(word: Token, trigger: Token) -> bool:
    """Whether a day depends on a verb itself: "took X in May and marched into Y on Friday"."""
    for above in word.ancestors:
        if above.i == trigger.i:
            return True
        if above.pos_ in {"VERB", "AUX"}:
            return False
    return False


_DAY_ALONE = re.compile(
    r"(?:It|That|This) (?:was|happened)(?: (?:actually|in fact|really))?(?: on)?"
    r" (?P<day>[^,;:]{3,30})\.?"
)


def day_alone(sentence: str, published_on: date | None) -> When | None:
    """Return the day of a sentence that says nothing else: "It was Monday."."""
    told = _DAY_ALONE.fullmatch(sentence.strip())
    dates = find_dates(sentence, published_on) if told is not None else []
    if told is None or len(dates) != 1 or dates[0].when.start is None:
        return None
    words = told["day"].removeprefix("on ").rstrip(".")
    return dates[0].when if dates[0].when.words == words else None


def _nearest(dates: list[DateMention], at: int) -> DateMention:
    """Return the date nearest to an offset, and the first of two that are equally near."""
    return min(dates, key=lambda d: (abs(d.start - at), d.start))


def _origin(days: SentenceDays, at: int, current: When | None) -> When | None:
    """Return the day from which "two days after", at this offset, is counted."""
    known = sorted((d for d in [*days.own, *days.spoken] if d.when.start), key=lambda d: d.start)
    before = [d for d in known if d.start < at]
    if before:
        return before[-1].when
    return known[0].when if known else current


def _is_dated(days: SentenceDays, since: int, at: int) -> bool:
    """Whether "after they took X on Monday" has a day of its own, near the trigger at ``at``."""
    return any(
        since <= d.start and (d.start < at or not re.search(r"[,;]", days.words[at : d.start]))
        for d in days.own
    )


def clause_of(token: Token) -> Token:
    """Return the verb, or other head, of the smallest clause that contains a token."""
    while token.dep_ not in _CLAUSES and not _is_joined_verb(token) and token.head.i != token.i:
        token = token.head
    return token


def _is_joined_verb(token: Token) -> bool:
    """Whether a token is the verb of a clause joined by "and" that has its own subject."""
    return (
        token.dep_ == "conj"
        and token.pos_ in {"VERB", "AUX"}
        and any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
    )


def is_aside(head: Token) -> bool:
    """Whether a clause tells of another time: "who took X", "after taking X", "X, lost in June"."""
    if head.dep_ == "relcl":
        return head.head.text.isalnum()  # the parser may take "•" for a noun
    marks = {c.lower_ for c in head.children if c.dep_ in {"mark", "prep", "advmod"}}
    if is_participle_aside(head):
        return True
    if head.dep_ == "advcl":
        return bool(marks & {"after", "before"})
    return head.dep_ == "pcomp" and head.head.lower_ in {"after", "before", "since"}


def _is_concession(head: Token) -> bool:
    """Whether a clause tells of something else, in spite of which: "although Y was shelled"."""
    marks = {c.lower_ for c in head.children if c.dep_ == "mark"}
    return head.dep_ == "advcl" and bool(marks & {"although", "though", "whereas"})


def is_participle_aside(head: Token) -> bool:
    """Whether a participle is an aside about the place before it: "In X, lost in June, ...".

    At the end of a sentence in the present tense it is one if it tells of war: "holds X, bombed by
    rebels in 2022."
    """
    if head.dep_ not in {"acl", "advcl"} or head.tag_ != "VBN" or head.i <= head.sent.start:
        return False
    if head.nbor(-1).text != ",":
        return False
    last = head.right_edge
    if last.i + 1 < head.sent.end and last.nbor(1).text == ",":
        return True
    is_last = last.i + 2 >= head.sent.end and head.sent.root.tag_ in {"VBP", "VBZ"}
    return is_last and (head.lemma_.lower(), "verb") in lexicon()


def _clause_of_day(mention: DateMention, days: SentenceDays, passage: Passage) -> Token:
    """Return the head of the clause of a day.

    In "those who took Y last week entered X", the parser gives the day to the second verb.
    """
    token = days.token(mention, passage)
    head = clause_of(token)
    if head.i > token.i:
        for t in reversed(list(days.sent)):
            if t.i < token.i and t.is_punct:
                break
            if t.i < token.i and t.dep_ == "relcl":
                return t
    return head


def _is_apart(clause: Token, head: Token, *, is_move: bool) -> bool:
    """Whether a day of one clause is not that of an event in the other.

    That is so if one of them is in a relative clause or "after" clause that lacks the other.
    """
    for inner, outer in ((head, clause), (clause, head)):
        if is_move and inner == clause and inner != head:
            return False
        cur = inner
        while cur.head.i != cur.i:
            kept = is_move and cur.dep_ != "relcl" and not _is_concession(cur)
            if (
                (is_aside(cur) or _is_concession(cur))
                and not kept
                and not (cur == outer or cur.is_ancestor(outer))
            ):
                return True
            cur = cur.head
    return False


def _shifted(when: When, apart: re.Match[str]) -> When | None:
    """Return the date a number of days or weeks from another one, or None without a number."""
    said = apart["n"].lower() if apart["n"] else ""
    number = 1 if said == "the" else few(said) if said else None
    if number is None or when.start is None or when.end is None:
        return None
    n_days = number * _DAYS_OF[apart["unit"].lower()]
    by = timedelta(days=-n_days if apart["way"].lower() == "after" else n_days)
    give = timedelta(days=0 if apart["unit"].lower() == "day" else 3)  # weeks are seldom exact
    words = apart.group(0)[: apart.end("way") - apart.start()]
    return replace(when, start=when.start + by - give, end=when.end + by + give, words=words)
