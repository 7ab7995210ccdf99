"""Read how many people are at a place that only earlier words name, or that have a place to sleep.

A sentence and the drafts of its movements come in; the drafts with those of "900 households
registered on arrival there", "8,000 people were packed into its grounds", "another 2,700 have
stopped at X, where they sleep in schools" and "1,200 villagers are in the woods" go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.coding.english.word_orders.causes import cause_before
from mapgen.coding.english.word_orders.flight_merging import key_of
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list
from mapgen.model import OF_DISPLACED, Kind, Precision, Role
from mapgen.reasons import CAUSE_BEFORE, Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import ClaimPlace
    from mapgen.places.georeference import Georeference

_MOD = (
    r"(?:[Aa]bout|[Aa]lmost|[Aa]nother|[Aa]round|[Aa]t\sleast|[Cc]lose\sto|[Mm]ore\sthan|[Nn]early"
    r"|[Oo]ver|[Rr]oughly|[Ss]ome|[Uu]p\sto|[Aa]\sfurther)"
)
_NUMBER = (
    rf"(?P<number>(?:{_MOD}\s)?(?<![\d.,])(?:\d{{1,3}}(?:[,\u00a0\u202f ]\d{{3}})+"
    r"|(?!(?:19|20)\d\d\s(?!people))\d{2,}|(?:a\sfew|several)\s(?:dozen|hundred|thousand)"
    r"|[Dd]ozens|[Hh]undreds|[Tt]housands))(?:\sof)?"
)
_WHO = (
    r"(?:\s(?:more|other|new|newly\sdisplaced|displaced|terrified|frightened|local))?"
    r"\s(?P<who>arrivals|civilians|famil(?:y|ies)|households|inhabitants|newcomers|people|persons"
    r"|refugees|residents|townspeople|villagers|women\sand\schildren)"
)
_REGISTERED = re.compile(
    rf"\b{_NUMBER}{_WHO}\s(?:(?:had|have|were)\s)?(?:been\s)?(?:newly\s)?"
    r"(?P<verb>counted|listed|recorded|registered)\s(?:on\s|upon\s|at\s)?(?:arrival\s)?"
    r"(?P<spot>there)\b"
)
_STOPPED = re.compile(
    rf"\b{_NUMBER}(?:{_WHO}|\sothers|\smore)?\s(?:had|have)\s(?:now\s|since\s)?"
    r"(?P<verb>fetched\sup|halted|paused|settled|stopped)(?:\sfor\snow)?\s(?:around|at|in|near)\s"
    r"(?:the\s(?:city|town|village)\sof\s)?$"
)
_SLEEPS = re.compile(
    r",[^.;]{0,60}?\s?(?:where|and)\s(?:\w+\s){0,2}?(?:camp|live|lodge|shelter|sleep|stay)(?:ing|s)?\b"
)
_CRAMMED = r"(?P<verb>crammed|crowded|crowding|huddled|jammed|packed|squeezed|sheltering)"
_INTO = r"(?:in|inside|into)\s(?P<spot>(?:its|the|their)\s(?:\w+\s){0,2}?"
_WOODS = re.compile(
    rf"\b{_NUMBER}{_WHO}\s(?P<verb>are|were)\s(?:now\s|still\s)?"
    r"(?:hiding\s|living\s|sheltering\s)?(?:in|out\sin)\sthe\s(?:near-?by\s|surrounding\s)?"
    r"(?:bush|fields|forests?|hills|jungle|marsh(?:es)?|mountains|scrub|woods)\b"
)
_SHORT = 150  # characters that the words before such a town take
_NEAR = 20  # characters behind "its compound" in which the town can be named
_RECENT = 4  # sentences in which the town is named
_QUARTER = re.compile(r"\s(?:neighbou?rhood|quarter|suburb|ward)\b")
_HARMED = frozenset({Kind.ATTACK_ON_CIVILIANS, Kind.CLASH, Kind.CONTROL_CHANGE, Kind.STRIKE})
_OF_THIS = "the town that the sentence before is about"


def with_counted_there(
    drafts: list[ClaimDraft], sent: Span, scene: SentenceContext
) -> list[ClaimDraft]:
    """Return the drafts with those of people whose place earlier words or their room tells."""
    start, end = scene.passage.bounds(sent)
    text = scene.passage.text
    if not _hints().search(text, start, end) or _others().search(text, start, end):
        return drafts
    made = [*_registered(sent, scene), *_stopped(sent, scene), *_crammed(sent, scene)]
    made += _in_the_woods(drafts, sent, scene)
    told = {key_of(p) for d in drafts if d.kind in OF_DISPLACED and d.figure for p in d.places}
    fresh = [m for m in made if not told & {key_of(p) for p in m.places}]
    words = {m.figure.quantity.words for m in fresh if m.figure is not None}
    kept = [
        d
        for d in drafts
        if d.kind not in OF_DISPLACED or d.figure is None or d.figure.quantity.words not in words
    ]
    return [*kept, *fresh]


@per_tables
def _hints() -> re.Pattern[str]:
    """Return the words without which a sentence tells nothing of this kind."""
    return re.compile(one_of(sorted(word_list("flight", "counted_there"))))


@per_tables
def _others() -> re.Pattern[str]:
    """Return the pattern of people who are there, and have not fled."""
    words = word_list("flight", "no_refuge")
    return re.compile(rf"\b{one_of(sorted(words))}\b", re.IGNORECASE)


@per_tables
def _packed() -> re.Pattern[str]:
    """Return the pattern of "8,000 people were packed into its grounds"."""
    rooms = one_of(sorted(word_list("flight", "grounds")))
    return re.compile(
        rf"\b{_NUMBER}{_WHO}\s(?:(?:are|have\sbeen|were|was)\s)?(?:now\s|still\s)?{_CRAMMED}\s{_INTO}{rooms})\b"
    )


def _registered(sent: Span, scene: SentenceContext) -> Iterator[ClaimDraft]:
    """Read "940 households registered on arrival there"."""
    start, end = scene.passage.bounds(sent)
    found = _REGISTERED.search(scene.passage.text, start, end)
    town = _meant(found, scene) if found is not None else None
    if found is not None and town is not None:
        yield from _draft(found, sent, scene, Kind.DISPLACEMENT, at([town], Role.DESTINATION))


def _stopped(sent: Span, scene: SentenceContext) -> Iterator[ClaimDraft]:
    """Read "2,700 have stopped at X, where they sleep in schools"."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    for ref in _names(sent, scene):
        found = _STOPPED.search(passage.text, max(start, ref.start - _SHORT), ref.start)
        if found is None or ref.meant is None:
            continue
        if scene.discourse.recent_flight() is None and not _SLEEPS.match(
            passage.text, ref.end, end
        ):
            continue
        town = Mention(ref.meant, ref.start, ref.end, ref.surface)
        yield from _draft(found, sent, scene, Kind.DISPLACEMENT, at([town], Role.DESTINATION))
        return


