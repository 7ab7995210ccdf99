"""Find the further places of a list by the words between them: "took Y and then Z".

The parser loses places behind brackets, "and then" and "among them". Here the text between two
names decides whether the second one belongs to the list. Mentions of a list come in; those that
go on with it go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.patterns import one_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.places.georeference import Georeference

_KIND = one_of(["city", "district", "hamlet", "settlement", "town", "village"])
_ORDER = one_of(
    ["afterwards", "also", "eventually", "finally", "first", "later", "subsequently", "then"]
)
_AND = one_of(["and", "as well as", "along with", "plus", "together with"])
_WHEN = (
    r"(?:an?\s(?:day|week)\slater|(?:two|three|four|five|six)\s(?:days|weeks)\slater|hours\slater|"
    r"the\s(?:following|next)\s(?:day|morning|week)|on\s\w+day|with\s[^,;.]{3,40})"
)
_BETWEEN = re.compile(
    rf"""
    \s* (?: \( [^()]{{1,40}} \) )?                       # "Y (26 June)"
    (?: \s {_KIND} )?                                    # "Y town"
    (?: \s? \( [^()]{{1,40}} \) )?
    (?: ,\s(?:the\s)?(?:\w+\s)?(?:capital|centre|center|seat|town)\sof\s[^,;.()]{{3,50}} (?=,) )?
    (?: ,\sexcept\sfor\s[^,;.]{{3,60}} (?=,) )?
    (?: ,? \s {_AND} , \s {_WHEN} , \s                    # "and, a day later,"
      | (?: ,? \s {_AND} \s (?: {_ORDER} \s )? | , \s (?: {_ORDER} \s )? )
        (?: , \s )? (?: {_WHEN} ,? \s )?
    )
    (?: the\s )? (?: {_KIND} s?\s (?: of\s )? )? (?: neighbou?ring\s | nearby\s )?
    """,
    re.VERBOSE,
)
_JOINS = re.compile(rf"\b{_AND}\b|,\s{_ORDER}\s")
# what may stand behind the last place of a list, so that it opens no clause of its own
_BEHIND = re.compile(
    rf"""
    \s* (?: {_KIND} \b \s* )?
    (?: $ | [.;:,)(”"] | {
        one_of(
            [
                "after",
                "all",
                "amid",
                "and",
                "around",
                "as",
                "at",
                "before",
                "between",
                "by",
                "during",
                "early",
                "following",
                "for",
                "from",
                "in",
                "last",
                "late",
                "on",
                "overnight",
                "over",
                "since",
                "this",
                "today",
                "under",
                "until",
                "when",
                "while",
                "within",
                "without",
                "yesterday",
            ]
        )
    } \b )
    """,
    re.VERBOSE,
)
_AMONG = re.compile(
    rf"""
    \b {
        one_of(
            [
                "cities",
                "districts",
                "hamlets",
                "localities",
                "places",
                "positions",
                "settlements",
                "towns",
                "villages",
            ]
        )
    }
    [^.;:]{{0,60}}? ,? \s
    {one_of(["among them", "including", "namely", "notably", "such as"])} \s
    (?: the\s )? (?: {_KIND} s?\s (?: of\s )? )? $
    """,
    re.VERBOSE,
)


def continued(mentions: list[Mention], verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that go on with a list behind a verb.

    Parameters
    ----------
    mentions
        The places of the list that are known.
    verb
        The verb that governs the list. Only places behind it count.
    scene
        The sentence with its context.

    Returns
    -------
    list of Mention
        The further places, without those of ``mentions``.
    """
    refs = _behind(verb, scene)
    known = {m.start for m in mentions if not m.coref}
    first = next((n for n, (_, r) in enumerate(refs) if r.start in known), None)
    if first is None:
        first = _among(verb, refs, scene) if not mentions else None
        if first is None:
            return []
        return _chain(refs, first, scene, start_counts=True)
    near = all(m.near for m in mentions)  # "the outskirts of Y and then Z"
    return [m for m in _chain(refs, first, scene, near=near) if m.start not in known]


def _behind(verb: Token, scene: SentenceContext) -> list[tuple[Token, Georeference]]:
    """Return the places that are named behind a verb, each with its last token."""
    found: dict[int, tuple[Token, Georeference]] = {}
    for t in verb.doc[verb.i + 1 : verb.sent.end]:
        ref = scene.passage.places.get(t.i)
        if ref is not None and ref.meant is not None:
            found[ref.start] = (t, ref)
    return list(found.values())


def _among(
    verb: Token, refs: list[tuple[Token, Georeference]], scene: SentenceContext
) -> int | None:
    """Return the number of the first place of "took five towns, among them Y", or None."""
    if not refs:
        return None
    text = scene.passage.text[scene.passage.ends[verb.i] : refs[0][1].start]
    return 0 if _AMONG.search(text) else None


def _chain(
    refs: list[tuple[Token, Georeference]],
    first: int,
    scene: SentenceContext,
    *,
    near: bool = False,
    start_counts: bool = False,
) -> list[Mention]:
    """Return the places of a list from one of them on, up to the last that "and" joins."""
    text, end = scene.passage.text, scene.passage.bounds(refs[first][0].sent)[1]
    chain, n_sure, at = [refs[first]], 1, first
    while True:
        # a name in "with the Mandalay PDF" may stand between two places of the list, or those of
        # "X, the capital of Y in Z"
        step = next((n for n in range(at + 1, at + 4) if _goes_on(refs, at, n, text, end)), None)
        if step is None:
            break
        chain.append(refs[step])
        if _JOINS.search(text[refs[at][1].end : refs[step][1].start]):
            n_sure = len(chain)
        at = step
    sure = chain[0 if start_counts else 1 : n_sure]
    return [
        Mention(r.meant, r.start, r.end, r.surface, near) for _, r in sure if r.meant is not None
    ]


def _goes_on(refs: list[tuple[Token, Georeference]], at: int, n: int, text: str, end: int) -> bool:
    """Whether the list that has reached one place goes on with another."""
    if n >= len(refs):
        return False
    token, ref = refs[n]
    if token.dep_ in {"nsubj", "nsubjpass"} and token.head.i > token.i:
        return False  # "took Y, and Z fell"
    between = _BETWEEN.fullmatch(text, refs[at][1].end, ref.start)
    return between is not None and _BEHIND.match(text, ref.end, end) is not None
