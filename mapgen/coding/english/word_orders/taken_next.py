"""Read how a sentence goes on with a capture of the sentence before: "Y followed on the 9th".

A sentence comes in with the claims of the sentence before; drafts of claims go out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import PART_NOUNS, kids
from mapgen.coding.english.sentence_context import ClaimDraft, at, outside_countries
from mapgen.coding.english.word_orders.driven_out import driven_out
from mapgen.model import MOVEMENTS, Kind, Precision, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor, Claim, ClaimPlace

# "Fuzuli followed on the 17th, Zangilan on the 20th": a place behind a comma with its own day
_NEXT = re.compile(r"\s(?:on|in)\s[^,;.]{2,24}(?:,\s(?:and\s)?|\sand\s)")
_VACATED = re.compile(
    r"\b(?:abandoned|deserted|evacuated|relinquished|vacated)\s"
    r"(?:areas?|bases?|camps?|cit(?:y|ies)|districts?|localit(?:y|ies)|places?|positions?|posts?|"
    r"settlements?|territory|towns?|villages?)\b"
)
_MOVING_IN = frozenset({"capture", "enter", "fill", "move", "occupy", "seize", "step", "take"})


def taken_next(
    sent: Span, scene: SentenceContext, before: Sequence[Claim], words: str
) -> list[ClaimDraft]:
    """Return the changes of control by which a sentence goes on with the one before.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    before
        The claims of the sentence before.
    words
        The text of the sentence before.
    """
    return [
        *_followed(sent, scene, before),
        *_moved_in(sent, scene, before),
        *_entered(sent, scene, before),
        *_got_to(sent, scene, before, words),
        *_also_in(sent, scene, before),
        *_so_is(sent, scene, before),
        *driven_out(sent, scene, before),
    ]


def _followed(sent: Span, scene: SentenceContext, before: Sequence[Claim]) -> list[ClaimDraft]:
    """Read "Y followed on the 9th" behind "X captured Z"."""
    takers = {c.actor for c in before if _is_capture(c) or _is_fall(c)}
    verb = next((t for t in sent if t.lower_ == "followed" or _went(t)), None)
    if verb is not None and kids(verb, "dobj"):
        return _followed_others(verb, scene, before)
    if verb is None or len(takers) != 1 or not _stands_bare(verb):
        return []
    towns = _only_subjects(verb, scene)
    if not towns:
        return []
    actor = next(iter(takers))
    return [_draft(verb, actor, at(towns), verb), *_and_then(verb, actor, scene)]


def _followed_others(
    verb: Token, scene: SentenceContext, before: Sequence[Claim]
) -> list[ClaimDraft]:
    """Read "Y followed Z and W on Tuesday" as a capture of Y, if Z or W had been captured.

    The day is that of Y; nobody says when Z and W fell.
    """
    towns, others = _only_subjects(verb, scene), _only_objects(verb, scene)
    known = {m.place.id for m in others}
    told = [c for c in before if _is_capture(c) and known & {p.place_id for p in c.places}]
    takers = {c.actor for c in told}
    if not towns or len(takers) != 1:
        return []
    return [_draft(verb, next(iter(takers)), at(towns), verb)]


def _only_objects(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that are the object of a verb, if nothing else is."""
    things = kids(verb, "dobj")
    if any(o.i not in scene.passage.places for o in things):
        return []
    return outside_countries([m for o in things for m in scene.places(o)])


def _stands_bare(verb: Token) -> bool:
    """Whether a verb has no object, helper or denial: "followed", not "followed suit"."""
    if verb.dep_ not in {"ROOT", "conj"}:
        return False
    if kids(verb, "dobj", "nsubjpass", "aux", "neg", "dative"):
        return False
    return not _is_followed_by_thing(verb)