def _crammed(sent: Span, scene: SentenceContext) -> Iterator[ClaimDraft]:
    """Read "8,000 people were packed into its grounds": of the town told of before."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    found = _packed().search(passage.text, start, end)
    if found is None:
        return
    named = [r for r in _names(sent, scene) if r.start < found.end() + _NEAR]
    if any(r.meant is not None and not Precision(r.meant.precision).is_area for r in named):
        return  # the frames read a town of the same sentence
    town = _meant(found, scene)
    if town is not None:
        yield from _draft(found, sent, scene, Kind.HOSTING, at([town], Role.AT))


def _in_the_woods(
    drafts: list[ClaimDraft], sent: Span, scene: SentenceContext
) -> Iterator[ClaimDraft]:
    """Read "soldiers burned X, and 1,200 villagers are in the woods": these left X."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    found = _WOODS.search(passage.text, start, end)
    if found is None:
        return
    harmed = [d for d in drafts if d.kind in _HARMED and d.places]
    spots = {key_of(p): p for d in harmed for p in d.places if p.role is Role.AT}
    if len(spots) == 1:
        place = next(iter(spots.values()))
        left = tuple(
            m
            for t in sent
            if t.i in passage.places and passage.places[t.i].start == place.start
            for m in at(scene.places(t)[:1], Role.ORIGIN)
        )[:1]
    else:
        left = () if spots else cause_before(sent, scene) or _burned(sent, scene)
    reasons = [Reason(ReasonKind.ORIGIN, CAUSE_BEFORE)]
    if left:
        yield from _draft(found, sent, scene, Kind.DISPLACEMENT, left, reasons)


