"""Read people on the move with the reason told beside them: "300 families from there reached X".

Such a sentence has no word for flight. It counts as one if people with a figure come to a place,
and the text has just said what they left: an attack in this sentence or the one before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.asides import sayings
from mapgen.coding.english.mentions import Mention, apart_from, without_containers
from mapgen.coding.english.parties import PASSERS_BY
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.coding.english.word_orders.causes import cause_before, cause_in, crosses, is_sum
from mapgen.model import Kind, Role
from mapgen.reasons import CAUSE_BEFORE, Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.coding.english.quantities import Figure
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import ClaimPlace

_COMING = frozenset({"arrive", "come", "cross", "go", "head", "move", "reach", "travel", "walk"})
_CROSSED = frozenset({"paddled", "rowed", "swam", "waded"})  # the parser has no lemmas of some
_TO = frozenset({"at", "for", "in", "into", "reach", "to", "toward", "towards"})
_THERE = re.compile(r"\bfrom\sthere\b", re.IGNORECASE)
_MOVEMENTS = frozenset({"displacement", "displacements", "exodus", "flight", "movement"})
_MOVEMENTS |= {"movements"}
_MAKES = frozenset({"cause", "force", "prompt", "spark", "trigger"})
# they come to pray, to trade or to talk
_OTHER_ENDS = re.compile(
    r"\b(?:ceremony|conference|election|festival|funeral|market|pilgrim\w*|polls|protest\w*|race"
    r"|rally|regatta|summit|talks|troops|soldiers|vot\w+|wedding|wounded)\b",
    re.IGNORECASE,
)


def told_journey(sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the movement of people with a figure whose cause the text tells beside it."""
    start, end = scene.passage.bounds(sent)
    text = scene.passage.text[start:end]
    if _OTHER_ENDS.search(text) or is_sum(text) or any(t.lower_ in PASSERS_BY for t in sent):
        return []
    figures = find_figures(text)
    caused = _caused(sent, scene, figures) or _headed(sent, scene, figures)
    if caused is not None:
        return [caused]
    if not figures:
        return []
    figure = figures[0]
    verb = _verb(sent, start + figure.start, scene)
    if verb is None:
        return []
    reached = _reached(verb, scene)
    going = {m.place.id for m in reached}
    origins = tuple(p for p in _origins(sent, scene) if p.place_id not in going)
    if not origins or not (reached or crosses().search(text)):
        return []
    places = (*origins, *at(reached, Role.DESTINATION))
    is_before = all(p.end <= start for p in origins) and crosses().search(text) is not None
    how = CAUSE_BEFORE if is_before else "where the text says that the cause was"
    reason = Reason(ReasonKind.ORIGIN, how)
    return [ClaimDraft(Kind.DISPLACEMENT, verb, None, None, places, figure, reasons=[reason])]


def _verb(sent: Span, at_figure: int, scene: SentenceContext) -> Token | None:
    """Return the verb of going that follows the figure in its clause."""
    for t in sent:
        if scene.passage.starts[t.i] < at_figure:
            continue
        if t.text == ";":
            return None
        if t.pos_ == "VERB" and (t.lemma_.lower() in _COMING or t.lower_ in _CROSSED):
            return None if _goes_back(t) else t
    return None


def _goes_back(verb: Token) -> bool:
    after = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 3)]
    return any(t.lower_ in {"back", "home", "under", "of"} for t in after)


