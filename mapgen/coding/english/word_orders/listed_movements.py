"""Tell the movements to or from the places of a list, each with its own figure.

The items of `tallies` come in. One movement for each goes out, in place of one for all of them; the
other end is the one that the sentence or the text before names for the whole list.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import holds
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.coding.english.word_orders.causes import cause_before, cause_in
from mapgen.coding.english.word_orders.flight_merging import key_of
from mapgen.coding.english.word_orders.tallies import announces_list, items_of
from mapgen.model import Kind, Precision, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Span

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.coding.english.word_orders.tallies import Item
    from mapgen.model import ClaimPlace
    from mapgen.places.georeference import Georeference

_MOSTLY = 0.9  # parts that add up to this share of a figure are all of it


def note_list(sent: Span, scene: SentenceContext) -> None:
    """Note whether the lines that follow are items of a list of arrivals."""
    start, end = scene.passage.bounds(sent)
    words, discourse = scene.passage.text[start:end], scene.discourse
    if announces_list(words):
        discourse.lists_arrivals = True
        own = at(cause_in(sent, scene), Role.ORIGIN)
        discourse.list_origins = own or discourse.recent_flight() or cause_before(sent, scene)
    elif discourse.lists_arrivals and not items_of(sent, scene, announced=True):
        discourse.lists_arrivals = False


def with_items(drafts: list[ClaimDraft], sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Add one movement for each place of a list with figures, in place of one for all of them."""
    items = items_of(sent, scene, announced=scene.discourse.lists_arrivals)
    if not items:
        return drafts
    moves = [d for d in drafts if d.kind is Kind.DISPLACEMENT]
    told = {key_of(p) for d in moves for p in d.places}
    if len(items) == 1 and items[0].leads and _listed(items) & told:
        return drafts  # the frames read "950 people fled to X"
    known = _other_ends(moves, items, sent, scene)
    kept = [_beside_items(d, items) if d.kind in _OF_LISTS else d for d in drafts]
    ends = _ends_of_each(known, items, sent, scene)
    made = [_of_item(i, own, sent, scene) for i, own in zip(items, ends, strict=True)]
    return [d for d in kept if d is not None] + made


def _ends_of_each(
    known: tuple[ClaimPlace, ...], items: list[Item], sent: Span, scene: SentenceContext
) -> list[tuple[ClaimPlace, ...]]:
    """Return the other ends of each item: "4,000 from A reached B and 700 from C reached D".

    Where no item but the last has an end of its own, all ends are those of the whole list.
    """
    passage = scene.passage
    start, end = passage.bounds(sent)
    begins = [start + i.figure.start for i in items]
    bounds = list(zip(begins, [*begins[1:], end], strict=True))
    own = [tuple(p for p in known if begin <= p.start < until) for begin, until in bounds]
    towns = [r for t in sent if (r := passage.places.get(t.i)) and not _is_area(r)]
    # "registered at B" names an end too, though no frame reads it
    has_end = [
        any(begin <= r.start < until and r.start != i.mention.start for r in towns)
        for i, (begin, until) in zip(items, bounds, strict=True)
    ]
    if len(items) > 1 and all(has_end) and any(own):
        return own
    return [known] * len(items)


def _is_area(reference: Georeference) -> bool:
    return reference.meant is not None and Precision(reference.meant.precision).is_area


_OF_LISTS = {Kind.DISPLACEMENT, Kind.HOSTING}


def _listed(items: list[Item]) -> set[str]:
    """Return the keys of the places in a list, whether they are on the map or not."""
    return {i.mention.place.id for i in items} | {i.mention.surface for i in items}


def _beside_items(draft: ClaimDraft, items: list[Item]) -> ClaimDraft | None:
    """Return what a movement says beside a list: nothing if it is the sum or one of the items."""
    own = draft.figure
    if own is not None and any(
        i.figure.start < own.end and own.start < i.figure.end for i in items
    ):
        return None
    listed = _listed(items)
    rest = tuple(p for p in draft.places if key_of(p) not in listed)
    if any(p.role is not Role.ORIGIN for p in rest):
        return replace(draft, places=rest)
    parts = sum(i.figure.quantity.low or i.figure.quantity.high or 0 for i in items)
    total = own.quantity.low or own.quantity.high or 0 if own is not None else 0
    if not rest or parts >= _MOSTLY * total:
        return None
    return replace(draft, places=rest)


def _other_ends(
    moves: list[ClaimDraft], items: list[Item], sent: Span, scene: SentenceContext
) -> tuple[ClaimPlace, ...]:
    """Return the other end of the movements of a list: their origins or their destination."""
    role = Role.DESTINATION if items[0].side == "from" else Role.ORIGIN
    listed = _listed(items)
    ends = [p for d in moves for p in d.places if p.role is role and key_of(p) not in listed]
    if ends or role is Role.DESTINATION:
        return _unique(ends)
    told = _head(sent, items, scene) or _origins_before(sent, scene)
    return tuple(p for p in told if key_of(p) not in listed)


def _origins_before(sent: Span, scene: SentenceContext) -> tuple[ClaimPlace, ...]:
    """Return where those of a list come from by the cause or by what was told before the list."""
    if scene.discourse.lists_arrivals:
        return scene.discourse.list_origins
    own = at(cause_in(sent, scene), Role.ORIGIN)
    return own or scene.discourse.recent_flight() or cause_before(sent, scene)


def _head(sent: Span, items: list[Item], scene: SentenceContext) -> tuple[ClaimPlace, ...]:
    """Return the place before the colon: "Bria: 4,900 fled, mainly to Bambari (3,000)"."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    colon = passage.text.find(":", start, min(end, start + 60))
    if colon < 0:
        return ()
    tokens = [t for t in sent if t.i in passage.places and passage.ends[t.i] <= colon]
    if not tokens or any(i.token.i <= tokens[-1].i for i in items):
        return ()
    heads = [m for m in scene.places(tokens[0]) if m.place.precision != "country"]
    heads = [m for m in heads if not any(holds(m, i.mention) for i in items)]
    return at(heads, Role.ORIGIN)


def _unique(places: list[ClaimPlace]) -> tuple[ClaimPlace, ...]:
    return tuple({key_of(p): p for p in places}.values())


def _of_item(
    item: Item, known: tuple[ClaimPlace, ...], sent: Span, scene: SentenceContext
) -> ClaimDraft:
    """Return the movement of one item of a list; its trigger is the number."""
    passage = scene.passage
    begin = passage.bounds(sent)[0] + item.figure.end
    number = next(
        (
            t
            for t in reversed(sent.doc[sent.start : sent.end])
            if passage.starts[t.i] < begin and t.like_num
        ),
        item.token,
    )
    role = Role.ORIGIN if item.side == "from" else Role.DESTINATION
    own = at([item.mention], role)
    places = (*known, *own) if role is Role.DESTINATION else (*own, *known)
    reason = Reason(ReasonKind.WORDS, "its own figure in a list")
    return ClaimDraft(Kind.DISPLACEMENT, number, None, None, places, item.figure, reasons=[reason])