def _burned(sent: Span, scene: SentenceContext) -> tuple[ClaimPlace, ...]:
    """Return the village that a sentence tells to have been burned, if it names no other town."""
    passage = scene.passage
    start, _ = passage.bounds(sent)
    named = _names(sent, scene)
    burned = [
        r for r in named if _BURNED.search(passage.text, max(start, r.start - _SHORT), r.start)
    ]
    last = burned[-1] if burned else None
    if last is None or last.meant is None:
        return ()
    return at([Mention(last.meant, last.start, last.end, last.surface)], Role.ORIGIN)


_BURNED = re.compile(
    r"\b(?:burn(?:ed|t)(?:\sdown)?|razed|set\s(?:alight|fire\sto)|torched)\s"
    r"(?:(?:much|most|part|parts)\sof\s)?(?:the\s(?:hamlet|town|village)\sof\s)?$"
)


def _names(sent: Span, scene: SentenceContext) -> list[Georeference]:
    """Return the places that a sentence names, in their order."""
    refs = {r.start: r for t in sent for r in [scene.passage.places.get(t.i)] if r is not None}
    return [refs[start] for start in sorted(refs)]


def _meant(found: re.Match[str], scene: SentenceContext) -> Mention | None:
    """Return the town that "there" or "its" means, or None.

    It is the only one that the paragraph names shortly before, apart from its quarters.
    """
    first, last = found.span("spot")
    text, discourse = scene.passage.text, scene.discourse
    recent = max(discourse.paragraph[1], len(discourse.sentences) - _RECENT)
    before = [r for s in discourse.sentences[recent:] for r, _ in s if r.end <= found.start()]
    towns = {
        r.meant.id: r for r in before if r.meant is not None and not _QUARTER.match(text, r.end)
    }
    ref: Georeference | None = next(iter(towns.values())) if len(towns) == 1 else None
    if ref is None:
        ref = discourse.antecedent(found.start(), near=True)
    led = discourse.led
    if ref is None and led is not None:
        ref = led.leader
    if ref is None or ref.meant is None or Precision(ref.meant.precision).is_area:
        return None
    return Mention(ref.meant, first, last, found["spot"], coref=True)


def _draft(
    found: re.Match[str],
    sent: Span,
    scene: SentenceContext,
    kind: Kind,
    places: tuple[ClaimPlace, ...],
    reasons: list[Reason] | None = None,
) -> Iterator[ClaimDraft]:
    unit = "families" if (found["who"] or "").startswith(("famil", "household")) else "people"
    told = find_figures(f"{found['number']} {unit}")
    if len(told) != 1:
        return
    passage = scene.passage
    offset = found.start("number") - passage.bounds(sent)[0]
    figure = told[0]._replace(start=offset, end=offset + len(found["number"]))
    verb = next((t for t in sent if passage.ends[t.i] > found.start("verb")), sent[0])
    reasons = reasons if reasons is not None else [Reason(ReasonKind.PLACE, _OF_THIS)]
    yield ClaimDraft(kind, verb, None, None, places, figure, reasons=reasons)
