"""Give strikes, clashes and attacks the number of people killed or injured in them.

The claims and sentences of an article come in. Claims go out with the toll that their sentence
gives, and a sentence that only tells the toll of "the attack" of the sentence before becomes a
claim. A toll that may belong to another happening, or sums up a war, is given to none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.coding.english.attribution import role_of
from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.quantities import COUNT, quantity_of
from mapgen.coding.english.victims_listed import listed_victims
from mapgen.model import Attribution, Claim, Kind, Quantity, Status
from mapgen.reading.printed_day import MONTHS
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapgen.coding.english.victims_listed import Victims
    from mapgen.model import SentenceRecord

INCIDENTS = frozenset({Kind.STRIKE, Kind.CLASH, Kind.ATTACK_ON_CIVILIANS})
_LEADS_TO_TOLL = INCIDENTS | {Kind.CONTROL_CHANGE, Kind.SIEGE, Kind.ADVANCE}
_UNITS = {"wounded": "injured", "wounding": "injured", "injuring": "injured", "hurt": "injured"}
_WERE = one_of(["were", "was", "are", "have been", "had been", "has been"])
_KILLED = one_of(["killed", "massacred", "executed", "slain", "injured", "wounded", "hurt"])
_EVENT = one_of(
    [
        *("air strike", "air strikes", "airstrike", "airstrikes", "ambush", "assault", "attack"),
        *("attacks", "battle", "blast", "bombardment", "bombing", "bombings", "clashes"),
        *("explosion", "fighting", "massacre", "offensive", "raid", "raids", "shelling", "strike"),
        *("strikes", "violence"),
    ]
)
_NO_GROUP = one_of(["and", "or", "in", "on", "of", "by", *MONTHS])  # "on 6 May wounded four"
_GROUP = rf"(?: \s+ (?! {_NO_GROUP} \b ) [^\W\d_][\w'’-]* ){{0,4}}?"
_ACTIVE = re.compile(
    rf"""\b (?P<cue> killed | killing | injured | injuring | wounded | wounding ) \s+
    (?: an? \s+ estimated \s+ )? {COUNT} \b (?! \s* (?: km | kilomet | per\ cent | % ) )""",
    re.IGNORECASE | re.VERBOSE,
)
_LEFT = re.compile(
    rf"\b (?: left | leaving ) \s+ {COUNT} \b {_GROUP} \s+ (?P<cue> dead | injured | wounded ) \b",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTED = re.compile(
    rf"""\b (?: confirmed | counted | recorded | reported ) \s+ {COUNT} \b {_GROUP} \s+
    (?P<cue> dead | injured | killed | wounded ) \b""",
    re.IGNORECASE | re.VERBOSE,
)
_DEAD = one_of(["dead", "injured", "killed", "wounded"])
# a line without a verb: "Six dead in Y after shells hit a bus"
_HEADS_LINE = re.compile(
    rf"""\A \W* (?: Toll: \s+ )? {COUNT} \b {_GROUP} \s+ (?P<cue> {_DEAD} )
    (?= \s+ (?: after | and | as | at | in | near | when ) \b )""",
    re.IGNORECASE | re.VERBOSE,
)
# a clause of its own that says nothing else: "; five dead", "Two dead, four injured."
_BARE = re.compile(
    rf"""(?: \A \W* | [;:–—,] \s* ) {COUNT} \b {_GROUP} \s+ (?P<cue> {_DEAD} )
    (?= \s* (?: [.,;!] | \Z | \band\b ) )""",
    re.IGNORECASE | re.VERBOSE,
)
_BODIES = re.compile(
    rf"\b (?P<cue> counts? | counted ) \s+ {COUNT} \s+ (?: bodies | corpses ) \b",
    re.IGNORECASE | re.VERBOSE,
)
_BODIES_COUNTED = re.compile(
    rf"\b {COUNT} \s+ (?: bodies | corpses ) \s+ (?: {_WERE} \s+ )? (?P<cue> counted ) \b",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTER = re.compile(
    r"""
    (?: [.;] | ^ ) \s* (?: [Aa]n? \s | [Tt]he \s )? (?: [\w’'-]+ \s ){0,3}?
    (?: authorities | clinic | commissioner | council | department | doctors? | hospitals? | medics?
      | ministry | nurses | officials? | police | rescuers | sources? | staff | workers )
    \s (?: ha(?:d|s|ve) \s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_RAISED = re.compile(
    rf"\btoll\b [^.;]{{0,20}}? \b {_EVENT} \b [^.;]{{0,60}}? \b to (?:\sat\sleast)? \s $",
    re.IGNORECASE | re.VERBOSE,
)
_PASSIVE = re.compile(
    rf"""\b {COUNT} \b (?: \s+ of \s+ them )? (?P<group> {_GROUP} ) \s+
    (?: (?: {_WERE} \s+ (?: \w+ly \s+ )? )? (?P<cue> {_KILLED} ) |
      (?P<died> died | lost \s their \s lives ) ) \b""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_MONTH = re.compile(rf"\b{one_of(sorted(MONTHS))}\.?\s+$", re.IGNORECASE)
# Words before a toll that take it back, or leave it open; not the month of "on 6 May" and "May 6".
_NOT_SO = re.compile(
    rf"""(?<! \d \s ) \b {
        one_of(
            [
                "could",
                "could have",
                "may",
                "may have",
                "might",
                "might have",
                "would",
                "would have",
                "can",
                "not",
                "never",
                "no",
                "without",
                "if",
                "feared",
                "fear",
            ]
        )
    }
    \s+ (?! \d ) (?: \w+ \s+ )? $""",
    re.IGNORECASE | re.VERBOSE,
)
# A sum over a war or a year is not the toll of one strike.
_SUM = re.compile(
    rf"""\b (?: {
        one_of(
            [
                "altogether",
                "annually",
                "brings",
                "bringing",
                "brought",
                "each year",
                "in all",
                "in total",
                "last year",
                "overall",
                "since",
                "so far",
                "this year",
                "to date",
                "death toll",
                "over the past",
                "over the last",
                "in the past",
                "in the last",
            ]
        )
    }
      | the \s (?: war | conflict | toll ) \s (?: has | had ) ) \b""",
    re.IGNORECASE | re.VERBOSE,
)
# of one day only, or told of the town by the way
_LAST_DAY = re.compile(
    r"\bsince (?:yesterday|dawn|midnight|(?:this )?morning|noon)\b"
    r"|, (?:which|whom?) [^,;.]{1,90}[,;.]"
    r"|, [^,;.]{0,30}\bsince [^,;.]{1,40},"
)
_OTHER_CLAUSE = re.compile(
    rf"""[.;:] | \b {
        one_of(
            [
                "after",
                "although",
                "as",
                "because",
                "before",
                "but",
                "despite",
                "following",
                "how",
                "if",
                "in response to",
                "like",
                "remember",
                "retaliation",
                "revenge",
                "since",
                "than",
                "that",
                "though",
                "when",
                "where",
                "which",
                "while",
                "who",
                "whose",
            ]
        )
    } \b""",
    re.IGNORECASE | re.VERBOSE,
)
_RELATIVE = re.compile(r"[\s,]+(?:that|which)(?:\s+(?:has|had))?\s*$", re.IGNORECASE)
_HEAD = re.compile(r"^[^.;:\n]{1,40}: ")  # "Grimari: an ambush killed four"
_BUT = re.compile(r"[\s,]+but\s*$", re.IGNORECASE)  # "missed the convoy but killed four"
# "one man was killed when a rocket landed in X"
_WHEN = re.compile(r"\s+(?:when|as|after)\s+(?:(?!who|which)[\w’'-]+\s+){0,6}", re.IGNORECASE)
_NEAR = 40  # letters between a toll and the happening that it names
_IN_EVENT = re.compile(r"\s+(?:in|by|during)\b", re.IGNORECASE)
_IN_THAT_ATTACK = re.compile(
    rf"""\s+ (?: in | by | during ) \s+ (?: the | that | this | these | those ) \s+
    (?P<event> {_EVENT} ) \s*
    (?= [.,;] | $ | \s+ (?: according | on \s+ (?: \w+day | \d+ ) ) \b )""",
    re.IGNORECASE | re.VERBOSE,
)
_SAID = re.compile(
    r""", \s* (?P<words> (?P<the> the \s+ )? (?P<name> [^\W\d_][^,.;“”"]{1,60}? ) ) \s+
    (?: said | says | reported | told )\b
    | according \s to \s (?P<words2> (?: the \s+ )? (?P<name2> [^,.;“”"]{2,60} ) )""",
    re.VERBOSE,
)
_CIVILIANS = re.compile(
    r"\b(?:people|civilians?|residents|villagers|children|women|worshippers|displaced|patients)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Toll:
    """A number of killed or injured in a sentence, with offsets in the article."""

    quantity: Quantity
    start: int
    end: int
    verb: int
    """Offset of the word that says killed; of an active verb, what did it stands before it."""
    is_active: bool


def with_tolls(
    claims: Sequence[Claim], sentences: Sequence[SentenceRecord], text: str
) -> tuple[list[Claim], list[SentenceRecord]]:
    """Return the claims and sentences of an article with the tolls that the text gives.

    Parameters
    ----------
    claims
        Claims of the article in any order.
    sentences
        All its sentences in reading order.
    text
        Text of the article.
    """
    found, noted = list(claims), list(sentences)
    for i, sentence in enumerate(noted):
        told = list(_tolls(sentence, text))
        if not told or _SUM.search(_LAST_DAY.sub("", sentence.text)):
            continue
        own = [c for c in found if c.article == sentence.article and _is_in(c, sentence)]
        if own:
            found = _given(found, own, told, text)
        elif i and (
            new := _of_sentence_before(sentence, _reporting(noted, i, found), told, found, text)
        ):
            found.append(new)
            noted[i] = replace(sentence, left_off=None)
    return found, noted


_GOES_ON = re.compile(rf"\W*(?:It|That|The\s{_EVENT}|This)\s", re.IGNORECASE)


def _reporting(
    sentences: Sequence[SentenceRecord], i: int, claims: Sequence[Claim]
) -> SentenceRecord:
    """Return the sentence before one, or the one before it if that only says more of the attack.

    "Gunmen attacked X. The raid lasted for hours. Fifteen gendarmes died."
    """
    before = sentences[i - 1]
    goes_on = i > 1 and _GOES_ON.match(before.text) and not any(_is_in(c, before) for c in claims)
    return sentences[i - 2] if goes_on else before


def _is_in(claim: Claim, sentence: SentenceRecord) -> bool:
    return sentence.start <= claim.start < sentence.end


def _tolls(sentence: SentenceRecord, text: str) -> Iterator[_Toll]:
    """Yield the tolls of a sentence, the killed before the injured."""
    words, found = text[sentence.start : sentence.end], []
    lists = list(listed_victims(words))
    found += [
        _toll_of_list(v, sentence.start) for v in lists if not _NOT_SO.search(words, 0, v.start)
    ]
    taken = [(v.start, v.end) for v in lists]
    for pattern in _PATTERNS:
        for m in pattern.finditer(words):
            if any(start < m.end() and m.start() < end for start, end in taken):
                continue
            groups = m.groupdict()
            cue = (groups.get("cue") or "killed").lower()
            unit = _UNITS.get(cue, "injured" if cue == "injured" else "killed")
            quantity = quantity_of(m, unit)
            verb = m.start("cue") if groups.get("cue") else m.start("died")
            before = words[: m.start()]
            is_day = pattern is _PASSIVE and _IN_MONTH.search(before)  # "on May 27 killed 13"
            if quantity is None or is_day or _NOT_SO.search(before):
                continue
            at, is_active = sentence.start, pattern not in {_BARE, _BODIES_COUNTED, _PASSIVE}
            found.append(_Toll(quantity, at + m.start(), at + m.end(), at + verb, is_active))
    yield from sorted(found, key=lambda t: (t.quantity.unit != "killed", t.start))


_PATTERNS = (_LEFT, _COUNTED, _HEADS_LINE, _BODIES, _BODIES_COUNTED, _ACTIVE, _PASSIVE, _BARE)


def _toll_of_list(victims: Victims, offset: int) -> _Toll:
    """Return the toll of "a monk and two traders died" in the sentence at an offset."""
    n, unit = victims.number, _UNITS.get(victims.cue, "killed")
    unit = "injured" if victims.cue == "injured" else unit
    quantity = Quantity(low=n, high=n, best=n, unit=unit, words=victims.words)
    start, end = offset + victims.start, offset + victims.end
    return _Toll(quantity, start, end, offset + victims.verb, is_active=False)


def _given(claims: list[Claim], own: list[Claim], told: Sequence[_Toll], text: str) -> list[Claim]:
    """Return the claims, with the toll for the one happening of a sentence that it belongs to."""
    happened = [c for c in own if c.kind in INCIDENTS and c.status.is_current]
    spots = {p.place_id or p.surface for c in happened for p in c.places}
    if len(spots) != 1 or any(c.quantity for c in happened):
        return claims  # of several places nobody knows how many died at each
    for toll in told:
        for claim in happened:
            if _belongs(toll, claim, text):
                reason = Reason(ReasonKind.FIGURE, toll.quantity.unit)
                new = replace(claim, quantity=toll.quantity, reasons=(*claim.reasons, reason))
                return [new if c.id == claim.id else c for c in claims]
    return claims


def _belongs(toll: _Toll, claim: Claim, text: str) -> bool:
    """Whether a toll is that of the happening of a claim, by the words between them."""
    if _is_told_by(claim, toll) or _is_clause(claim, toll, text):
        return True
    if claim.end <= toll.start and _WHERE.fullmatch(text, claim.end, toll.start):
        return True
    if claim.start < toll.start:
        words = _BUT.sub("", _HEAD.sub("", text[claim.start : toll.start], count=1))
        bare = _RELATIVE.sub("", words)
        if bare != words and not _rests_on_event(claim, text):
            return False  # "struck the man behind the attack that killed 1,200"
        if _RAISED.search(text, max(0, claim.start - _NEAR), toll.start):
            return True  # "raised the toll of the strike on X to 11 killed"
        bare = _COUNTER.sub("", bare)
        return (toll.is_active or toll.start < claim.end) and not _OTHER_CLAUSE.search(bare)
    if claim.start == toll.start and toll.is_active:
        return True  # "Six dead in Y after a strike"
    between = text[toll.end : claim.start]
    when = _WHEN.match(text, toll.end)
    if not toll.is_active and when is not None and claim.start <= when.end():
        return True
    if toll.is_active or len(between) > _NEAR or _OTHER_CLAUSE.search(between):
        return False
    return _IN_EVENT.match(text, toll.end) is not None


_WHERE = re.compile(r",\swhere\s(?:at\sleast\s)?")  # "an ambush at X, where nine men died"


def _is_told_by(claim: Claim, toll: _Toll) -> bool:
    """Whether the word that a claim rests on is that of its toll: "where nine soldiers died"."""
    spans = [r.span for r in claim.reasons if r.what is ReasonKind.TRIGGER and r.span]
    return any(start < toll.end and toll.start < end for start, end in spans)


def _is_clause(claim: Claim, toll: _Toll, text: str) -> bool:
    """Whether a toll is a clause of its own behind a happening: "was bombed; five died"."""
    between = text[claim.end : toll.start + 1]
    mark = re.search(r"[;:–—]", between)
    if claim.end > toll.start or toll.is_active or mark is None:
        return False
    alone = not re.search(r"[^\W\d_]", text[claim.end + mark.end() : toll.start])
    return alone and _BEHIND.match(text, toll.end) is not None


def _rests_on_event(claim: Claim, text: str) -> bool:
    """Whether the word that a claim rests on is a noun such as "strike"."""
    for reason in claim.reasons:
        if reason.what is ReasonKind.TRIGGER and reason.span is not None:
            return re.fullmatch(_EVENT, text[slice(*reason.span)], re.IGNORECASE) is not None
    return False


def _of_sentence_before(
    sentence: SentenceRecord,
    before: SentenceRecord,
    told: Sequence[_Toll],
    claims: Sequence[Claim],
    text: str,
) -> Claim | None:
    """Return the claim of "more than 400 people were killed in the attack", or None.

    So does a sentence that says nothing else: "Fifteen gendarmes died." The attack is what the
    sentence before reports, if that is one place and the same paragraph.
    """
    cause = _cause(sentence, before, claims, text)
    if cause is None:
        return None
    for toll in told:
        event = _IN_THAT_ATTACK.match(text, toll.end, sentence.end)
        is_told = event is not None or _is_alone(toll, sentence, cause, text)
        if is_told and (not toll.is_active or event is None):
            said = _speaker(text[sentence.start : sentence.end]) or cause.attribution
            return _toll_of(cause, toll, said, text, event)
    return None


_BEHIND = re.compile(
    r"(?:(?:,|\sand|,\sand)\s(?:[\w-]+\s){1,4}?(?:hurt|injured|wounded))?"
    r"(?:\son\s[A-Z]\w+day)?\s*(?:[.;!]|$|,\s(?:according\s|(?:[^\W\d_][\w.’'-]*\s){1,8}?(?:said|says)\b))"
)


def _is_alone(toll: _Toll, sentence: SentenceRecord, cause: Claim, text: str) -> bool:
    """Whether a sentence says nothing but its toll: "Fifteen gendarmes died."."""
    if cause.kind not in INCIDENTS or cause.quantity is not None:
        return False
    before = text[sentence.start : toll.start].lstrip(' -–—•*“"')
    behind = _BEHIND.match(text, toll.end, sentence.end)
    if toll.is_active:
        return _COUNTER.fullmatch(before) is not None and behind is not None
    return not before.strip() and behind is not None


def _cause(
    sentence: SentenceRecord, before: SentenceRecord, claims: Sequence[Claim], text: str
) -> Claim | None:
    """Return the claim of the sentence before that "the attack" means, or None if unsure."""
    if "\n" in text[before.end : sentence.start] or before.article != sentence.article:
        return None
    shown = [c for c in claims if c.article == before.article and _is_in(c, before)]
    cause = [c for c in shown if c.kind in _LEADS_TO_TOLL and c.status.is_current and c.places]
    if len({p.place_id for c in cause for p in c.places}) != 1 or len(cause) != len(shown):
        return None
    return min(cause, key=lambda c: (c.kind not in INCIDENTS, c.start))


def _toll_of(
    cause: Claim, toll: _Toll, said: Attribution | None, text: str, event: re.Match[str] | None
) -> Claim:
    """Return the claim that a sentence makes of the toll of what the sentence before reports."""
    kind = cause.kind
    if kind not in INCIDENTS:
        civilians = _CIVILIANS.search(text[toll.start : toll.end])
        kind = Kind.ATTACK_ON_CIVILIANS if civilians else Kind.CLASH
    start, end = toll.start, event.end("event") if event is not None else toll.end
    cue = event["event"].lower() if event is not None else toll.quantity.unit
    return replace(
        cause,
        id=claim_id(cause.article, start, end, kind, 0),
        start=start,
        end=end,
        quote=text[start:end],
        kind=kind,
        status=Status.CLAIMED if said else cause.status,
        from_actor=None,
        quantity=toll.quantity,
        attribution=said,
        state=None,
        reasons=(
            Reason(ReasonKind.KIND, kind.value, cue),
            Reason(ReasonKind.PLACE, "of the sentence before"),
            Reason(ReasonKind.FIGURE, toll.quantity.unit),
        ),
    )


def _speaker(sentence: str) -> Attribution | None:
    """Return who gives the toll: ", the United Nations said"."""
    found = _SAID.search(sentence)
    if found is None:
        return None
    name = (found["name"] or found["name2"]).strip()
    words = (found["words"] or found["words2"]).strip()
    return Attribution(name=name, role=role_of(name), words=words)
