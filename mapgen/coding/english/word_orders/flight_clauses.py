"""Split a sentence into clauses, and find the words in each that show people on the move.

A parsed sentence comes in; clauses with their cue words go out.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mapgen.coding.english.asides import sayings
from mapgen.coding.english.mentions import kids
from mapgen.coding.english.parties import PEOPLE_NOUNS
from mapgen.coding.english.verb_frames.people import REFUGE, are_left, is_way_back
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext

LEAVING = word_list("flight", "leaving")
UPROOTING = word_list("flight", "uprooting")
DRIVING = word_list("flight", "driving")
GOING = word_list("flight", "going")
STAYING = word_list("flight", "staying")
HOSTING = word_list("flight", "hosting")
DISPLACED = word_list("flight", "displaced")
BREAKS = word_list("flight", "breaks")
_OUT = frozenset({"from", "into", "out", "over", "toward", "towards"})
_HEAD = 4  # largest number of words before the colon in "Al Mokha: 2,592 people displaced"


@dataclass(slots=True)
class FlightClause:
    """A stretch of a sentence about one movement, and its cue words."""

    tokens: list[Token]
    cues: dict[int, str]  # index of token -> leaving | uprooting | driving | going | staying ...

    def has(self, *kinds: str) -> bool:
        """Whether the clause has a cue of one of these kinds."""
        return any(kind in kinds for kind in self.cues.values())


def clauses_of(sent: Span) -> Iterator[list[Token]]:
    """Split a sentence into clauses: at semicolons, "after", "while X did" and the like.

    The words for the speaker ("the government in Yerevan said") are left out, and a relative clause
    between commas ("who were forced to escape Khartoum for Wad Madani") is a clause of its own.

    Parameters
    ----------
    sent
        A parsed sentence.

    Yields
    ------
    list of Token
        The words of a clause. Relative clauses come last.
    """
    aside = sayings(sent)
    inner: list[list[Token]] = []
    starts = {sent.start}
    for t in sent:
        if _begins_clause(t):
            starts.add(t.i)
        if t.dep_ == "conj" and t.pos_ in {"VERB", "AUX"}:
            starts |= _conjunct_start(t)
        clause = _clause_in_commas(t) if t.dep_ == "relcl" and t.i not in aside else []
        if clause:
            inner.append(clause)
            aside |= {x.i for x in clause}
    for start, end in itertools.pairwise([*sorted(starts), sent.end]):
        tokens = [t for t in sent.doc[start:end] if t.i not in aside]
        if tokens:
            yield tokens
    yield from inner


def _begins_clause(token: Token) -> bool:
    """Whether a word or punctuation mark begins a new clause."""
    if token.text in {";", "—", "–"} or _breaks(token):
        return True
    if token.text == ":":
        return bool(token.i - token.sent.start > _HEAD)
    if token.lower_ == "the" and token.i + 1 < token.sent.end:
        rest = token.nbor().lower_ in {"others", "remainder", "rest"}  # "500 reached X, the rest Y"
        return bool(rest and token.i > token.sent.start and token.nbor(-1).lower_ in {",", "and"})
    if token.lower_ not in {"which", "where", "whom"} or token.i <= token.sent.start:
        return False
    return bool(token.nbor(-1).text == ",")


def _conjunct_start(verb: Token) -> set[int]:
    """Return where the clause of a coordinated verb begins: at its own subject, or at the verb."""
    own = kids(verb, "nsubj", "nsubjpass")
    if own:
        return {min(x.i for x in own[0].subtree)}
    behind = [x.lower_ for x in verb.doc[verb.i + 1 : verb.i + _AHEAD]]
    return {verb.i} if _cue(verb, behind) is None else set()


def _clause_in_commas(verb: Token) -> list[Token]:
    """Return the words of a clause like ", who were forced to escape X", or none."""
    clause = sorted((x for x in verb.subtree if x.sent == verb.sent), key=lambda x: x.i)
    first = clause[0]
    if first.lower_ != "who" or first.i <= verb.sent.start or first.nbor(-1).text != ",":
        return []
    return clause


def _breaks(token: Token) -> bool:
    """Whether a word begins a clause about something else."""
    if token.lower_ == "as":
        return token.dep_ == "mark"
    if token.lower_ == "since" and token.dep_ == "prep":
        return False  # "uprooted since Monday in X"
    return token.lower_ in BREAKS and token.pos_ != "ADV"


_WAYS_BACK = frozenset({"come", "go", "return"})  # followed by "back" or "home"


def cues_of(tokens: list[Token], scene: SentenceContext) -> dict[int, str]:
    """Return the cue words of a clause.

    Parameters
    ----------
    tokens
        The words of the clause.
    scene
        The sentence with its context.

    Returns
    -------
    dict
        Kind of each cue by the index of its token. It is empty if people return.
    """
    found: dict[int, str] = {}
    words = [t.lower_ for t in tokens]
    if any(t.lemma_.lower() in _WAYS_BACK and is_way_back(t) for t in tokens):
        return found  # "displaced people went home to X": they return
    if any(_delivers(t) for t in tokens):
        return found  # "brought food to 30,000 displaced people in X"
    for n, t in enumerate(tokens):
        if t.i in scene.passage.places or t.i in scene.passage.actors:
            continue
        kind = _cue(t, words[n + 1 : n + _AHEAD])
        if kind is not None:
            found[t.i] = kind
    return found


class _VerbCue(NamedTuple):
    """A kind of cue, and the verbs that are one."""

    tells: str
    lemmas: Set[str]
    particles: Set[str] | None = None  # one of them must follow the verb
    within: int = 0  # number of words within which a particle must follow
    has_object: bool = False


_AHEAD = 9  # number of words within which the particle of a cue may follow
_VERB_CUES = (  # the first that matches is used
    _VerbCue("leaving", LEAVING),
    _VerbCue("uprooting", UPROOTING),
    _VerbCue("leaving", frozenset({"take"}), frozenset({"flight"}), 1),
    _VerbCue("leaving", frozenset({"run"}), frozenset({"to"}), 3),
    _VerbCue("leaving", frozenset({"make"}), frozenset({"off"}), 1),
    _VerbCue("leaving", frozenset({"take"}), frozenset({"road"}), 2),
    _VerbCue("leaving", frozenset({"get", "run"}), frozenset({"away", "out"}), 1),
    _VerbCue("driving", DRIVING, _OUT, _AHEAD),
    _VerbCue("driving", frozenset({"drive", "send"}), frozenset({"to"}), _AHEAD, has_object=True),
    _VerbCue("staying", frozenset({"take", "seek", "find"}), REFUGE, _AHEAD),
    _VerbCue("going", GOING),
    _VerbCue("hosting", HOSTING, has_object=True),
    _VerbCue("staying", STAYING),
    _VerbCue("hosting", HOSTING),
    _VerbCue("hosting", frozenset({"take"}), frozenset({"in"}), 1),
)


_THINGS = word_list("flight", "things")


def _cue(token: Token, after: list[str]) -> str | None:
    """Return the kind of cue that a word is, or None."""
    word, lemma = token.lower_, token.lemma_.lower()
    verb = token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB")
    if token.dep_ == "ROOT" and token.tag_ == "JJ" and word.endswith("ed"):
        verb, lemma = True, word.removesuffix("ed")  # "Most headed to X" is tagged an adjective
    if word in DISPLACED and _is_adjective(token, verb=verb):
        return "displaced"
    found = _passive_cue(token, lemma, after)
    if found is None and verb and not _leaves_behind(token):
        found = _verb_cue(token, lemma, after)
    if found is not None:
        return found
    if word == "home" and after[:1] == ["to"]:
        return "hosting"
    return "uprooting" if word == "homeless" else None


_LODGINGS = word_list("flight", "lodgings")


def _delivers(token: Token) -> bool:
    """Whether a verb has something brought to people: "relief flights brought food"."""
    brings = token.lemma_.lower() in {"airlift", "bring", "deliver", "distribute", "fly", "send"}
    return brings and any(o.lower_ in _THINGS for o in kids(token, "dobj"))


def _are_people(noun: Token) -> bool:
    counted = noun.tag_ == "CD" or any(c.tag_ == "CD" for c in noun.children)
    return counted or noun.lower_ in PEOPLE_NOUNS | DISPLACED


def _passive_cue(token: Token, lemma: str, after: list[str]) -> str | None:
    """Return the cue of "were brought to X" and of "are in a school in X", or None."""
    if lemma in {"bring", "take"} and kids(token, "nsubjpass") and after[:1] == ["to"]:
        return "going"
    return "staying" if lemma == "be" and _is_lodged(after) else None


def _is_lodged(after: list[str]) -> bool:
    """Whether "are" is followed by where people found room: "are in a school in X"."""
    inside = after[:1] in (["at"], ["in"], ["inside"], ["with"])
    return inside and bool(_LODGINGS & {*after[1:5]})


def _leaves_behind(token: Token) -> bool:
    """Whether "leave" means a plight: "left 30 people dead", "left people without water".

    Those who "are left" are still there.
    """
    if token.lemma_.lower() != "leave":
        return False
    if are_left(token):
        return True
    left = kids(token, "dobj") or [
        s for c in kids(token, "ccomp", "xcomp") for s in kids(c, "nsubj")
    ]
    return any(o.lower_ in PEOPLE_NOUNS or o.tag_ == "CD" for o in left)


def _is_adjective(token: Token, *, verb: bool) -> bool:
    """Whether "displaced" describes people and is not the verb of what happened to them."""
    named = token.i > token.sent.start and token.nbor(-1).lower_ == "the"
    return token.dep_ == "amod" or not verb or named or _is_hosted(token)


def _is_hosted(token: Token) -> bool:
    """Whether "displaced" says whom a place takes in: "shelters people displaced by the war"."""
    people, verb = token.head, token.head.head
    return token.dep_ == "acl" and people.dep_ == "dobj" and verb.lemma_.lower() in HOSTING


def _verb_cue(token: Token, lemma: str, after: list[str]) -> str | None:
    """Return the kind of cue that a verb is by the words after it, or None."""
    if lemma in DRIVING and any(o.lower_ in _THINGS for o in kids(token, "dobj")):
        return None  # "sent food to 9,000 people"
    if lemma == "receive" and any(not _are_people(o) for o in kids(token, "dobj")):
        return None  # "150 families received cash"
    has_object = any(c.dep_ == "dobj" for c in token.children)
    for cue in _VERB_CUES:
        behind = cue.particles is None or bool(cue.particles & {*after[: cue.within]})
        if lemma in cue.lemmas and behind and (has_object or not cue.has_object):
            return cue.tells
    return None