def _reached(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that directly follow a verb of going, or "to" and the like after it."""
    found: list[Mention] = []
    aside = sayings(verb.sent)
    for t in verb.doc[verb.i + 1 : verb.sent.end]:
        if t.pos_ == "VERB" or t.lower_ in {"after", "from", "following", ";"}:
            break
        ref = scene.passage.places.get(t.i)
        if ref is None or t.i in aside:
            continue
        before = t.nbor(-1)
        direct = before.i == verb.i and verb.lemma_.lower() == "reach"
        if direct or before.lower_ in _TO or (found and before.lower_ in {"and", ",", "or"}):
            own = [m for m in scene.places(t) if m.start == ref.start]
            found += apart_from(own, found)
    return without_containers(found)


def _origins(sent: Span, scene: SentenceContext) -> tuple[ClaimPlace, ...]:
    """Return where people came from: the place of the cause, or the one that "there" stands for."""
    start, end = scene.passage.bounds(sent)
    own = cause_in(sent, scene)
    if own:
        return at(own, Role.ORIGIN)
    before = cause_before(sent, scene)
    if before:
        return before
    if _THERE.search(scene.passage.text, start, end):
        ref = scene.discourse.antecedent(start)
        if ref is not None and ref.meant is not None:
            mention = Mention(ref.meant, ref.start, ref.end, ref.surface, coref=True)
            return at([mention], Role.ORIGIN)
    return ()


_HEADED = re.compile(
    r"^\W*(?P<head>[^:;]{3,50}):\s[^;:]{0,40}?[;,]\s*"
    r"(?P<gone>they have gone|they went|most have gone|most went|mainly|mostly|largely|all)\s"
    r"(?:on foot\s)?to\s"
)
_OUT = re.compile(r"^\s*(?:people|residents|civilians|persons)?\s*out of\s")


def _headed(sent: Span, scene: SentenceContext, figures: list[Figure]) -> ClaimDraft | None:
    """Read "X: c. 4,500 persons; they have gone to Y" and "24,800 people out of X, to Y"."""
    passage = scene.passage
    start, end = passage.bounds(sent)
    text = passage.text[start:end]
    if not figures:
        return None
    figure = figures[0]
    headed, out = _HEADED.match(text), _OUT.match(text[figure.end :])
    if headed is not None and figure.start > headed.end("head"):
        left = _named_between(sent, start, start + headed.end("head"), scene)
        gone = _named_between(sent, start + headed.end(), end, scene)
    elif out is not None:
        first = start + figure.end + out.end()
        left = _named_between(sent, first, first + 1, scene)
        gone = [t for t in _named_between(sent, first + 1, end, scene) if _is_goal(t)]
    else:
        return None
    origins = [m for t in left[:1] for m in scene.places(t) if m.place.precision != "country"]
    reached = apart_from([m for t in gone for m in scene.places(t)], origins)
    if not origins or (headed is not None and not reached):
        return None
    places = at(origins, Role.ORIGIN) + at(without_containers(reached), Role.DESTINATION)
    return ClaimDraft(Kind.DISPLACEMENT, left[0], None, None, places, figure)


def _named_between(sent: Span, start: int, end: int, scene: SentenceContext) -> list[Token]:
    """Return the tokens of places that begin between two offsets of the article."""
    passage = scene.passage
    return [t for t in sent if t.i in passage.places and start <= passage.starts[t.i] < end]


def _is_goal(place: Token) -> bool:
    return place.nbor(-1).lower_ in {"and", "for", "to", "toward", "towards"}


def _caused(sent: Span, scene: SentenceContext, figures: list[Figure]) -> ClaimDraft | None:
    """Read "attacks in X and Y triggered the movement of 870 families"."""
    noun = next(
        (t for t in sent if t.lower_ in _MOVEMENTS and t.i not in scene.passage.places), None
    )
    verb = next((t for t in sent if t.lemma_.lower() in _MAKES and t.pos_ == "VERB"), None)
    if noun is None or verb is None or verb.i > noun.i:
        return None
    start, _ = scene.passage.bounds(sent)
    behind = [f for f in figures if start + f.start >= scene.passage.starts[noun.i]]
    plural = noun.lower_ in {"movements", "displacement", "displacements", "exodus"}
    if not behind and not plural:
        return None
    origins = cause_in(sent, scene)
    if not origins or any(scene.passage.places.keys() & {t.i} for t in noun.subtree):
        return None
    figure = behind[0] if behind else None
    return ClaimDraft(Kind.DISPLACEMENT, verb, None, None, at(origins, Role.ORIGIN), figure)
