"""Give a place its own figure where the verb is not said again: "7,500 reached X and 4,000 Y".

The claims of an article come in and go out. "3,000 people fled to A and 500 to B" and "A took in
900 people, B 300" tell of two groups, each with its own place and figure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.calendar_days import SOME_MONTH
from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_places import SentencePlaces
from mapgen.model import OF_DISPLACED, ClaimPlace, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.model import Claim, Quantity, SentenceRecord
    from mapgen.places.georeference import Georeference

_ENDS = frozenset({Role.DESTINATION, Role.AT})
_ORDINALS = 150  # from here on they count the claims made here
_MOD = (
    r"(?:about|almost|another|around|at\sleast|close\sto|more\sthan|nearly|over|roughly|some"
    r"|up\sto|a\sfurther)"
)
_NUMBER = (
    rf"(?P<number>(?:{_MOD}\s)?(?:\d{{1,3}}(?:[,\u00a0\u202f ]\d{{3}})+|(?!(?:19|20)\d\d\b)\d{{2,}}"
    r"|(?:a\sfew|several)\s(?:dozen|hundred|thousand)|dozens|hundreds|thousands))"
    rf"(?!\s(?:{SOME_MONTH}))"
)
_BETWEEN = (
    r"(?:,\s[A-Z][\w'’-]+)?(?:\s(?:town|city|village|camp|district|county|province))?"
    r"(?:,\sin\s[A-Z][\w'’ -]{2,30}?)?(?:,|;)?\s(?:and|but|while|with)?\s?"
)
_TO = (
    r"(?:\s(?:more|others|people|families))?(?:\s(?:had|have|are|were))?"
    r"(?:\s(?:at|for|in|into|near|to|towards?|chose|preferred|reached|opted\sfor))?"
)
_BEFORE = re.compile(rf"{_BETWEEN}{_NUMBER}{_TO}\s(?:the\s(?:camp|city|town|village)\sof\s)?$")
_GOES_ON = re.compile(
    r"\s*(?:$|[.;:,)\n]|(?:after|and|as|but|by|during|from|in|on|over|since|this|while|with|last"
    r"|today|yesterday|according|so\sfar)\b)"
)
_BEHIND = re.compile(
    rf"(?:,|\s(?:and|with))?\s{_NUMBER}(?=\s*(?:$|[.;]|,(?!\d)|and\s[A-Z]))(?!\.\d)"
)
_NEXT = re.compile(r"(?:,|;)?\s(?:and\s|while\s|but\s)?(?:the\s(?:camp|city|town|village)\sof\s)?$")
_TAKES = re.compile(
    r"\b(?:has|had|have|holds|hosts?|hosting|received|recorded|registered|shelters?|took\sin"
    r"|taken\sin|counts)\b"
)


def with_gapped_figures(
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    references: Sequence[Georeference],
    text: str,
) -> list[Claim]:
    """Return the claims, with one for each group whose verb is left out.

    Parameters
    ----------
    claims
        Claims of an article.
    sentences
        Its sentences.
    references
        The places that it names.
    text
        Its text.
    """
    places = SentencePlaces(sentences, references)
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.kind in OF_DISPLACED and claim.status.is_current and claim.quantity is not None:
            by_sentence.setdefault(places.number(claim.start), []).append(claim)
    changed: dict[str, Claim] = {}
    made: list[Claim] = []
    for number, own in by_sentence.items():
        if number < 0:
            continue
        _split(own, places.named(number), places.bounds(number), text, changed, made)
    if not changed and not made:
        return list(claims)
    told = [*changed.values(), *made]
    kept = [changed.get(c.id, c) for c in claims if not _is_told(c, told)]
    return sorted([*kept, *made], key=lambda c: (c.start, c.end, c.id))


def _is_told(claim: Claim, told: Iterable[Claim]) -> bool:
    """Whether a claim without a figure says only where one of the groups went."""
    if claim.quantity is not None or claim.kind not in OF_DISPLACED or not claim.places:
        return False
    ends = {(p.start, p.role) for p in claim.places}
    return any(ends <= {(p.start, p.role) for p in o.places} for o in told)


def _split(
    own: Sequence[Claim],
    here: Sequence[Georeference],
    bounds: tuple[int, int],
    text: str,
    changed: dict[str, Claim],
    made: list[Claim],
) -> None:
    """Note the changed claims of a sentence, and those made for groups without a verb."""
    last: Claim | None = None  # the group told just before
    for r in here:
        found = _number_before(r, here, bounds, text) or _number_behind(r, own, text)
        if found is None:
            continue
        number, spot = found
        told = [changed.get(c.id, c) for c in own]
        first = _told_at(spot, [*told, *made]) or last
        if first is None or first.quantity is None:
            continue
        counted = _quantity(number, first.quantity.unit)
        if counted is None or counted == first.quantity:
            continue
        for claim in told:
            rest = _without(claim, r) if not _is_counted(claim, counted) else None
            if rest is not None:
                changed[claim.id] = rest
        mine = [changed.get(c.id, c) for c in own]
        same = next((c for c in mine if _is_counted(c, counted)), None)
        if same is not None:
            first = changed.get(first.id, first)
            changed[same.id] = own_part = _at_place(same, first, r)
            if first.id in {c.id for c in own}:
                changed[first.id] = _with_origins(first, own_part, r)
            continue
        last = _of_group(changed.get(first.id, first), r, counted, len(made), text, bounds)
        made.append(last)


def _without(claim: Claim, r: Georeference) -> Claim | None:
    """Return a claim without a place, if it has it and another end."""
    rest = tuple(p for p in claim.places if not _is_at(p, r))
    if len(rest) == len(claim.places) or not any(p.role in _ENDS for p in rest):
        return None
    return replace(claim, places=rest)


def _number_before(
    r: Georeference, here: Sequence[Georeference], bounds: tuple[int, int], text: str
) -> tuple[str, int] | None:
    """Return the number that stands right before a place, and the end of the place before it."""
    if _GOES_ON.match(text, r.end, bounds[1]) is None:
        return None
    for other in reversed([o for o in here if o.end < r.start]):
        found = _BEFORE.fullmatch(text, other.end, r.start)
        if found is not None:
            return found["number"], other.start
    return None


def _number_behind(r: Georeference, own: Sequence[Claim], text: str) -> tuple[str, int] | None:
    """Return the number of "A took in 900, B 300" behind B, and the offset of A."""
    found = _BEHIND.match(text, r.end)
    if found is None:
        return None
    for claim in own:
        at = _offset(claim, text)
        hosts = [p for p in claim.places if p.role in _ENDS and p.end < at < r.start]
        for host in hosts:
            ahead = _NEXT.search(text, at, r.start)
            takes = _TAKES.search(text, host.end, at)
            if ahead is not None and takes is not None and text[ahead.start()] in ",; ":
                return found["number"], host.start
    return None


def _offset(claim: Claim, text: str) -> int:
    """Return where the words of the figure of a claim stand, or the end of the text."""
    if claim.quantity is None:
        return len(text)
    at = text.find(claim.quantity.words, max(0, claim.start - 60), claim.end + 60)
    return at if at >= 0 else len(text)


def _told_at(spot: int, claims: Iterable[Claim]) -> Claim | None:
    """Return the claim that has the place at an offset as an end."""
    return next((c for c in claims for p in c.places if p.start == spot and p.role in _ENDS), None)


def _quantity(words: str, unit: str) -> Quantity | None:
    found = find_figures(f"{words} {unit}")
    return found[0].quantity if len(found) == 1 else None


def _is_counted(claim: Claim, counted: Quantity) -> bool:
    """Whether a claim has a figure, whatever word for "about" stands before it."""
    own = claim.quantity
    return own is not None and (own.low, own.high, own.unit) == (
        counted.low,
        counted.high,
        counted.unit,
    )


def _is_at(place: ClaimPlace, r: Georeference) -> bool:
    return place.start < r.end and r.start < place.end


def _at_place(claim: Claim, first: Claim, r: Georeference) -> Claim:
    """Return the claim of a group with the place beside its figure as its only end."""
    role = next((p.role for p in (*claim.places, *first.places) if p.role in _ENDS), None)
    if role is None:
        return claim
    others = tuple(p for p in claim.places if p.role not in _ENDS and not _is_at(p, r))
    return _with_origins(replace(claim, places=(*others, _placed(r, role))), first, r)


def _placed(r: Georeference, role: Role) -> ClaimPlace:
    meant = r.meant
    if meant is None:
        return ClaimPlace(surface=r.surface, start=r.start, end=r.end, role=role)
    return Mention(meant, r.start, r.end, r.surface).claim_place(role)


def _with_origins(claim: Claim, first: Claim, r: Georeference) -> Claim:
    """Return the claim of one group, with where the other came from if none is told."""
    if any(p.role is Role.ORIGIN for p in claim.places):
        return claim
    origins = tuple(p for p in first.places if p.role is Role.ORIGIN and not _is_at(p, r))
    return replace(claim, places=(*origins, *claim.places)) if origins else claim


def _of_group(
    first: Claim,
    r: Georeference,
    counted: Quantity,
    number: int,
    text: str,
    bounds: tuple[int, int],
) -> Claim:
    """Return the claim of a group whose verb is left out."""
    role = next(p.role for p in first.places if p.role in _ENDS)
    others = tuple(p for p in first.places if p.role not in _ENDS and not _is_at(p, r))
    start, end = bounds[0], bounds[1]
    reason = Reason(ReasonKind.FIGURE, "the number beside the place")
    return replace(
        first,
        id=claim_id(first.article, start, end, first.kind, _ORDINALS + number),
        start=start,
        end=end,
        quote=text[start:end],
        places=(*others, _placed(r, role)),
        quantity=counted,
        reasons=(*first.reasons, reason),
    )
