"""Read the lines of lists in situation reports: "Hasakah city: 54,300 IDPs"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.model import Kind, Role

if TYPE_CHECKING:
    from spacy.tokens import Span

    from mapgen.coding.english.sentence_context import SentenceContext

_HEAD = re.compile(r"^\W*(?P<name>[^:]{3,50}):\s")
_DISPLACED = re.compile(
    r"\b(?:IDPs?|displaced|relocated|refugees?|evacuees?|new(?:ly)? arriv\w+|returnees?)\b",
    re.IGNORECASE,
)


def listed(sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y: 54,300 IDPs" as people who were displaced to Y."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    words = passage.text[start:end]
    head, told = _HEAD.match(words), _DISPLACED.search(words)
    figures = find_figures(words)
    if head is None or told is None or not figures or told.start() < head.end():
        return []
    mentions = [
        m
        for t in sent
        if t.i in passage.places and passage.starts[t.i] < start + head.end("name")
        for m in scene.places(t)
        if m.place.precision != "country"
    ][:1]
    if not mentions or figures[0].start > head.end() + 40:
        return []
    trigger = next(t for t in sent if passage.ends[t.i] > start + told.start())
    places = at(mentions, Role.DESTINATION)
    return [ClaimDraft(Kind.DISPLACEMENT, trigger, None, None, places, figures[0])]
