"""Part the groups of people that one sentence sends to different places.

"7,400 people had reached X, and an unknown number had gone on to Y" has two groups: the number is
that of the first. The claims of an article come in and go out; those of a sentence in which the
words between two places begin another group are told anew, one claim for each group.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.quantities import find_figures, parse_number
from mapgen.model import Kind, Quantity, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.model import Claim, ClaimPlace, SentenceRecord

_KINDS = frozenset({Kind.DISPLACEMENT, Kind.RETURN})
_ORDINALS = 200  # from here on they count the groups of a sentence

_TO = one_of(["around", "at", "for", "in", "inside", "into", "near", "over to", "to", "toward"])
_TO = rf"(?:{_TO}|towards)"
_GOING = one_of(
    [
        "are",
        "carried",
        "carrying",
        "continued",
        "continuing",
        "crossed",
        "crossing",
        "even",
        "fled",
        "go",
        "going",
        "gone",
        "had",
        "has",
        "have",
        "headed",
        "heading",
        "left",
        "made",
        "moved",
        "moving",
        "on",
        "pushed",
        "reached",
        "sought",
        "travelled",
        "walked",
        "walking",
        "went",
        "were",
    ]
)
_PEOPLE = one_of(
    ["civilians", "families", "households", "individuals", "people", "persons", "residents"]
)
_OF_THEM = r"of\s(?:them|these|those|which|whom|the\s\w+)"
_REST = rf"the\s(?:rest|remainder|others|remaining\s{_PEOPLE})"
# a group without an exact number of its own: "an unknown number", "the rest", "many more"
_OTHERS = rf"""
    (?: (?P<rest> {_REST} )
      | an? \s (?: \w+ \s )? number (?: \s of \s (?: {_PEOPLE} | others ) )?
      | (?: {one_of(["dozens", "few", "hundreds", "many", "more", "most", "scores", "several"])}
          | {one_of(["some", "thousands"])} )
        (?= \s (?: {_OF_THEM} | {_PEOPLE} | more | of \s others | others | {_GOING} | {_TO} ) \b )
      | others )
"""
_NUMBER = rf"""
    (?<! [\d.,] ) (?P<number> \d{{1,3}} (?: ,\d{{3}} )+ | \d{{2,}} )
    (?= \s (?: {_OF_THEM} | {_PEOPLE} | more | others | from | {_GOING} | {_TO} ) \b )
