"""Find what no longer holds by the words of its own sentence, and what was regained after a loss.

Examples are "took X on Monday, lost it on Tuesday and took it back", "before that", "people who had
fled X are returning" and "since they captured X on 20 December". The trigger word comes in; the
words that set it in the past, or the verb that still stands, go out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.dates import find_dates
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Token

    from mapgen.model import When
    from mapgen.reading.passages import Passage

LOSING = word_list("undone", "losing")
DENIAL = word_list("modality", "denial")
REGAINING = word_list("undone", "regaining")
TAKING = word_list("undone", "taking")
ENDING = word_list("undone", "ending")
GOING_ON = word_list("undone", "going_on")
RETURNING = word_list("undone", "returning")
_AGAIN = frozenset({"again", "back", "anew"})
_IT = frozenset({"it", "them", "both"})
_STATES = frozenset({"in", "open", "to", "under", "with", "without"})
# not "captured the day before that", which another day is counted from
_BEFORE = re.compile(
    r"(?<!day )(?<!days )(?<!evening )(?<!month )(?<!night )(?<!week )(?<!weeks )(?<!year )"
    r"\bbefore (?:that|then)\b",
    re.IGNORECASE,
)
_NEXT_DAY = re.compile(
    r"\b(?:the (?:following|next) (?:day|morning|afternoon|evening)|(?:a|one) day later"
    r"|the day after)\b"
)
_ONE_DAY = timedelta(days=1)
_CLAUSE_END = re.compile(r"\s*[.;,)]")


def outcome(trigger: Token) -> tuple[Token, bool]:
    """Return the last verb of "took X, lost it and took it back", and whether X was lost last.

    Without such verbs, it is the trigger itself, and nothing was lost.
    """
    last, lost = trigger, False
    for t in trigger.sent:
        if t.i <= trigger.i or not _is_of_it(t) or _is_of_another(t, trigger):
            continue
        if t.lemma_.lower() in LOSING:
            last, lost = t, True
        elif lost and (t.lemma_.lower() in REGAINING or is_again(t)):
            last, lost = t, False
    return last, lost


def _is_of_another(verb: Token, trigger: Token) -> bool:
    """Whether a verb stands in a clause about another town: "holds X and Y, which Z lost again"."""
    if trigger.tag_ not in {"VBP", "VBZ"}:
        return False
    clauses = [t for t in (verb, *verb.ancestors) if t.dep_ == "relcl"]
    return any(not c.is_ancestor(trigger) and c.i > trigger.i for c in clauses)


def is_only_to(verb: Token) -> bool:
    """Whether a verb is the second half of "only to lose it", which tells what happened.

    Parameters
    ----------
    verb
        An infinitive.
    """
    to = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "TO"), None)
    return to is not None and to.i > verb.sent.start and to.nbor(-1).lower_ == "only"


def day_of_turn(
    trigger: Token, passage: Passage, published: date | None
) -> tuple[bool, When | None]:
    """Return whether a trigger is a turn as in "lost it and took it back", and the day after it.

    The days of what came before in the sentence are those of other turns.
    """
    last, lost = outcome(trigger)
    earlier = trigger.doc[trigger.sent.start : last.i + 1]
    turns = any(t.lemma_.lower() in LOSING and _is_of_it(t) for t in earlier)
    if lost or not turns:
        return False, None
    start, end = passage.bounds(last.sent)
    at = passage.starts[last.i]
    before = [d.when for d in find_dates(passage.text[start:at], published)]
    return True, day_told(passage.text[at:end], published, before[-1] if before else None)


def day_told(words: str, published: date | None, before: When | None) -> When | None:
    """Return the day that words give; "the next day" counts from the one told before.

    Parameters
    ----------
    words
        Words of a sentence.
    published
        Day of publication.
    before
        The day that the words before them give.
    """
    dates = find_dates(words, published)
    if dates:
        return dates[0].when
    next_day = _NEXT_DAY.search(words)
    if next_day is None or before is None or before.start is None or before.end is None:
        return None
    start, end = before.start + _ONE_DAY, before.end + _ONE_DAY
    return replace(before, words=next_day.group(0), start=start, end=end)


def _is_of_it(verb: Token) -> bool:
    """Whether a verb that follows others has "it" or "them" as its object."""
    if verb.pos_ != "VERB" or any(c.dep_ in {"nsubj", "neg"} for c in verb.children):
        return False
    wished = any(c.tag_ in {"MD", "TO"} for c in verb.children) and not is_only_to(verb)
    if wished or verb.head.lemma_.lower() in DENIAL:
        return False  # "the army took it; the rebels denied having lost it"
    following = [t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + 3, verb.sent.end)]]
    if _shares_which(verb):
        return True
    if verb.tag_ == "VBN" and verb.lemma_.lower() == "lose" and following[:1] == ["again"]:
        return verb.nbor(-1).text in {",", ";", "and", "then"}  # "recaptured on Monday, lost again"
    if verb.lemma_.lower() == "leave" and following[1:] and following[1] in _STATES:
        return False  # "left it in ruins"
    return bool(following) and following[0] in _IT


def _shares_which(verb: Token) -> bool:
    """Whether a verb has the object of the one before: "X, which they took and abandoned"."""
    head = verb.head
    if verb.dep_ != "conj" or head.dep_ != "relcl" or verb.tag_ != head.tag_:
        return False
    own = any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children)
    return not own and any(c.dep_ == "dobj" and c.tag_ == "WDT" for c in head.children)


def is_again(verb: Token) -> bool:
    """Whether a verb is "took it again" or "took it back".

    Parameters
    ----------
    verb
        Any verb.
    """
    near = verb.doc[verb.i + 1 : min(verb.i + 4, verb.sent.end)]
    return verb.lemma_.lower() in TAKING and any(t.lower_ in _AGAIN for t in near)


def undone(token: Token, passage: Passage, published: date | None, *, days: int) -> str | None:
    """Return the words by which a sentence says that something no longer holds, or None.

    Parameters
    ----------
    token
        The trigger.
    passage
        The passage that contains it.
    published
        Day of publication.
    days
        Age in days up to which "since they took X on 20 December" is of the present.
    """
    last, lost = outcome(token)
    if lost:
        return passage.word(last)
    start, end = passage.bounds(token.sent)
    before = _BEFORE.search(passage.text, start, end)
    if before is not None and (
        before.start() < passage.starts[token.i] or _CLAUSE_END.match(passage.text, before.end())
    ):
        return before.group(0)
    return (
        _since(token, passage, published, days)
        or _returned(token, passage)
        or _ended(token, passage)
        or _died_down(token, passage)
        or _before_these(token, passage)
    )


# "Before the attacks, 9,000 people had returned", but not "Before dawn, they had entered X"
_BEFORE_THESE = re.compile(
    r"\W*(?P<word>Before|Prior to|Until) (?:the|these|this) (?:[\w-]+ ){0,2}?(?:advance|assault"
    r"|attacks?|battle|clashes|conflict|coup|crisis|escalation|fighting|offensive|operation"
    r"|violence|war)\b"
)


def _before_these(token: Token, passage: Passage) -> str | None:
    """Return the "before" of "Before the attacks, 9,000 people had returned", or None."""
    if all(c.lower_ != "had" for c in token.children):
        return None
    found = _BEFORE_THESE.match(passage.text, passage.bounds(token.sent)[0])
    return found["word"] if found is not None and found.end() <= passage.starts[token.i] else None


def _ended(token: Token, passage: Passage) -> str | None:
    """Return the "once" of "once held by X", or how long it was: "until May", "for a day".

    A town that is merely "held for two years by X" may be so still.
    """
    is_holding = token.lemma_.lower() in _HOLDING
    once = next((c for c in token.children if c.lower_ == "once" and c.dep_ == "advmod"), None)
    if once is not None and token.tag_ in {"VBD", "VBN"} and not _is_anew(once):
        return passage.word(once) if is_holding or token.dep_ in {"acl", "relcl"} else None
    if not is_holding:
        return None
    helpers = {c.lower_ for c in token.children if c.dep_ in {"aux", "auxpass"}}
    if token.tag_ not in {"VBD", "VBN"} or helpers & {"has", "have", "is", "are"}:
        return None
    ends = _ends_behind(token)
    if helpers & {"was", "were"} or token.tag_ == "VBD":
        ends += _spans_behind(token)
    return passage.word(ends[0]) if ends else None


def _died_down(token: Token, passage: Passage) -> str | None:
    """Return the verb of "the fighting in Y has stopped", "the siege of Y lasted until June"."""
    verb = token.head
    if GOING_ON.isdisjoint({token.lemma_.lower(), token.lower_}) or token.dep_ not in _SUBJECTS:
        return None
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    told = verb.tag_ in {"VBD", "VBN"} and helpers <= {"had", "has", "have"}
    # "fighting in Y stopped traffic" and "stopped and began again" are of fighting now
    if not told or any(c.dep_ in {"conj", "dobj", "neg"} for c in verb.children):
        return None
    with_it = {c.lower_ for c in verb.children if c.i > verb.i}
    needed = _WITH.get(verb.lemma_.lower())
    over = verb.lemma_.lower() in ENDING or (needed is not None and bool(needed & with_it))
    return passage.word(verb) if over else None


_SUBJECTS = frozenset({"csubj", "nsubj"})
_WITH = {"die": {"away", "down", "out"}, "last": {"till", "until"}}


def _is_anew(once: Token) -> bool:
    """Whether "once" is part of "once again" or "once more"."""
    return once.i + 1 < once.sent.end and once.nbor(1).lower_ in {"again", "more"}


def _ends_behind(verb: Token) -> list[Token]:
    """Return the words behind a verb that say when a state ended: "until May", "before Y came"."""
    behind = [c for c in verb.children if c.i > verb.i]
    clauses = [c for v in behind if v.dep_ == "advcl" for c in v.children if c.dep_ == "mark"]
    until = [c for c in behind if c.lower_ in {"until", "till"}]
    return until + [c for c in clauses if c.lower_ in {"before", "until", "till"}]


def _spans_behind(verb: Token) -> list[Token]:
    """Return the "for" of "was held for a day"."""
    spans = [c for c in verb.children if c.i > verb.i and c.dep_ == "prep" and c.lower_ == "for"]
    return [p for p in spans if any(o.lemma_.lower() in _SPANS for o in p.children)]


_SPANS = frozenset({"day", "hour", "minute", "month", "night", "week", "weekend", "year"})


_HOLDING = frozenset({"be", "control", "hold", "occupy", "remain", "rule", "run", "stay"})


def _since(token: Token, passage: Passage, published: date | None, days: int) -> str | None:
    """Return the "since" of "since X took Y, ...", unless it has a day that is not long ago."""
    since = next((c for c in token.children if c.lower_ == "since" and c.dep_ == "mark"), None)
    if since is None or token.dep_ != "advcl":
        return None
    inside = [o for t in token.children if t.dep_ == "dobj" for o in t.subtree if o.i > t.i]
    if any(o.i in passage.places for o in inside):
        return passage.word(since)  # "since they took the last stronghold in X" names no town
    own = " ".join(passage.word(t) for t in token.subtree)
    dates = [d.when.start for d in find_dates(own, published) if d.when.start is not None]
    if published is not None and any(d >= published - timedelta(days=days) for d in dates):
        return None
    return passage.word(since)


def _returned(token: Token, passage: Passage) -> str | None:
    """Return the verb of "people who had fled X are returning", who are no longer displaced."""
    if token.dep_ != "relcl" or all(c.lower_ != "had" for c in token.children):
        return None
    verb = token.head.head
    if token.head.dep_ not in {"nsubj", "nsubjpass"} or any(c.dep_ == "neg" for c in verb.children):
        return None
    home = any(c.lower_ in {"back", "home"} for c in verb.children if c.dep_ in {"advmod", "prt"})
    return passage.word(verb) if verb.lemma_.lower() in RETURNING or home else None
