"""Decide the status of what a word says: asserted, claimed, hypothetical, denied or historical.

The trigger word of a draft comes in, and a status with the words that decided it goes out. The
rules climb from the trigger to the words that govern its clause, then look at the sentence as a
whole, and last at the dates and other words that set it in the past.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapgen.coding.english.afterthoughts import left_unchecked, taken_back
from mapgen.coding.english.dismissed import dismissed, left_open
from mapgen.coding.english.governors import (
    denied_by,
    doubted_by,
    hardly_any,
    left_open_by,
    told_to,
)
from mapgen.coding.english.own_words import clause_text, is_of_now
from mapgen.coding.english.past_wars import long_past
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.staged import proved_untrue, staged
from mapgen.coding.english.times_gone import time_gone
from mapgen.coding.english.undone import DENIAL, is_only_to, undone
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Status

if TYPE_CHECKING:
    from collections.abc import Set
    from datetime import date

    from spacy.tokens import Token

    from mapgen.reading.passages import Passage

MODALS = word_list("modality", "modals")
CONDITIONS = word_list("modality", "conditions")
POSSIBLE = word_list("modality", "possible")
INTENT = word_list("modality", "intent")
INTENT_NOUNS = word_list("modality", "intent_nouns")
AVERTING = word_list("modality", "averting")
NOTHING = word_list("modality", "nothing")
ALMOST = word_list("modality", "almost")
RUMOURS = word_list("modality", "rumours")
UNTRUE = word_list("modality", "untrue")
UNTRUTHS = word_list("dismissed", "untruths")
IFS = frozenset({"if", "unless"})
CLAUSES = word_list("modality", "clauses")
PROMISES = frozenset({"pledge", "promise", "vow", "offer"})
STALE_DAYS, RECENT_DAYS = 75, 30  # the age at which a date is history; the second after "had"
BACK = frozenset({"retook", "retaken", "recaptured", "regained", "reclaimed"})
HABIT = word_list("modality", "habit")


class Modality(NamedTuple):
    """A status, and the words that decided it (empty for a plain assertion)."""

    status: Status
    words: str


def _undone(token: Token, passage: Passage) -> Modality | None:
    """Return how the subject of a verb, or a verb coordinated with it, undoes what it says.

    "Neither X nor Y took it" denies that it was taken. "Which X captured and Y retook" says that it
    was captured, but that this no longer holds.
    """
    for c in token.children:
        if c.dep_ in {"nsubj", "nsubjpass"}:
            few = hardly_any(c)
            if few is not None:
                return Modality(Status.NEGATED, passage.word(few))
            none = next((x for x in c.subtree if x.lower_ in {"neither", "nobody"}), None)
            if none is not None and none.i < token.i:
                return Modality(Status.NEGATED, passage.word(none))
        if c.dep_ == "conj" and c.lower_ in BACK and not any(o.dep_ == "dobj" for o in c.children):
            return Modality(Status.HISTORICAL, passage.word(c))
    return None


def _own_marks(token: Token, passage: Passage) -> Modality | None:
    """Return the status that the first child such as "not", "could" or "if" gives to a word."""
    for c in token.children:
        if _denies(c, token):
            return Modality(Status.NEGATED, passage.word(c))
        word = _makes_possible(c)
        if word is not None:
            return Modality(Status.HYPOTHETICAL, passage.word(word))
        if c.lower_ == "ever" and token.dep_ == "relcl" and token.tag_ == "VBD":
            return Modality(Status.HISTORICAL, passage.word(c))  # "the first town it ever took"
    return None


def _denies(child: Token, token: Token) -> bool:
    """Whether a word denies its head: "not", "no", "nothing", "almost"."""
    low, dep = child.lower_, child.dep_
    if dep == "neg" or low in {"never", "hardly", "nor"}:
        return True
    if dep in {"det", "preconj"}:
        return low in {"no", "neither"} and token.pos_ in {"NOUN", "PROPN"}
    if dep in {"dobj", "nsubj", "nsubjpass"}:
        return low in NOTHING and token.pos_ in {"VERB", "AUX"}
    if low == "longer" and child.i > token.sent.start and child.nbor(-1).lower_ == "no":
        return True  # "is no longer besieged"
    # "nearly everyone has left" denies nothing
    of_all = child.i + 1 < child.sent.end and child.nbor(1).lower_ in _ALL
    return dep == "advmod" and low in ALMOST and token.pos_ == "VERB" and not of_all


_ALL = frozenset({"all", "every", "everybody", "everyone", "half"})


def _makes_possible(child: Token) -> Token | None:
    """Return the word that makes the head of a child only possible: "could", "if", "possible"."""
    low, dep = child.lower_, child.dep_
    if dep == "advcl":
        mark = _if_of(child)
        if mark is not None:
            return mark
    words: Set[str] = frozenset()
    if dep in {"aux", "auxpass"} and child.i < child.head.i:
        words = MODALS
    elif dep == "mark":
        ahead = child.head.tag_ in {"VBP", "VBZ"}  # "once they take X", not "once they had taken X"
        words = CONDITIONS | {"once"} if ahead else CONDITIONS
    elif dep in {"amod", "advmod"}:
        first = low == "once" and child.i < min(
            (c.i for c in child.head.children if c != child), default=child.i
        )
        words = {"once"} if first and child.head.tag_ in {"VBP", "VBZ"} else POSSIBLE
    return child if low in words else None


def _if_of(clause: Token) -> Token | None:
    """Return the "if" or "unless" of a conditional clause, but not that of "even if"."""
    mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ in IFS), None)
    if mark is None or (mark.i and mark.nbor(-1).lower_ == "even"):
        return None
    return mark


def _from_head(token: Token, head: Token, passage: Passage) -> Modality | None:
    """Return the status that the head of a word gives to it: "denied having", "hopes to"."""
    low = head.lower_
    # the lemmatiser turns "hopes" into "hop"
    lemmas = {head.lemma_.lower(), low.removesuffix("s"), low.removesuffix("d")}
    dep = token.dep_
    denies = bool(lemmas & DENIAL) and not _is_denied_behind(token, head)
    if denies and dep in {"xcomp", "ccomp", "pcomp", "acl", "dobj"}:
        return Modality(Status.NEGATED, passage.word(head))
    if dep == "nsubjpass" and lemmas & (DENIAL | AVERTING):
        return Modality(Status.NEGATED, passage.word(head))  # "the fall of Y was denied"
    if _is_intended(dep, head, lemmas):
        return Modality(Status.HYPOTHETICAL, passage.word(head))
    verdict = _verdict(dep, head)
    if verdict is not None:
        return Modality(Status.NEGATED, passage.word(verdict))
    talk = _talk_of(token, head)
    if talk is not None:
        return Modality(Status.HYPOTHETICAL, passage.word(talk))
    if low in {"are", "is"} and dep == "xcomp" and token.tag_ == "VB":
        return Modality(Status.HYPOTHETICAL, passage.word(head))  # "X is to vacate the towns"
    if low == "about" and token.tag_ == "VB":
        return Modality(Status.HYPOTHETICAL, "about to")
    if lemmas & {"stage", "ground"} and dep in {"prep", "acl", "relcl", "pobj"}:
        return Modality(Status.HYPOTHETICAL, passage.word(head))
    return None


def _talk_of(token: Token, head: Token) -> Token | None:
    """Return the word for a plan in "speak of cutting" and "the plan was to cut"."""
    if token.dep_ == "pcomp" and head.lower_ == "of" and head.head.lemma_.lower() in _TALKING:
        return head.head
    if token.dep_ != "xcomp" or token.tag_ != "VB" or head.lemma_ != "be":
        return None
    plans = INTENT_NOUNS | _AIMS
    subjects = (c for c in head.children if c.dep_ == "nsubj")
    return next((c for c in subjects if c.lemma_.lower() in plans), None)


def _is_denied_behind(token: Token, verb: Token) -> bool:
    """Whether "X took Y, Z denied it" is parsed as if Z denied the clause before."""
    things = [c for c in verb.children if c.dep_ == "dobj"]
    return verb.i > token.i and any(c.lower_ in {"it", "that", "this"} for c in things)


def _is_intended(dep: str, head: Token, lemmas: set[str]) -> bool:
    """Whether the head of a word is a verb or noun of intent: "hopes to take", "a plan to take"."""
    verbs = bool(lemmas & (INTENT | _MEANT.get(dep, set()))) and head.pos_ in {"VERB", "AUX"}
    nouns = bool(lemmas & INTENT_NOUNS) and head.pos_ == "NOUN"
    return (verbs and dep in {"xcomp", "ccomp", "dobj", "pcomp"}) or (
        nouns and dep in {"acl", "pcomp", "pobj", "prep", "relcl", "xcomp"}
    )


def _verdict(dep: str, head: Token) -> Token | None:
    """Return the word beside a head that denies it: "has yet to", "the report is untrue"."""
    yet = next((c for c in head.children if c.lower_ == "yet"), None)
    if head.lemma_ == "have" and dep == "xcomp" and yet is not None:
        return yet
    if head.pos_ == "NOUN" and dep in {"acl", "relcl"} and head.dep_ in {"nsubj", "nsubjpass"}:
        return next((c for c in head.head.children if c.lower_ in UNTRUE), None)
    return None


def _is_parted(token: Token, head: Token) -> bool:
    """Whether a semicolon separates a word from its head, which makes two sentences of one."""
    return any(t.text == ";" for t in token.doc[min(token.i, head.i) : max(token.i, head.i)])


# "most mean to reach X", not "that means that X fell"
_MEANT = {"xcomp": {"agree", "decide", "elect", "mean", "resolve"}}
_AIMS = frozenset({"aim", "goal", "idea", "objective"})
_TALKING = frozenset({"dream", "speak", "talk", "think"})
_FLEEING = word_list("flight", "leaving") | {"move", "seek"}


def _is_made_to(who: Token) -> bool:
    """Whether somebody made people do it: "pushed 850 households to flee"."""
    return _sender(who) is not None or who.lemma_.lower() in _SENDING


def _purpose(token: Token) -> bool:
    """Whether a verb is an infinitive of purpose: "to seize the town", not "managed to seize"."""
    return (
        token.tag_ == "VB"
        and any(c.tag_ == "TO" for c in token.children)
        and token.dep_ in {"advcl", "acl", "relcl"}
        and not is_only_to(token)
        and not (token.lemma_.lower() in _FLEEING and _is_made_to(token.head))
        and token.head.lemma_.lower()
        not in {"manage", "be", "continue", "begin", "start", "force", "go", "come"}
    )


def chain(token: Token) -> list[Token]:
    """Return a token and the heads that its clause depends on, innermost first.

    The chain ends at a clause that makes a statement of its own.
    """
    out, cur = [token], token
    while cur.head.i != cur.i and cur.dep_ in CLAUSES and len(out) < _LONGEST_CHAIN:
        if _stands_alone(cur):
            break
        sent_off = _sender(cur.head) if cur.tag_ == "VBG" and cur.dep_ == "acl" else None
        if sent_off is None and _is_relative(cur):
            # "the town, which they took, could fall": the relative clause stands by itself
            if cur.head.lemma_.lower() in INTENT_NOUNS:
                out.append(cur.head)
            break
        cur = cur.head if sent_off is None else sent_off
        out.append(cur)
    return out


_LONGEST_CHAIN = 9


def _stands_alone(token: Token) -> bool:
    """Whether a clause makes a statement of its own, apart from that of its head."""
    head, dep = token.head, token.dep_
    if _is_parted(token, head) or _is_but(token, head) or _is_finite_passive(token):
        return True
    if dep in {"nsubj", "nsubjpass", "dobj", "pobj"}:
        return token.pos_ in {"PROPN", "PRON"}
    own_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
    if dep == "ccomp" and head.lemma_ == "be" and token.i < head.i and own_subject:
        # "They captured X, the loss of which would be", parsed as the object of "be"
        return all(c.dep_ != "mark" for c in token.children)
    sent = token.tag_ == "VBG" and head.lemma_ in _SENDING  # "would send thousands fleeing"
    return dep in {"conj", "advcl", "dep"} and own_subject and not sent


def _is_but(token: Token, head: Token) -> bool:
    """Whether "but" parts a verb from one that is denied: "did not mention X but took Y"."""
    if token.dep_ != "conj" or not any(c.dep_ == "neg" for c in head.children):
        return False
    return any(c.dep_ == "cc" and c.lower_ == "but" for c in head.children)


def _is_finite_passive(token: Token) -> bool:
    """Whether a verb is no part of what was tried: "tried to enter X and were driven back"."""
    return token.dep_ == "conj" and any(
        c.dep_ == "auxpass" and c.tag_ == "VBD" for c in token.children
    )


def _is_relative(token: Token) -> bool:
    """Whether a clause only describes a noun: "the town, which they took"."""
    if token.dep_ != "acl":
        return token.dep_ == "relcl"
    if token.tag_ not in {"VBG", "VBN"} or token.head.pos_ not in {"NOUN", "PROPN"}:
        return False
    return all(c.tag_ != "TO" for c in token.children)  # "no claim to have taken it"


def _sender(noun: Token) -> Token | None:
    """Return the verb of "would send thousands of people fleeing", which decides if they fled."""
    top = noun
    while top.dep_ in {"pobj", "prep"} and top.head.pos_ in {"NOUN", "ADP", "NUM"}:
        top = top.head
    return top.head if top.dep_ == "dobj" and top.head.lemma_ in _SENDING else None


_SENDING = frozenset({"cause", "drive", "force", "leave", "prompt", "push", "send"})


def modality(
    token: Token,
    passage: Passage,
    published: date | None,
    clause: tuple[int, int] | None = None,
) -> Modality:
    """Decide the status of what a trigger word says, without regard to who says it.

    Parameters
    ----------
    token
        The trigger: the word that names what happened.
    passage
        The passage that contains it.
    published
        Day of publication. A date too long before it makes the status historical.
    clause
        First and end index of the tokens in which dates count, if known better than from the parse.

    Returns
    -------
    Modality
        The status and the words that decided it.
    """
    no = dismissed(token, passage) or proved_untrue(token, passage)
    if no is not None:
        return Modality(Status.NEGATED, no)
    open_ = left_open(token, passage)
    if open_ is not None:
        return Modality(Status.HYPOTHETICAL, open_)
    steps = chain(token)
    doubted: Modality | None = None
    for below, cur, above in zip([None, *steps], steps, [*steps[1:], None], strict=False):
        decided = _by_step(cur, above, passage, below)
        if decided is None:
            continue
        if decided.status is not Status.CLAIMED:
            return decided
        doubted = doubted or decided
    if doubted is not None:
        return doubted
    whole = _by_sentence(token, passage)
    if whole is not None:
        return whole
    old = undone(token, passage, published, days=STALE_DAYS) or _by_time(token, steps, passage)
    if old is not None:
        return Modality(Status.HISTORICAL, old)
    had = (c.lower_ in {"had", "'d"} for t in steps[:2] for c in t.children if c.dep_ == "aux")
    days = RECENT_DAYS if any(had) else STALE_DAYS
    own_words = (
        passage.span_text(list(token.doc[slice(*clause)]))
        if clause
        else clause_text(token, chain(token), passage)
    )
    past = long_past(own_words, published, days=days) or _leading_past(passage, token, published)
    return Modality(Status.HISTORICAL, past) if past else Modality(Status.ASSERTED, "")


def _governed(cur: Token, passage: Passage) -> Modality | None:
    """Return the status that the words of `governors` give to a word: denied, open or doubtful."""
    if cur.head.i == cur.i or not _is_parted(cur, cur.head):
        no = denied_by(cur, cur.head)
        if no is not None:
            return Modality(Status.NEGATED, passage.word(no))
        open_ = left_open_by(cur, cur.head) or told_to(cur, cur.head)
        if open_ is not None:
            return Modality(Status.HYPOTHETICAL, passage.word(open_))
        seems = doubted_by(cur, cur.head)
        if seems is not None and not any(c.dep_ == "neg" for c in cur.children):
            return Modality(Status.CLAIMED, passage.word(seems))
    return None


def _of_its_effect(mood: Modality, verb: Token, below: Token | None) -> Modality | None:
    """Return the status of "the capture of Y does not open the road", which denies no capture."""
    effect = (
        below is not None
        and below.pos_ == "NOUN"
        and below.dep_ in _SUBJECTS
        and below.head.i == verb.i
        and mood.status is Status.NEGATED
        and verb.lemma_.lower() not in _HAPPENING
    )
    return Modality(Status.HYPOTHETICAL, mood.words) if effect else None


def _modal_between(below: Token | None, verb: Token) -> Token | None:
    """Return the modal of "the fall of Y would not by itself give", which is parsed elsewhere."""
    if below is None or below.dep_ not in _SUBJECTS or below.head.i != verb.i or verb.tag_ != "VB":
        return None
    between = verb.doc[below.i : verb.i]
    if any(t.tag_ == "TO" for t in between):
        return None
    return next((t for t in between if t.tag_ == "MD" and t.lower_ in MODALS), None)


_HAPPENING = frozenset({"be", "come", "happen", "materialise", "materialize", "occur", "take"})


def _by_step(
    cur: Token, above: Token | None, passage: Passage, below: Token | None = None
) -> Modality | None:
    """Return the status that a word in the chain gets from its children or from its head."""
    governed = _governed(cur, passage)
    if governed is not None:
        return governed
    own = _own_marks(cur, passage) or _undone(cur, passage)
    if own is not None:
        return _of_its_effect(own, cur, below) or own
    modal = _modal_between(below, cur)
    if modal is not None:
        return Modality(Status.HYPOTHETICAL, passage.word(modal))
    if _purpose(cur):
        return Modality(Status.HYPOTHETICAL, "to " + passage.word(cur))
    head = cur.head if above is None else above
    if head.i == cur.i or _is_parted(cur, head):
        return None
    return _from_head(cur, head, passage)


def _by_time(token: Token, steps: list[Token], passage: Passage) -> str | None:
    """Return words other than dates that set a word in the past: "formerly", "a year after"."""
    earlier = time_gone(token, passage)
    if earlier:
        return earlier
    habit = next((c for t in steps[:2] for c in t.children if c.lower_ in HABIT), None)
    return passage.word(habit) if habit is not None else None


@per_tables
def _unverified_report() -> re.Pattern[str]:
    """Return the pattern of "rumours that ... could not be verified"."""
    return re.compile(
        rf"""
        \b (?: {one_of(sorted(RUMOURS))} s? | word ) \s
        (?: (?: by | from | made | on | spread ) \s [^.;,]{{1,60}}? \s )?  # by whom, when
        (?P<what> {one_of(["of", "that"])} \b [^.;]{{3,200}}? ) \s     # what was said
        (?: (?: {one_of(["can", "could", "may", "might", "has", "have", "had", "is", "are"])}
              | {one_of(["was", "were"])} ) \s? not \s
            (?: {one_of(["be", "been", "immediately", "independently", "yet"])} \s ){{0,3}}
            (?P<word> {one_of(["confirmed", "corroborated", "substantiated", "verified"])} )
          | remain (?:s|ed)? \s (?P<open> {one_of(["unconfirmed", "unverified"])} ) ) \b
        """,
        re.IGNORECASE | re.VERBOSE,
    )


# "preparing for 40,000 arrivals", "a worst-case scenario": what may happen
_AHEAD = re.compile(
    r"\b(?:brac(?:e|es|ing)|prepar(?:e|es|ed|ing)|plan(?:s|ned|ning)?)\sfor\b(?:[^.;,]|,(?=\d)){0,60}$",
    re.IGNORECASE,
)
_SCENARIO = re.compile(
    r"\b(?:worst[- ]case|contingency\splans?|planning\s(?:figure|scenario))\b", re.IGNORECASE
)


def _by_sentence(token: Token, passage: Passage) -> Modality | None:
    """Return the status that the whole sentence gives to a word, as a question does."""
    inverted = _inverted(token)
    if inverted is not None:
        return Modality(Status.HYPOTHETICAL, passage.word(inverted))
    denied = _rumour(token, passage) or _despite(token, passage)
    if denied is not None:
        return denied
    untrue = taken_back(token, passage)
    if untrue is not None:
        return Modality(Status.NEGATED, untrue)
    unchecked = left_unchecked(token, passage) or staged(token, passage)
    if unchecked is not None:
        return Modality(Status.HYPOTHETICAL, unchecked)
    start, end = passage.bounds(token.sent)
    for report in _unverified_report().finditer(passage.text, start, end):
        if report.start("what") <= passage.starts[token.i] < report.end("what"):
            return Modality(Status.HYPOTHETICAL, report["word"] or report["open"])
    before = passage.text[start : passage.starts[token.i]]
    ahead = _AHEAD.search(before) or _SCENARIO.search(passage.text, start, end)
    if ahead is not None:
        return Modality(Status.HYPOTHETICAL, ahead.group(0).split()[0])
    asks = passage.text[start:end].rstrip("”\"’' ").endswith("?")
    return Modality(Status.HYPOTHETICAL, "?") if asks else None


def _inverted(token: Token) -> Token | None:
    """Return the verb that opens "Were the troops to leave X, ...", a condition without "if"."""
    first = token.sent[0]
    comma = next((t.i for t in token.sent if t.text == ","), token.sent.end)
    opens = first.lower_ in {"were", "should", "had"} and token.sent[-1].text != "?"
    return first if opens and first.i < token.i < comma else None


def _despite(token: Token, passage: Passage) -> Modality | None:
    """Return a denial of what did not succeed: "despite attempts to take X"."""
    word = next((t for t in token.sent if t.lower_ == "despite" and t.i < token.i), None)
    if word is None or word.i not in {a.i for a in token.ancestors}:
        return None
    return Modality(Status.NEGATED, passage.word(word))


_SUBJECTS = frozenset({"csubj", "csubjpass", "nsubj", "nsubjpass"})


_NO_TRUTH = re.compile(
    rf"\b {one_of(['no truth in', 'no truth to', 'no evidence of', 'no evidence that'])} \b"
    rf"| \b {one_of(['not true that', 'untrue that', 'false that'])} \b",
    re.VERBOSE,
)
_WAS = one_of(["is", "are", "was", "were"])


@per_tables
def _untrue_report() -> re.Pattern[str]:
    """Return the pattern of "rumours that ... were false"."""
    return re.compile(
        rf"""
        \b {one_of(sorted(RUMOURS))} s? \b
        (?P<what> [^.;]{{0,200}}? )              # what was said
        \b (?: {_WAS} | proved )\ (?: \w+ly\  )?  # "was quickly"
        [“"]? (?: {one_of(["just", "mere", "pure", "sheer"])} \s )?
        (?P<word> {one_of(sorted(UNTRUE | UNTRUTHS))} ) \b
        """,
        re.IGNORECASE | re.VERBOSE,
    )


_LIES = re.compile(
    rf"\b {_WAS} \  {one_of(['lying', 'lies', 'a lie', 'fake news', 'nonsense', 'propaganda'])} \b",
    re.VERBOSE,
)


def _rumour(token: Token, passage: Passage) -> Modality | None:
    """Return a denial of what is rumoured: "Talk that X had been taken was dismissed"."""
    start, end = passage.bounds(token.sent)
    lie = _LIES.search(passage.text[passage.ends[token.i] : end].partition(";")[0])
    if lie:  # "whoever tells you it has fallen is lying"
        return Modality(Status.NEGATED, lie.group(0))
    for report in _untrue_report().finditer(passage.text, start, end):
        if report.start("what") <= passage.starts[token.i] < report.end("what"):
            return Modality(Status.NEGATED, report["word"])
    no_truth = _NO_TRUTH.search(passage.text[start : passage.starts[token.i]])
    if no_truth:
        return Modality(Status.NEGATED, no_truth.group(0))
    for told in token.ancestors:
        if told.sent != token.sent or told.lemma_.lower() not in RUMOURS:
            continue
        verdict = told.head
        if told.dep_ == "dobj" and verdict.lemma_.lower() in DENIAL:
            return Modality(Status.NEGATED, passage.word(verdict))  # "dismissed reports that"
        if told.dep_ not in _SUBJECTS:
            continue
        if told.dep_.endswith("pass") and verdict.lemma_.lower() in DENIAL:
            return Modality(Status.NEGATED, passage.word(verdict))
        untrue = next((c for c in verdict.children if c.lower_ in UNTRUE), None)
        if untrue is not None:
            return Modality(Status.NEGATED, passage.word(untrue))
    return None


def _leading_past(passage: Passage, token: Token, published: date | None) -> str | None:
    """Return past words that open a sentence and apply to all of it: "By 2014, ..."."""
    if is_of_now(token):
        return None
    start, _ = passage.bounds(token.sent)
    opening = passage.text[start : passage.starts[token.i]]
    comma = opening.find(",")
    return long_past(opening[: comma if comma >= 0 else len(opening)], published)