"""
_LINK = r"(?: [,;:–—] | \b (?: and | but | while | whereas | with ) \b )"
_HEAD = re.compile(
    rf"{_LINK} ,? \s (?: [^.;\d]{{1,60}}? \s )?? (?: {_NUMBER} | {_OTHERS} ) \b [^.;]{{0,70}} $",
    re.VERBOSE | re.IGNORECASE,
)
_FIRST = re.compile(rf"{_NUMBER} [^.;:\d]{{0,70}} $", re.VERBOSE | re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:half|many|most|some|the\s(?:bulk|majority))\s"
    r"(?:(?:of\s(?:them|these|those|whom)|going|head\w+)\b[^.;\d]{0,60}|(?:for|into|to|towards?)\s)$",
    re.IGNORECASE,
)
_PART = re.compile(r"\bof (?:them|these|those|which|whom)\b")


@dataclass(slots=True)
class _Group:
    """The places of one group in reading order, the words that begin it, and its number."""

    places: list[ClaimPlace]
    start: int  # offset of its first word, or of the sentence for the first group
    words: str = ""  # "the rest", where these are the words for it
    quantity: Quantity | None = None

    @property
    def is_rest(self) -> bool:
        """Whether the group is all that the other groups leave."""
        return bool(self.words)


def with_own_groups(
    claims: Sequence[Claim], sentences: Sequence[SentenceRecord], text: str
) -> list[Claim]:
    """Return the claims, where each group of people in a sentence has its own claim.

    Parameters
    ----------
    claims
        Claims of an article.
    sentences
        Its sentences.
    text
        Its text.

    Returns
    -------
    list of Claim
        A group that the text does not count has no number; "the rest" is the whole less the other
        part, where both numbers are exact.
    """
    starts = [s.start for s in sentences]
    beside: dict[tuple[int, Kind], list[Claim]] = {}
    for claim in claims:
        at = bisect_right(starts, claim.start) - 1
        is_in = at >= 0 and claim.start < sentences[at].end
        if is_in and claim.kind in _KINDS and claim.status.is_current:
            beside.setdefault((at, claim.kind), []).append(claim)
    anew: dict[str, list[Claim]] = {}  # by the id of a claim, those that take its place
    for (at, _), here in beside.items():
        told = _told_anew(here, sentences[at], text)
        if told is not None:
            anew.update({c.id: [] for c in here}, **{here[0].id: told})
    return [new for claim in claims for new in anew.get(claim.id, [claim])]


def _told_anew(here: list[Claim], s: SentenceRecord, text: str) -> list[Claim] | None:
    """Return the claims of a sentence with one for each group, or None to leave them."""
    if not any(c.quantity for c in here):
        return None
    for role, other in ((Role.DESTINATION, Role.ORIGIN), (Role.ORIGIN, Role.DESTINATION)):
        ends = _ends(here, role)
        groups = _groups(ends, s, text)
        if _is_led(here, groups, s, text):
            continue
        if len(groups) < _LEAST or not _are_mixed(here, groups, s, text):
            continue
        beside = _ends(here, other)
        if role is Role.ORIGIN and any(ends[0].start < p.start < ends[-1].start for p in beside):
            continue
        return _parted(here, groups, beside, s, text)
    return None


_LEAST = 2  # groups


def _is_led(here: list[Claim], groups: list[_Group], s: SentenceRecord, text: str) -> bool:
    """Whether the number behind the first place is its own: "X: 15,000 came and stay in Y"."""
    if len(groups) < _LEAST or groups[0].quantity is not None:
        return False
    if find_figures(text[s.start : groups[0].places[0].start]):
        return False
    told = next(c.quantity for c in here if groups[0].places[0] in c.places)
    return any(told and g.quantity and _same(told, g.quantity) for g in groups[1:])


def _ends(claims: Iterable[Claim], role: Role) -> list[ClaimPlace]:
    """Return the places that claims have in a role, each once, in reading order."""
    found = {p.start: p for c in claims for p in c.places if p.role is role}
    return [found[start] for start in sorted(found)]


def _groups(ends: Sequence[ClaimPlace], s: SentenceRecord, text: str) -> list[_Group]:
    """Return the groups of places, parted where the words before a place begin a group."""
    groups: list[_Group] = []
    after = s.start
    for place in ends:
        words = text[after : place.start]
        head = _HEAD.search(words) if groups else _FIRST.search(words)
        if not groups:
            groups.append(_Group([place], s.start))
        elif head is not None and place.start < s.end:
            rest = head["rest"] or ""
            groups.append(_Group([place], after + head.start(), rest))
        else:
            groups[-1].places.append(place)
        if head is not None:
            groups[-1].quantity = _own_number(head, after, s, text)
        after = place.end
    return groups


def _own_number(head: re.Match[str], offset: int, s: SentenceRecord, text: str) -> Quantity | None:
    """Return the number in the words that begin a group, if they have one."""
    known = head.groupdict()
    name = "number" if known.get("number") else None
    start, end = (offset + i for i in (head.span("number") if name else head.span()))
    for f in find_figures(text[s.start : s.end]):
        if s.start + f.start < end and start < s.start + f.end:
            return f.quantity
    n = parse_number(head["number"]) if name else None
    if n is None:
        return None
    return Quantity(low=n, high=n, best=n, unit="people", words=head["number"])


def _are_mixed(
    here: Sequence[Claim], groups: Sequence[_Group], s: SentenceRecord, text: str
) -> bool:
    """Whether a claim has the places of two groups, or the number of another group."""
    for claim in here:
        starts = {p.start for p in claim.places}
        own = [g for g in groups if starts & {p.start for p in g.places}]
        if len(own) > 1:
            return True
        if (
            own
            and own[0].quantity
            and claim.quantity
            and not _same(own[0].quantity, claim.quantity)
        ):
            return True
    return False


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _parted(
    here: list[Claim],
    groups: list[_Group],
    beside: Sequence[ClaimPlace],
    s: SentenceRecord,
    text: str,
) -> list[Claim]:
    """Return a claim for each group, and before them that of the whole, if it is counted."""
    totals = _numbered(here, groups, s, text)
    shared = _shared(groups, beside)
    if totals and not shared and not any(g.quantity for g in groups):
        return [_of_all(totals[0], here)]
    made = [_of_whole(total, groups, shared) for total in totals]
    untils = [*(g.start for g in groups[1:]), s.end]
    for n, (g, until) in enumerate(zip(groups, untils, strict=True)):
        own = tuple(p for p in beside if n and g.start <= p.start < until)
        base = next(c for c in here if g.places[0] in c.places)
        made.append(_of_group(base, g, own or shared, _ORDINALS + n, text))
    return made


def _numbered(here: list[Claim], groups: list[_Group], s: SentenceRecord, text: str) -> list[Claim]:
    """Give the groups their numbers, and return the claims that count all of them together."""
    whole = _counted(here, groups, s, text)
    numbers = [g.quantity for g in groups if g.quantity is not None]
    totals = [c for c in here if c.quantity and not any(_same(c.quantity, n) for n in numbers)]
    if whole is None and totals:
        whole = totals[0].quantity
    for g in groups:
        if g.is_rest and g.quantity is None:
            g.quantity = _rest(whole, numbers, g.words)
        g.quantity = _in_unit(g.quantity, whole, s, text)
    return totals


def _of_all(total: Claim, here: Sequence[Claim]) -> Claim:
    """Return the claim that counts all groups, none of which has a number, with all their places.

    "20,000 have made off, the bulk to X, others to Y": where from is not told.
    """
    places = {p.start: p for c in here for p in c.places}
    return replace(total, places=tuple(places[start] for start in sorted(places)))


def _of_whole(total: Claim, groups: list[_Group], shared: tuple[ClaimPlace, ...]) -> Claim:
    """Return the claim that counts all groups without the places of each."""
    ends = {p.start for g in groups for p in g.places}
    rest = tuple(p for p in total.places if p.start not in ends)
    return replace(total, places=rest or shared)


def _shared(groups: list[_Group], beside: Sequence[ClaimPlace]) -> tuple[ClaimPlace, ...]:
    """Return the places at the other end that stand before all groups or behind them."""
    last = groups[-1].places[-1].end
    return tuple(p for p in beside if p.start < groups[1].start or p.start > last)


def _of_group(
    base: Claim, group: _Group, beside: tuple[ClaimPlace, ...], ordinal: int, text: str
) -> Claim:
    """Return the claim of one group."""
    start, end = min(base.start, group.places[0].start), max(base.end, group.places[-1].end)
    places = sorted((*beside, *group.places), key=lambda p: p.role is not Role.ORIGIN)
    return replace(
        base,
        id=claim_id(base.article, start, end, base.kind, ordinal),
        start=start,
        end=end,
        quote=text[start:end],
        places=tuple(places),
        quantity=group.quantity,
        reasons=(*base.reasons, Reason(ReasonKind.FIGURE, "that of its own group")),
    )


def _counted(
    here: Sequence[Claim], groups: list[_Group], s: SentenceRecord, text: str
) -> Quantity | None:
    """Give the first group the number of its claim; return the whole that the sentence counts."""
    first = groups[0]
    before = text[s.start : first.places[0].start]
    own = first.quantity or _first_number(here, groups)
    if own is None or _SHARE.search(before):  # "15,000 fled, most of them to X"
        first.quantity = None
        return own
    first.quantity = own
    at = before.rfind(own.words)
    wholes = [f.quantity for f in find_figures(before[: max(at, 0)])]
    return wholes[-1] if wholes else None


def _first_number(here: Sequence[Claim], groups: list[_Group]) -> Quantity | None:
    """Return the number of the claim of the first group, if it is not that of another group."""
    told = next((c.quantity for c in here if groups[0].places[0] in c.places), None)
    others = [g.quantity for g in groups[1:] if g.quantity is not None]
    return None if told is None or any(_same(q, told) for q in others) else told


def _rest(whole: Quantity | None, parts: Sequence[Quantity], words: str) -> Quantity | None:
    """Return the whole less its other parts, if all of them are exact."""
    if whole is None or not parts or not all(_is_exact(q) for q in (whole, *parts)):
        return None
    n = (whole.best or 0) - sum(q.best or 0 for q in parts)
    return replace(whole, low=n, high=n, best=n, words=words) if n > 0 else None


def _is_exact(quantity: Quantity) -> bool:
    """Whether a number is written without "about" or "some"."""
    return quantity.best is not None and quantity.words[:1].isdigit()


def _in_unit(
    part: Quantity | None, whole: Quantity | None, s: SentenceRecord, text: str
) -> Quantity | None:
    """Return a part in the unit of the whole: "800 families left, of whom 500 reached X"."""
    if part is None or whole is None or not _PART.search(text, s.start, s.end):
        return part
    return replace(part, unit=whole.unit)
