"""Read lists in which each place has its own number of people.

"Arrivals were registered in Bor (512 families) and Juba (240)" reports two movements, each with its
own destination and figure. A sentence comes in; the items of its list go out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mapgen.coding.english.mentions import is_wide
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.quantities import Figure, find_figures, parse_number

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext

Side = Literal["from", "to"]

_NUMBER = r"(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d{2,})(?![,.\u00a0\u202f]?\d)"  # never torn
_UNIT = one_of(
    [
        "families",
        "households",
        "HHs",
        "HH",
        "people",
        "persons",
        "individuals",
        "IDPs",
        "displaced",
        "arrivals",
        "refugees",
        "others",
    ]
)
_BOUNDS = ["about", "almost", "around", "as many as", "at least", "close to", "fewer than"]
_BOUNDS += ["less than", "more than", "nearly", "no more than", "over", "roughly", "some", "up to"]
_FIGURE = rf"""
    (?: (?P<mod> (?i: {one_of(_BOUNDS)} ) | c\. | an? \s further | another ) \s+ )?
    (?P<number> {_NUMBER} )
    (?: \s+ (?: of \s them | (?P<unit> {_UNIT} ) ) )?
"""
_SITE = (
    r"(?:\s(?:airport|camp|cent(?:er|re)|city|commune|county|district|locality|site|town|village"
    r"|LGA))?"
)
_BRACKET = re.compile(rf"{_SITE} \s* \( \s* {_FIGURE} \s* (?: [,;] [^)]* )? \)", re.VERBOSE)
# the number of those who went there, behind a colon, as in "are going to Goma: 1,450 by Saturday"
_COLON = re.compile(
    rf"""
    {_SITE} \s? : \s* {_FIGURE}
    (?= \s* (?: [;.,] (?!\d) | $ | {
        one_of(["as of", "at last count", "by", "in all", "since", "so far", "until"])
    } \b ) )
    """,
    re.VERBOSE,
)
# the figure follows the place, as in "Bor: 512 families" and "Hinche 7,926; Belladère 2,104"
_BEHIND = re.compile(
    rf"""
    {_SITE} (?: \s \( [^()\d]+ \) )? \s* (?P<colon> [:–-] )? \s*
    {_FIGURE} (?= \s* (?: [;,(•] | \. (?! \d ) | $ | and \b ) )
    """,
    re.VERBOSE,
)
_DID = one_of(
    [
        "arrived",
        "came",
        "crossed",
        "fled",
        "gone",
        "headed",
        "moved",
        "received",
        "reached",
        "recorded",
        "registered",
        "sheltered",
        "sheltering",
        "staying",
        "walked",
        "went",
        "settled",
    ]
)
_AT = "(?:at|for|from|in|into|to)"
_BEFORE = re.compile(
    rf"""
    {_FIGURE}
    (?: \s (?: (?: are | had | has | have | is | was | were ) \s ){{0,2}} (?P<did> {_DID} ) )?
    (?: \s (?: in | inland | mainly | newly | on ) )?? (?P<side> \s {_AT} )?
    \s (?: the \s (?: [\w-]+ \s ){{0,2}} of \s )? $
    """,
    re.VERBOSE,
)
_TO = one_of(
    ["around", "at", "for", "in", "inside", "into", "near", "reached", "to", "toward", "towards"]
)
_SIDE = re.compile(
    rf"\b (?: (?P<origin> from | left ) | {_TO} ) \s (?: the \s (?: [\w-]+ \s )? of \s )? $",
    re.VERBOSE,
)
_ARRIVALS = re.compile(
    r"\b(?:arriv\w+|received|registered|recorded|hosts?|hosting|hosted|moved|headed|IDPs|evacuees"
    r"|shelter\w*|displaced (?:people|persons|families)\s[^.;]{0,60}\b(?:are|in|at))\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:arriv\w+|displace\w*|evacuee\w*|fle[ed]\w*|IDPs|moved|moving|refugees|relocat\w+|uproot\w+)\b",
    re.IGNORECASE,
)
# what is given to people, and what befell those who did not flee
_OTHER_THINGS = re.compile(
    r"\b(?:aid|blankets|casualties|cut off|dead|died|food|houses|injured|in need|killed|kits"
    r"|latrines|rations|tents|trapped|vaccin\w+|wounded|confined|besieged)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FAMILIES = re.compile(r"\b(?:[Ff]amilies|[Hh]ouseholds|HHs?)\b")
_PEOPLE = re.compile(r"\b(?:people|persons|individuals|IDPs|residents|refugees)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a list, and how many people left it or came there."""

    token: Token
    mention: Mention
    figure: Figure
    side: Side
    leads: bool  # whether the figure stands before the place: "950 people fled to X"


@dataclass(slots=True)
class _Found:
    """An item of a list before it is known in which direction people moved."""

    token: Token
    mention: Mention
    match: re.Match[str]
    side: Side | None
    firm: bool  # whether the item says by itself that it counts people


def announces_list(words: str) -> bool:
    """Whether a sentence announces a list: "The following arrivals were registered:"."""
    return words.rstrip().endswith(":") and _ARRIVALS.search(words) is not None


def items_of(sent: Span, scene: SentenceContext, *, announced: bool = False) -> list[Item]:
    """Return the places of a list in which each has its own number of displaced people.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    announced
        Whether the sentence before announces a list of arrivals; then a line with a place and a
        figure is an item of it.

    Returns
    -------
    list of Item
        In reading order. It is empty if the sentence has no such list.
    """
    passage = scene.passage
    start, end = passage.bounds(sent)
    text = passage.text[start:end]
    headed = _is_headed(sent, text, scene)
    if not (announced or headed or _MOVED.search(text) or _ARRIVALS.search(text)):
        return []
    found = [f for t in sent if t.i in passage.places for f in [_found(t, text, start, scene)] if f]
    if headed:  # the head has the sum
        found = [f for f in found if f.match.re is not _BEHIND]
    if not found or _OTHER_THINGS.search(text):
        return []
    if len(found) == 1 and not _is_item(found[0], announced=announced):
        return []
    return _directed(found, text, announced=announced)


def _is_item(found: _Found, *, announced: bool) -> bool:
    """Whether a single place with a figure is an item: in brackets, or in a line of a list."""
    return found.firm and (announced or found.side == "to")


_HEADED = re.compile(r"\W*(?P<head>[^:;]{3,50}):\s[^;:]{0,40}?,\s(?:mainly|mostly|largely)\sto\s")


def _is_headed(sent: Span, text: str, scene: SentenceContext) -> bool:
    """Whether a line says where the people of a place went: "X: 6,900 persons, mainly to Y"."""
    headed, passage = _HEADED.match(text), scene.passage
    if headed is None:
        return False
    end = passage.bounds(sent)[0] + headed.end("head")
    return any(t.i in passage.places and passage.ends[t.i] <= end for t in sent)


def figure_behind(token: Token, text: str, start: int, scene: SentenceContext) -> Figure | None:
    """Return the figure behind a place: "evacuated to Goma (about 6,000)", "going to Goma: 900".

    Parameters
    ----------
    token
        The token of the place.
    text
        The sentence.
    start
        Offset of the sentence in the article.
    scene
        The sentence with its context.
    """
    at = scene.passage.places[token.i].end - start
    bracket = _BRACKET.match(text, at) or _COLON.match(text, at)
    if bracket is None or _is_year(bracket):
        return None
    return _figure(bracket, _unit(bracket["unit"]) if bracket["unit"] else "people")


def _found(token: Token, text: str, start: int, scene: SentenceContext) -> _Found | None:
    """Return the place that a token names with the figure beside it, or None."""
    ref = scene.passage.places[token.i]
    mention = next((m for m in scene.places(token) if m.start == ref.start), None)
    if mention is None or mention.place.precision == "country":
        return None
    before = text[: ref.start - start]
    bracket = _BRACKET.match(text, ref.end - start)
    if bracket is not None and not _is_year(bracket):
        inner = _inner(token, text, start, scene) if is_wide(mention) else None
        token, mention, before = inner or (token, mention, before)
        return _Found(token, mention, bracket, _side(before), bracket["unit"] is not None)
    ahead = _BEFORE.search(before)
    if ahead is not None and not _is_year(ahead) and (ahead["side"] or ahead["did"] == "reached"):
        way: Side = "from" if (ahead["side"] or "").strip() == "from" else "to"
        firm = ahead["unit"] is not None and ahead["did"] is not None
        return _Found(token, mention, ahead, way, firm)
    behind = _BEHIND.match(text, ref.end - start)
    if behind is not None and not _is_year(behind) and _side(before) is None:
        firm = behind["unit"] is not None and behind["colon"] is not None
        return _Found(token, mention, behind, None, firm)
    return None


def _side(before: str) -> Side | None:
    """Return the direction that the preposition before a place gives, if there is one."""
    side = _SIDE.search(before)
    return None if side is None else ("from" if side["origin"] else "to")


def _inner(
    token: Token, text: str, start: int, scene: SentenceContext
) -> tuple[Token, Mention, str] | None:
    """Return the place before a province: "in Dikwa, Borno State (310 families)"."""
    places = scene.passage.places
    ref = places[token.i]
    for t in reversed(token.doc[token.sent.start : token.i]):
        near = places.get(t.i)
        if near is None or near.start == ref.start:
            continue
        if not re.fullmatch(r"(?:\s\w+)?,\s(?:in\s)?", text[near.end - start : ref.start - start]):
            return None
        own = next((m for m in scene.places(t) if m.start == near.start), None)
        return (t, own, text[: near.start - start]) if own is not None else None
    return None


def _is_year(m: re.Match[str]) -> bool:
    return m["unit"] is None and _YEAR.fullmatch(m["number"]) is not None


def _directed(found: list[_Found], text: str, *, announced: bool) -> list[Item]:
    """Return the items with the direction and the unit that the list has."""
    first = found[0]
    lead = text[: first.match.start()]
    arrivals = announced or _ARRIVALS.search(lead) is not None
    side: Side | None = "to" if arrivals else None
    counted = _FAMILIES.search(lead) and not _PEOPLE.search(lead)
    unit = "families" if counted else "people"
    items = []
    for f in found:
        side = f.side or side
        unit = _unit(f.match["unit"]) if f.match["unit"] else unit
        figure = _figure(f.match, unit)
        if side is None or figure is None:
            return []
        items.append(Item(f.token, f.mention, figure, side, f.match.re is _BEFORE))
    return items


def _unit(word: str) -> str:
    return "families" if _FAMILIES.fullmatch(word) else "people"


def _figure(m: re.Match[str], unit: str) -> Figure | None:
    """Return the figure of an item, with its offsets in the sentence."""
    mod = m["mod"] if m["mod"] and m["mod"].lower() in _BOUNDS else ""
    if parse_number(m["number"].replace("\u00a0", " ").replace("\u202f", " ")) is None:
        return None
    told = find_figures(f"{mod} {m['number']} {unit}".strip())
    if len(told) != 1:
        return None
    start = m.start("mod") if m["mod"] else m.start("number")
    end = m.end("unit") if m["unit"] else m.end("number")
    return Figure(told[0].quantity, start, end)
