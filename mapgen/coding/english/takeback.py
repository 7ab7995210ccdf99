"""Change the status of claims that later words undo: a town retaken, a report denied at once."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mapgen.coding.english.attribution import role_of
from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.flat_denials import flat_denial, flat_denial_within
from mapgen.model import Attribution, Kind, Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mapgen.model import Claim, SentenceRecord

_FEW_LINES = 400  # characters up to which "the claim" points back
BACK = frozenset({"retake", "recapture", "regain", "reclaim"})


def retaken(claims: list[Claim]) -> list[Claim]:
    """Make a capture historical if the same sentence says that it was undone ("and retook it").

    Captures with days of their own stay: on the map the later one replaces the earlier.
    """
    back = [
        c
        for c in claims
        if c.status.is_current and c.kind is Kind.CONTROL_CHANGE and c.reasons[0].words in BACK
    ]
    ids = {p.place_id for c in back for p in c.places}
    return [
        replace(c, status=Status.HISTORICAL, reasons=decided(c, Status.HISTORICAL, "retook"))
        if c.kind is Kind.CONTROL_CHANGE
        and c.status.is_current
        and c not in back
        and ids & {p.place_id for p in c.places}
        and not any(is_days_before(c, later) for later in back)
        else c
        for c in claims
    ]


def is_days_before(claim: Claim, later: Claim) -> bool:
    """Whether both have days, so that the map can show one after the other.

    Parameters
    ----------
    claim
        What is told to have happened first.
    later
        What undid it.
    """
    a, b = claim.date, later.date
    return bool(a and b and a.end and b.start and a.end < b.start)


_THEY_DID_NOT = re.compile(
    r"(?P<words>(?:He|It|She|That|They|This) (?:are|did|do|does|had|has|have|is|was|were)"
    r"(?: not|n['’]t))(?: (?:the case|so|true))?\s*[.:;—–]"
    r"|(?P<flat>(?:That|This) (?:is|was) (?:a lie|false|fake|untrue)\b"
    r"|Not so\b(?=\s*[.,:;!—–])|Not true\b)"
    r"|(?P<proved>(?:It|This|That|The (?:\w+ )?(?:claim|footage|news|report|story|video)s?)"
    r" (?:later |soon )?(?:turned out|proved|proves|turns out)(?: to (?:be|have been))?"
    r"(?: (?:a|an|completely|entirely))*"
    r" (?:false|fake|fabricated|fabrication|hoax|invention|lie|staged|unfounded|untrue))\b"
)


_OUR_MISTAKE = re.compile(
    r"(?:(?:(?:That|This|It) was|(?:That|It)['’]s) (?:an?|my|our) (?:error|mistake)"
    r"|(?:Our|My) (?:error|mistake|bad)\b(?=\s*[.:;,—–]))"
)
_WE_HAD = re.compile(
    r"\b[Ww]e (?:\w+ )?(?:gave|had|listed|marked|posted|printed|put|reported|said|showed|wrote)\b"
)
_NONE = re.compile(
    r"There (?:was|were|is|are|has been|have been) no (?:such (?P<such>\w+)|(?P<who>\w+))"
    r"\b\s*[.;:—–]"
)
_TAKEN_BACK = re.compile(
    r"(?:He|She|It|They|The \w+)(?: has| have)?(?: later| since| soon| quickly)*"
    r" (?:took (?:it|that|the \w+) (?:back|down)|retracted\b"
    r"|corrected (?:him|her|it|them)sel(?:f|ves)\s?[:,—–-]\s(?:nobody|no[- ]one|none)\b"
    r"|withdr[ae]wn? (?:it|that|the (?:claim|report|statement))\b)"
)


def denial(sentence: str, before: str = "") -> str | None:
    """Return the words by which a sentence only denies the one before: "They haven't: ...".

    Parameters
    ----------
    sentence
        The sentence.
    before
        The sentence before: "we had X as taken" can be "our mistake", and those who "had retaken"
        a town can be told to be none.
    """
    found = _THEY_DID_NOT.match(sentence)
    if found:
        return found["words"] or found["flat"] or found["proved"]
    mistake = _OUR_MISTAKE.match(sentence) if _WE_HAD.search(before) else None
    none = _NONE.match(sentence)
    if none is not None and not none["such"] and not _acts(none["who"], before):
        none = None
    told = mistake or none or (_TAKEN_BACK.match(sentence) if _SAID.search(before) else None)
    return told[0].rstrip(" .:;,—–") if told else None


_SAID = re.compile(r"\b(?:announc|claim|declar|report|sa(?:id|y)|told)\w*", re.IGNORECASE)


def _acts(who: str, sentence: str) -> bool:
    """Whether a noun is one of which a sentence tells what they did: "brigades had retaken X"."""
    did = (
        rf"\b{re.escape(who)} (?:(?:also|now) )?(?:had|has|have|was|were|are|is|\w+ed|took|went)\b"
    )
    return re.search(did, sentence, re.IGNORECASE) is not None


def denied_next(
    claims: Iterable[Claim], sentences: Iterable[SentenceRecord], of: Callable[[Claim], bool]
) -> list[Claim]:
    """Return claims, those of some denied if the sentence after theirs only denies them.

    Parameters
    ----------
    claims
        Claims of an article.
    sentences
        Its sentences.
    of
        Whether a claim is one of those that may be denied so.
    """
    ordered = sorted(sentences, key=lambda s: s.start)
    told = {s.start: denial(after.text, s.text) for s, after in pairwise(ordered)}
    return [
        denied([c], words)[0] if of(c) and (words := told.get(c.start)) is not None else c
        for c in claims
    ]


_TIME = r"(?:\d\d?[:.h]\d\d(?:\s?[ap]m)?\s(?:[-–—]\s)?)?"  # "11:30" of a live blog
_SPEAKER = rf"""
    ^[-–—•*\s]*{_TIME}
    (?:(?:In\s(?:an?|its)\s(?:\w+\s)?(?:message|post|statement)|(?:Hours|Minutes)\slater|Later
       |On\s\w+day),?\s)?
    (?P<who>(?:[A-Z]|the\s\w)[\w'’.-]*(?:\s[\w'’.-]+){{0,6}}?)\s