def _only_subjects(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that are the subject of a verb, if nothing else is named before it."""
    places = scene.passage.places
    subjects = kids(verb, "nsubj")
    if any(s.i not in places for s in subjects):
        return []
    towns = outside_countries([m for s in subjects for m in scene.places(s)])
    named = {places[t.i].start for t in verb.sent if t.i < verb.i and t.i in places}
    return towns if len(named) == len(towns) else []


def _and_then(verb: Token, actor: Actor | None, scene: SentenceContext) -> list[ClaimDraft]:
    """Read the "Z on the 20th" of "Y followed on the 17th, Z on the 20th"."""
    drafts: list[ClaimDraft] = []
    end = verb
    for t in verb.sent:
        if t.i <= end.i or t.i not in scene.passage.places:
            continue
        ref = scene.passage.places[t.i]
        if not _NEXT.fullmatch(scene.passage.text, scene.passage.ends[end.i], ref.start):
            break
        mentions = scene.named(t)
        drafts += [_draft(t, actor, at(mentions), verb)] if mentions else []
        end = t
    return drafts


def _went(token: Token) -> bool:
    """Whether a town "went" as another did before: "went on Friday", "went next"."""
    if token.lower_ != "went":
        return False
    words = [t.text for t in token.doc[token.i + 1 : min(token.sent.end, token.i + 3)]] + [".", "."]
    if words[0] == "on":
        return words[1][:1].isupper() or words[1][:1].isdigit()  # not "went on strike"
    alone = words[0] in {"next", "too"} and words[1] in {",", ".", ";"}
    return alone or words[0] in {".", "last", "yesterday"}


def _is_capture(claim: Claim) -> bool:
    """Whether a claim says now that a party took a place."""
    return (
        claim.kind is Kind.CONTROL_CHANGE
        and claim.status.is_current
        and claim.actor is not None
        and any(p.role is Role.AT for p in claim.places)
    )


def _is_fall(claim: Claim) -> bool:
    """Whether a claim says now that a place fell, and not to whom."""
    return (
        claim.kind is Kind.CONTROL_CHANGE
        and claim.status.is_current
        and claim.actor is None
        and bool(re.search(r"\b(?:fell|fallen|lost|slipped)\b", claim.quote))
        and any(p.role is Role.AT for p in claim.places)
    )


def _is_followed_by_thing(verb: Token) -> bool:
    """Whether the word behind "followed" is what is followed: "followed suit"."""
    after = verb.nbor(1) if verb.i + 1 < verb.sent.end else None
    return after is not None and after.tag_ in {"DT", "NN", "NNS", "PRP", "PRP$", "RP"}


def _draft(
    day_near: Token, actor: Actor | None, places: tuple[ClaimPlace, ...], verb: Token
) -> ClaimDraft:
    """Return the draft of a change of control that goes on with another one."""
    reasons = [Reason(ReasonKind.WORDS, "in their order")]
    kind = Kind.CONTROL_CHANGE
    return ClaimDraft(kind, verb, actor, None, places, reasons=reasons, day_near=day_near)


def _left(before: Sequence[Claim]) -> tuple[list[Claim], list[ClaimPlace]]:
    """Return the withdrawals of the sentence before, and the places that were left."""
    left = [c for c in before if c.kind is Kind.WITHDRAWAL and c.status.is_current]
    return left, [p for c in left for p in c.places if p.role is Role.ORIGIN]


def _again(place: ClaimPlace, surface: str, start: int, end: int) -> ClaimPlace:
    """Return a place of the sentence before as one that is taken, under these words."""
    name = place.name or place.surface
    return replace(place, surface=surface, start=start, end=end, role=Role.AT, name=name)


def _moved_in(sent: Span, scene: SentenceContext, before: Sequence[Claim]) -> list[ClaimDraft]:
    """Read "Z took over the vacated positions" behind "X withdrew from Y"."""
    words = _VACATED.search(scene.passage.text, *scene.passage.bounds(sent))
    left, places = _left(before)
    if words is None or not places:
        return []
    verbs = [t for t in sent if t.lemma_ in _MOVING_IN and t.pos_ == "VERB"]
    verb = next((t for t in reversed(verbs) if scene.passage.starts[t.i] < words.start()), None)
    actor = scene.actor(verb) if verb is not None else None
    if verb is None or actor is None or any(c.actor == actor for c in left):
        return []
    meant = tuple(_again(p, words.group(0), words.start(), words.end()) for p in places)
    reasons = [Reason(ReasonKind.PLACE, "the places left in the sentence before")]
    return [ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, None, meant, reasons=reasons)]


# "entered at dawn", "moved in a few hours later", "arrived there in the evening"
_AND_NO_MORE = (
    r"(?:\s(?:at|by|during|hours|in\sthe\s(?:afternoon|evening|morning|night)|just|minutes|on|"
    r"overnight|shortly|soon|the\s(?:following|next|same)|unopposed|within|without|"
    r"an?\s(?:day|few|hour))\b|\s*[.,;:]|\s*$)"
)
_INTO_IT = re.compile(rf"(?:\s(?:in|there))?{_AND_NO_MORE}")
_ENTERED = re.compile(rf"(?:\s(?:it|there|the\s(?:city|town|village)))?{_AND_NO_MORE}")
_COMING_IN = frozenset({"arrive", "come", "drive", "march", "move", "roll", "walk"})


def _entered(sent: Span, scene: SentenceContext, before: Sequence[Claim]) -> list[ClaimDraft]:
    """Read "Rebels entered at dawn" behind "the army left Y"."""
    left, places = _left(before)
    named = any(t.i in scene.passage.places for t in sent)
    if len(places) != 1 or named or (places[0].precision or Precision.SETTLEMENT).is_area:
        return []
    for verb in sent:
        actor = scene.actor(verb) if verb.pos_ == "VERB" and _goes_in(verb, scene) else None
        whose = any(kids(s, "poss") for s in kids(verb, "nsubj"))
        if actor is None or whose or any(_are_one(c.actor, actor) for c in left):
            continue
        start, end = scene.passage.starts[verb.i], scene.passage.ends[verb.i]
        place = _again(places[0], scene.passage.word(verb), start, end)
        reasons = [Reason(ReasonKind.PLACE, "the place left in the sentence before")]
        return [ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, None, (place,), reasons=reasons)]
    return []


def _goes_in(verb: Token, scene: SentenceContext) -> bool:
    """Whether a verb says that somebody came in, and names no other place or purpose."""
    behind = scene.passage.text[scene.passage.ends[verb.i] : scene.passage.bounds(verb.sent)[1]]
    if verb.lemma_ == "enter":
        return _ENTERED.match(behind) is not None
    came = _INTO_IT.match(behind) if verb.lemma_ in _COMING_IN else None
    inside = came is not None and came.group(0).lstrip().startswith(("in", "there"))
    return inside or (came is not None and verb.lemma_ == "arrive")


_TOOK = re.compile(
    r"\s(?:(?:it|the\s(?:city|town|village))\sover\b|over\b(?:\s(?:it|the\s(?:city|town|village)))?"
    r"(?=\s*[.,;]|\s*$|\s(?:on|at|by|hours|in\sthe|the\snext|without)\b)|control\b(?!\sof\s(?!it\b)))"
)


def moved_in_then(
    sent: Span, scene: SentenceContext, drafts: Sequence[ClaimDraft]
) -> list[ClaimDraft]:
    """Read the "and Z moved in" of "X was abandoned by Y, and Z moved in" as a capture.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    drafts
        What the sentence is known to say.
    """
    gone = _only_left(sent, scene, drafts)
    if gone is None:
        return []
    for verb in sent:
        if verb.i <= gone.trigger.i or verb.pos_ != "VERB" or kids(verb, "neg"):
            continue
        if not (_goes_in(verb, scene) or _takes_over(verb, scene)):
            continue
        actor = scene.actor(verb)
        if actor is None or _are_one(gone.actor, actor):
            continue
        start, end = scene.passage.starts[verb.i], scene.passage.ends[verb.i]
        meant = _again(gone.places[0], scene.passage.word(verb), start, end)
        reasons = [Reason(ReasonKind.PLACE, "the place left in the sentence")]
        kind = Kind.CONTROL_CHANGE
        return [ClaimDraft(kind, verb, actor, gone.actor, (meant,), reasons=reasons)]
    return _moved_in_by_text(gone, scene)


# "The army abandoned Y and the Rapid Support Forces moved in", which the parser takes apart
_AND_CAME_IN = re.compile(
    r",?\s(?:and|as|before|while)\s(?:the\s)?(?P<who>[^,.;:]{3,40}?)\s"
    r"(?:(?P<verb>came|drove|marched|moved|poured|rolled|streamed|walked)\sin\b(?!\s(?:on|to|with)\b)"
    r"|(?P<took>took)\s(?:it\s)?over\b)"
)


def _moved_in_by_text(gone: ClaimDraft, scene: SentenceContext) -> list[ClaimDraft]:
    """Return who came into a town that others left, by the words right behind its name."""
    place = gone.places[0]
    end = scene.passage.bounds(gone.trigger.sent)[1]
    found = _AND_CAME_IN.match(scene.passage.text, place.end, end)
    actor = scene.cast.resolve(found["who"]) if found is not None else None
    if (
        found is None
        or actor is None
        or actor.id.startswith("text:")
        or _are_one(gone.actor, actor)
    ):
        return []
    start, stop = found.span("verb" if found["verb"] else "took")
    verb = next((t for t in gone.trigger.sent if scene.passage.starts[t.i] == start), None)
    if verb is None:
        return []
    meant = _again(place, scene.passage.text[start:stop], start, stop)
    reasons = [Reason(ReasonKind.PLACE, "the place left in the sentence")]
    return [ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, gone.actor, (meant,), reasons=reasons)]


def _only_left(
    sent: Span, scene: SentenceContext, drafts: Sequence[ClaimDraft]
) -> ClaimDraft | None:
    """Return the withdrawal of a sentence, if it names one town and nobody who took one."""
    left = [d for d in drafts if d.kind is Kind.WITHDRAWAL and len(d.places) == 1]
    taken = any(d.kind in {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE} and d.places for d in drafts)
    named = {r.start for t in sent if (r := scene.passage.places.get(t.i)) is not None}
    if len(left) != 1 or taken or len(named) > 1:
        return None
    place = left[0].places[0]
    is_town = not (place.precision or Precision.SETTLEMENT).is_area
    return left[0] if is_town and place.role is Role.ORIGIN else None


def _takes_over(verb: Token, scene: SentenceContext) -> bool:
    """Whether a verb is "took it over" or "took control"."""
    behind = scene.passage.text[scene.passage.ends[verb.i] : scene.passage.bounds(verb.sent)[1]]
    return verb.lemma_ in {"take", "seize"} and _TOOK.match(behind) is not None


def _are_one(one: Actor | None, other: Actor) -> bool:
    """Whether two parties are the same or on the same side."""
    return one is not None and (one.id == other.id or (one.side or "?") == other.side)


_BY_THEN = re.compile(
    r"^(?:And\s|But\s)?[Bb]y\s(?:\w+\s){0,2}\w+,?\s(?:they|the\s(?:column|columns|fighters|rebels))"
    r"\s(?:had\sgot|stood|was|were)\s(?:already\s)?(?:as\sfar\sas|at|in|inside)\s$"
)
_MOVES = re.compile(
    r"\b(?:advanced|drove|headed|marched|moved|poured|pressed|pushed|raced|rolled|streamed|surged|"
    r"swept)\b"
)


def _got_to(
    sent: Span, scene: SentenceContext, before: Sequence[Claim], words: str
) -> list[ClaimDraft]:
    """Read "By Friday they were in Y" behind "columns of X drove south" as an advance."""
    fled = any(c.kind in MOVEMENTS for c in before)
    first = next((t for t in sent if t.i in scene.passage.places), None)
    if fled or first is None or not _MOVES.search(words):
        return []
    start = scene.passage.bounds(sent)[0]
    if not _BY_THEN.match(scene.passage.text[start : scene.passage.starts[first.i]]):
        return []
    be = next((t for t in reversed(sent.doc[sent.start : first.i]) if t.tag_ == "VBD"), None)
    actor = scene.discourse.last_actor
    if be is None or actor is None:
        return []
    mentions = outside_countries(scene.places(first))
    return [ClaimDraft(Kind.ADVANCE, be, actor, None, at(mentions), anchors=[first])]


_ALSO_IN = re.compile(
    r"(?:And\s|But\s)?(?:(?:At|By|On)\s[^,.;]{3,30}?,?\s)?[Tt]h(?:ey|e\s(?:fighters|rebels|troops))"
    r"\s(?:are|were)\s(?:also|already\salso|now\salso)\s(?:in|inside)\s"
)


def _also_in(sent: Span, scene: SentenceContext, before: Sequence[Claim]) -> list[ClaimDraft]:
    """Read "By nightfall they were also in Y" behind "X took Z" as a capture of Y."""
    takers = {c.actor for c in before if _is_capture(c)}
    first = next((t for t in sent if t.i in scene.passage.places), None)
    if len(takers) != 1 or first is None:
        return []
    start = scene.passage.bounds(sent)[0]
    if not _ALSO_IN.fullmatch(scene.passage.text, start, scene.passage.starts[first.i]):
        return []
    mentions = outside_countries(scene.places(first))
    be = next((t for t in sent if t.lemma_ == "be"), first)
    return [_draft(first, next(iter(takers)), at(mentions), be)] if mentions else []


_SO_IS = re.compile(r"(?:And\s)?[Ss]o,?\s(?:too,?\s)?(?:are|is|was|were|has|have|did|does|do)\s")

_MORE_BEHIND = re.compile(r"(?:\s*[,;.]|\s(?:as\swell|now|since|to|too|and\sthe)\b|$)")


def _so_is(sent: Span, scene: SentenceContext, before: Sequence[Claim]) -> list[ClaimDraft]:
    """Read "So is Y" behind "X is back in Ukrainian hands", and "So did Y" behind "X fell"."""
    told = [c for c in before if c.kind in _SO and c.places]
    takers = {(c.kind, c.actor) for c in told if c.status.is_current}
    start, end = scene.passage.bounds(sent)
    opens = _SO_IS.match(scene.passage.text, start, end)
    if opens is None or len(takers) != 1 or not all(c.status.is_current for c in told):
        return []
    towns, behind = _listed(sent, opens.end(), scene)
    if not towns or not _MORE_BEHIND.match(scene.passage.text, behind, end):
        return []
    kind, actor = next(iter(takers))
    first = next(t for t in sent if t.i in scene.passage.places)
    verb = next((t for t in sent if t.pos_ in {"AUX", "VERB"}), first)
    draft = _draft(first, actor, at(towns), verb)
    return [replace(draft, kind=kind, anchors=[first])]


def _listed(sent: Span, start: int, scene: SentenceContext) -> tuple[list[Mention], int]:
    """Return the towns of a list that begins at an offset, and where it ends."""
    towns: list[Mention] = []
    for token in sent:
        named = outside_countries(scene.named(token))
        if named and _AND.fullmatch(scene.passage.text, start, named[0].start):
            towns += named
            start = max(m.end for m in named)
    return towns, start


_AND = re.compile(r"(?:,|,?\sand)?\s?(?:the\s)?(?:\w+\s)?(?:(?:city|town|village)s?\sof\s)?")
_HELD = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})
_SO = _HELD | {Kind.SIEGE}  # "Sarajevo remains encircled. So does Gorazde."


def at_same_site(drafts: Sequence[ClaimDraft], before: Sequence[Claim]) -> list[ClaimDraft]:
    """Give "regained the base" the place of the one base that the sentence before names.

    Parameters
    ----------
    drafts
        The drafts of a sentence.
    before
        The claims of the sentence before.
    """
    return [_at_site(d, before) for d in drafts]


def _at_site(draft: ClaimDraft, before: Sequence[Claim]) -> ClaimDraft:
    """Return a draft with the place of the site that its object refers to."""
    sites = [
        t
        for t in draft.anchors
        if t.lower_ in PART_NOUNS and any(c.lower_ in {"the", "that"} for c in kids(t, "det"))
    ]
    if draft.kind is not Kind.CONTROL_CHANGE or draft.places or len(sites) != 1:
        return draft
    word = re.compile(rf"\b{re.escape(sites[0].lower_)}\b", re.IGNORECASE)
    same = [c for c in before if c.kind is draft.kind and word.search(c.quote)]
    places = {p.place_id: p for c in same for p in c.places}
    if len(places) != 1:
        return draft
    place = replace(next(iter(places.values())), role=Role.NEAR)
    reasons = [*draft.reasons, Reason(ReasonKind.PLACE, "the site of the sentence before")]
    return replace(draft, places=(place,), reasons=reasons)
