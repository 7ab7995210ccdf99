"""Read asides that say who holds a town: "Y, in X's hands since May, ...", "Y, theirs since May,".

The parser ties such asides to many words, so they are found in the text, behind the name of the
town. So are lines that say the same behind a colon: "Y: under X since Thursday". A sentence comes
in; drafts of changes of control and of states go out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.days_of_places import NO_DAY
from mapgen.coding.english.mentions import is_wide
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.core.tables.actors import REBEL_WORDS, STATE_WORDS
from mapgen.core.tables.in_force import per_tables
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Span, Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor

_BEGAN = re.compile(
    r"\s(?:since\s|(?:for|these)\s(?:the\s)?(?:last|past|almost|about|nearly|over)?\s?"
    r"(?:a|an|several|some|two|three|four|five|six|seven|eight|nine|ten|\d+)\s"
    r"(?:days?|weeks?|fortnight))"
)
_ENDS = re.compile(r"\s*(?:[,;.)–—]|$)")
_IN_PLACE = re.compile(
    r",\s(?:(?:an?|the)\s[a-z][^,;.:()]{2,40}|(?:in|near)\s[^,;.:()]{2,40})(?=,)"
)
_HOW = r"(?:again|already|also|entirely|firmly|fully|now|still|wholly)"
_THEIRS = re.compile(r"(?:theirs|its\sown|their\sown)(?=\ssince\s)")
_MOST_BETWEEN = 60  # characters between the name of a town and the words about it


@per_tables
def _held() -> re.Pattern[str]:
    """Return a pattern for "in X's hands", "under X's control", "under X" and "X's"."""
    plain = one_of(sorted(STATE_WORDS | REBEL_WORDS | {"insurgent", "rebel", "regime"}))
    name = r"(?:al-|el-)?[A-Z][\w&-]*(?:\s[A-Z][\w-]*){{0,3}}"
    who = rf"(?:the\s)?(?P<{{}}>{name}|{plain})(?:['’]s|s['’]|['’])?"
    held = r"(?:control|hands|occupation|possession|rule)"
    men = r"(?:fighters|forces|gangs|militias?|rebels|soldiers|troops)"
    return re.compile(
        rf"(?:{_HOW}\s){{0,2}}(?:"
        rf"(?:back\s)?in(?:to)?\s{who.format('a')}\s(?:hands|possession)\b"
        rf"|under\s{who.format('b')}\s{held}\b"
        rf"|(?:in|under)\sthe\s(?:hands|control|rule)\sof\s{who.format('c')}(?:\s{men})?"
        rf"|under\s{who.format('d')}(?:\s{men})?(?=\s(?:since|for)\b)"
        rf"|{who.format('e')}(?<=['’]s|s['’])(?=\ssince\b)"
        r")"
    )


def told_aside(
    sent: Span, scene: SentenceContext, drafts: Collection[ClaimDraft]
) -> list[ClaimDraft]:
    """Return who holds a town by an aside or by a line about it.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    drafts
        What the sentence is known to say: a town in it has its holder already.
    """
    told = {p.start for d in drafts for p in d.places if d.kind in _CONTROL}
    made: list[ClaimDraft] = []
    for town in sent:
        towns = [m for m in scene.named(town) if not is_wide(m) and m.start not in told]
        draft = _aside(town, towns, sent, scene) if towns else None
        if draft is not None:
            told |= {m.start for m in towns}
            made.append(draft)
    return made


_CONTROL = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})


def _aside(
    town: Token, towns: list[Mention], sent: Span, scene: SentenceContext
) -> ClaimDraft | None:
    """Return what the words behind a town say of its holder."""
    text, end = scene.passage.text, scene.passage.bounds(sent)[1]
    start = _behind(text, scene.passage.ends[town.i], end)
    if start is None:
        return None
    theirs = _THEIRS.match(text, start, end)
    found = theirs or _held().match(text, start, end)
    if found is None:
        return None
    began = _BEGAN.match(text, found.end(), end)
    if began is None and not _ENDS.match(text, found.end(), end):
        return None
    actor = scene.discourse.last_actor if theirs else _named(found, scene)
    words = [t for t in sent if start <= scene.passage.starts[t.i] < found.end()]
    if actor is None or not words:
        return None
    trigger = next((t for t in words if t.lower_ in _LINKS), words[-1])
    kind = Kind.CONTROL_STATE if began is None else Kind.CONTROL_CHANGE
    draft = ClaimDraft(kind, trigger, actor, places=at(towns), anchors=[town, words[-1]])
    if began is None:
        draft.when = NO_DAY
    return draft


_LINKS = frozenset({"in", "into", "under"})


def _behind(text: str, start: int, end: int) -> int | None:
    """Return where the words about a town begin: behind "Y, in Anbar, " or "Y: "."""
    place = _IN_PLACE.match(text, start, min(end, start + _MOST_BETWEEN))
    start = place.end() if place is not None else start
    opens = _OPENS.match(text, start, end)
    return opens.end() if opens is not None else None


_OPENS = re.compile(r"(?:,|:|\s[–—-])\s(?=[a-zA-Z])|\s\((?=[a-z])")


def _named(found: re.Match[str], scene: SentenceContext) -> Actor | None:
    """Return the party that an aside names."""
    words = next(w for w in found.group("a", "b", "c", "d", "e") if w)
    many = f"{words}s"
    if many in REBEL_WORDS:
        words = many  # "in rebel hands"
    actor = scene.cast.resolve(words) or scene.cast.speaker(words)
    return actor or scene.cast.resolve(f"{words} forces")


_SHORT = 60  # characters of ", and so were the neighbouring villages of "
_SO_DID = re.compile(
    r"[,;]\s(?:and\s)?(?:as|so)\s(?:are|did|do|does|had|has|have|is|was|were)\s"
    r"(?:the\s(?:[\w-]+\s){0,3}?(?:cent(?:er|re)|city|port|town|village)s?\s(?:of\s)?)?$"
)


def held_likewise(
    sent: Span, scene: SentenceContext, drafts: Collection[ClaimDraft]
) -> list[ClaimDraft]:
    """Read the ", as did Z" of "Y remained in rebel hands, as did Z".

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    drafts
        What the sentence is known to say.
    """
    start = scene.passage.bounds(sent)[0]
    made: list[ClaimDraft] = []
    for town in sent:
        towns = [m for m in scene.named(town) if not is_wide(m)]
        name = towns[0].start if towns else start
        if not _SO_DID.search(scene.passage.text[max(start, name - _SHORT) : name]):
            continue
        before = [
            d
            for d in drafts
            if d.kind in _CONTROL and d.places and max(p.start for p in d.places) < name
        ]
        if before:
            like, places = before[-1], at(towns)
            made.append(replace(like, places=places, anchors=[*like.anchors, town], day_near=town))
    return made