"""  # at the beginning of a sentence or post
_DULY = r"(?:(?:also|has|have|immediately|later|quickly|swiftly)\s){0,2}"
_CLAIMS = r"(?:allegation|announcement|assertion|claim|report|statement)s?"
_DISPUTED = re.compile(
    rf"""
    {_SPEAKER}{_DULY}
    (?P<verb>denie[ds]|dismiss(?:ed|es)|dispute[ds]|refute[ds]|reject(?:ed|s))\s
    (?:it|this|that(?=\s*[,.;])
      |(?:all|both|such|that|the|these|those)\s(?P<claim>{_CLAIMS})
      |(?:such\s)?(?:claims|reports))\b
    (?!\s(?:about|of|that)\b)
    """,
    re.VERBOSE,
)
_FALSE = r"""
    (?:(?:an?|as|complete|completely|entirely|mere|outright|pure|simply)\s){0,3}
    (?:baseless|disinformation|fabricated|fabrications?|fake|false|inventions?|lies?|nonsense
      |propaganda|unfounded|untrue)\b
"""
_CALLED_FALSE = re.compile(
    rf"""
    {_SPEAKER}{_DULY}
    (?P<verb>call(?:s|ed)?|brand(?:s|ed)?|label(?:s|led|ed)?|describe[sd]?)\s
    (?:it|this|(?:that|the|these|this|those)\s(?P<claim>{_CLAIMS}))\s
    {_FALSE}
    """,
    re.VERBOSE,
)
_SAID_FALSE = re.compile(
    rf"""
    {_SPEAKER}{_DULY}
    (?P<verb>said|says|insist(?:s|ed))\s(?:that\s)?
    (?:(?:it|that|this)|(?:all|that|the|these|this|those)\s(?P<claim>{_CLAIMS}))\s
    (?:was|were|is|are)\s {_FALSE}
    """,
    re.VERBOSE,
)  # "The ministry said the claims were false"


_REJECTED_BY = re.compile(
    rf"""
    ^[-–—•*\s]*{_TIME}(?:But\s|However,\s)?
    (?:It|That|This|(?:[Bb]oth|[Ss]uch|[Tt]hat|[Tt]he|[Tt]hese|[Tt]his|[Tt]hose)\s(?P<claim>{_CLAIMS}))\s
    (?:was|were|is|are|has\sbeen|have\sbeen)\s(?:also\s|immediately\s|later\s|quickly\s|swiftly\s)?
    (?P<verb>denied|dismissed|disputed|refuted|rejected)\s
    (?:as\s[\w\s]{{3,30}}\s)? by \s
    (?P<who>[\w'’.-]+(?:\s[\w'’.-]+){{0,7}}?)
    (?=\s*[.,;]|\s*$|\s(?:as|on|which|who)\b)
    """,
    re.VERBOSE,
)  # "The claim was rejected by the army"


_BEAT_OFF = re.compile(
    rf"""
    {_SPEAKER}
    (?:answer|counter|insist|maintain|repl|respond|retort|say|said|sa)(?:ed|ied|s|y|ies)?\s
    (?:that\s)?(?:it|its\s\w+|they|their\s\w+)\s(?:had\s|have\s|has\s)?
    (?P<verb>beat(?:en)?\s(?:off|back)|fended\soff|pushed\sback|repelled|repulsed|thwarted)\s
    (?:that|the|this)\s(?:assault|attack|attackers|attempt|offensive|raid)\b
    (?!\s(?:against|at|in|near|of|on)\b)
    """,
    re.VERBOSE,
)


_SAYS = r"(?:say|said|says|report|reports|reported|tell(?:s)?\s\w+|told\s\w+|insist(?:s|ed)?)"
_LEFT_AGAIN = re.compile(
    rf"""
    {_SPEAKER}{_DULY}{_SAYS}\s (?:by\s(?:phone|telephone)\s)? (?:that\s)?
    (?:they|(?:the|these|those|its|his)\s[\w-]+)\s (?:had\s|have\s)? (?:only\s|simply\s|soon\s)?
    (?P<verb> left | withdrew | withdrawn | dr(?:ove|iven)\s(?:off|on) | moved\s(?:off|on)
            | pulled\s(?:back|out) | went\saway | were\sgone )
    (?:\s(?:it|there|the\s\w+))? \s
    (?: again | soon\safter(?:wards)? | by\s(?:dawn|dusk|evening|nightfall|noon)
      | within\s(?:an\shour|hours|the\shour) | (?:the\s)?same\s(?:afternoon|day|evening|night)
      | before\s(?:dark|dawn|dusk|nightfall) )\b
    """,
    re.VERBOSE,
)


def beaten_off(sentence: str) -> re.Match[str] | None:
    """Match a sentence in which somebody says that the attack of the one before did not last.

    He beat it off, or those who came left again: "The mayor says they drove off by nightfall". The
    match has the groups ``who`` and ``verb``. "An attack" may be another one and does not match,
    nor does a sentence whose subject is a pronoun.
    """
    found = _BEAT_OFF.match(sentence) or _LEFT_AGAIN.match(sentence)
    if found is None or found["who"].casefold().split()[0] in _PRONOUNS:
        return None
    return found


_PRONOUNS = frozenset({"he", "her", "his", "it", "its", "our", "she", "their", "they", "who"})


def dispute(sentence: str) -> re.Match[str] | None:
    """Match a sentence in which somebody denies the one before: "The army dismissed the claim".

    The match has the groups ``who``, ``verb`` and, for "the claim", ``claim``. A sentence that
    itself says what it denies ("rejected reports that X fell") does not match, nor does one whose
    subject is a pronoun.
    """
    found = (
        _DISPUTED.match(sentence)
        or _CALLED_FALSE.match(sentence)
        or _SAID_FALSE.match(sentence)
        or _REJECTED_BY.match(sentence)
        or _disputed_behind(sentence)
        or flat_denial(sentence)
    )
    if found is None or found["who"].casefold() in {"he", "it", "she", "they", "who"}:
        return None
    return found


_OPEN = re.compile(
    rf"^(?:But\s|However,\s)?(?:It|Neither|None|That|There|This|(?:The|These|Those)\s{_CLAIMS})\b"
    r"[^,;]{0,40}\b(?:confirm|corroborat|verif)\w+\b[^,;]{0,60}[,;]\s(?:and|but|while)\s"
)
_BEHIND = re.compile(
    rf"""
    (?P<who>[\w'’.-]+(?:\s[\w'’.-]+){{0,6}}?)\s{_DULY}
    (?P<verb>denie[ds]|dismiss(?:ed|es)|dispute[ds]|refute[ds]|reject(?:ed|s))\s
    (?:it|this|that|(?:that|the|this|these|those)\s(?P<claim>{_CLAIMS}))
    (?=\s*[.,;]|\s*$|\s(?:as|on)\b)
    """,
    re.VERBOSE,
)


def _disputed_behind(sentence: str) -> re.Match[str] | None:
    """Match the end of "This has not been verified, and the army denies it"."""
    opened = _OPEN.match(sentence)
    return _BEHIND.match(sentence, opened.end()) if opened is not None else None


_DENIED_WITHIN = re.compile(
    r"""
    , \s (?: (?:an?\s)? (?:account|announcement|assertion|claim|report|statement)s? \s
             (?: that\s | which\s )?
          | which \s )
    (?P<who> (?! had\b ) [^,.;:]{3,60}? ) \s
    (?: (?:also|has|have|immediately|later|quickly|promptly|swiftly)\s ){0,2}
    (?P<verb> den(?:ied|ies|y) | disput(?:e|ed|es) | reject(?:ed|s)? | refut(?:e|ed|es)
              | dismiss(?:ed|es)? )
    (?= \s* (?: [.,;)]|$ ) | \s (?:as|at|in|on|outright|within) \b )
    |
    [,;] \s (?: (?:and|but|while|though|although) \s )?
    (?P<who2> [^,.;:]{3,60}? ) \s
    (?: (?:also|has|have|immediately|later|quickly|promptly|swiftly)\s ){0,2}
    (?P<verb2> denie[ds] | dispute[ds] | reject(?:ed|s) | refute[ds] | dismiss(?:ed|es)
             | call(?:ed|s) ) \s
    (?: (?<!called\s) (?<!calls\s) (?: it | this | that | the\s(?:claim|report) )
      | (?: it | this | that | the\s(?:claim|report) ) \s (?:an?\s)?
        (?: fabrication | fake | false | fantasy | invention | lie | lies | nonsense | propaganda
          | untrue ) )
    (?= \s* (?: [.,;)]|$ ) | \s (?:as|at|for|on|outright) \b )
    """,
    re.VERBOSE,
)


def denied_within(sentence: str) -> tuple[int, int, str, str] | None:
    """Return where somebody denies what the same sentence says: "..., which the army denied".

    Parameters
    ----------
    sentence
        The text of the sentence.

    Returns
    -------
    tuple of (int, int, str, str), optional
        Start and end of the denial, the one who denies, and the verb.
    """
    flat = flat_denial_within(sentence)
    if flat is not None:
        return flat.start("verb"), flat.end(), flat["who"], flat["verb"]
    found = _DENIED_WITHIN.search(sentence)
    if found is None:
        return None
    group, verb = ("who", "verb") if found["who"] else ("who2", "verb2")
    if found[group].casefold().split()[0] in _PRONOUNS:
        return None
    return found.start(group), found.end(), found[group], found[verb]


def disputed(
    claims: Iterable[Claim], quote: tuple[int, int, str], who: Attribution, words: str
) -> list[Claim]:
    """Return new claims by which somebody denies the claims of the sentence before.

    Parameters
    ----------
    claims
        Claims of the sentence before.
    quote
        Start, end and text of the denial in the article.
    who
        The one who denies them.
    words
        The verb of denial.
    """
    start, end, text = quote
    return [
        replace(
            c,
            id=claim_id(c.article, start, end, c.kind, ordinal),
            start=start,
            end=end,
            quote=text,
            status=Status.NEGATED,
            attribution=who,
            quantity=None,
            reasons=decided(c, Status.NEGATED, words),
        )
        for ordinal, c in enumerate(claims)
        if c.status.is_current and c.attribution != who
    ]


def disputing(words: str) -> Attribution:
    """Return the source that disputes a claim, by the article's words for it."""
    name = re.sub(r"^(?:[Tt]he|[Aa]n?)\s", "", words).rstrip(".")
    return Attribution(name=name, role=role_of(name), words=words.rstrip("."))


def claimed_before(claims: Iterable[Claim], start: int) -> list[Claim]:
    """Return the captures that somebody claimed a few lines before an offset: "the claim"."""
    near = [c for c in claims if c.start >= start - _FEW_LINES and c.status.is_current]
    claimed = [c for c in near if c.kind is Kind.CONTROL_CHANGE and c.status is Status.CLAIMED]
    return [c for c in claimed if c.attribution == claimed[-1].attribution]


def denied(claims: list[Claim], words: str) -> list[Claim]:
    """Return claims with the status that the next sentence denies them."""
    return [
        replace(c, status=Status.NEGATED, reasons=decided(c, Status.NEGATED, words))
        if c.status.is_current
        else c
        for c in claims
    ]


def decided(claim: Claim, status: Status, words: str) -> tuple[Reason, ...]:
    """Return the reasons of a claim and one more for the words that decide its status."""
    return (*claim.reasons, Reason(ReasonKind.STATUS, status.value, words))
