"""Cut a sentence into clauses, and find the words in each that tell of people on the move."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mapgen.coding.english.mentions import kids, sayings
from mapgen.coding.english.parties import PEOPLE_NOUNS
from mapgen.coding.english.verb_frames.people import REFUGE, is_way_back
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
_HEAD = 4  # words of "Al Mokha: 2,592 people displaced" before the colon


@dataclass(slots=True)
class FlightClause:
    """A stretch of a sentence that tells of one movement, and the words that say so."""

    tokens: list[Token]
    cues: dict[int, str]  # token index -> leaving | uprooting | driving | going | staying ...

    def has(self, *kinds: str) -> bool:
        """Whether a word of the clause tells one of these."""
        return any(kind in kinds for kind in self.cues.values())


def clauses_of(sent: Span) -> Iterator[list[Token]]:
    """Cut a sentence where another thing is told: at semicolons, "after", "while X did".

    Who said it is left out ("the government in Yerevan said"), and a clause in commas stands for
    itself ("who were forced to escape Khartoum for Wad Madani").
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
    """Whether a new clause begins at a word or sign."""
    if token.text in {";", "—", "–"} or _breaks(token):
        return True
    if token.text == ":":
        return bool(token.i - token.sent.start > _HEAD)
    if token.lower_ not in {"which", "where", "whom"} or token.i <= token.sent.start:
        return False
    return bool(token.nbor(-1).text == ",")


def _conjunct_start(verb: Token) -> set[int]:
    """Return where the clause of a second verb begins: at its own subject, or at the verb."""
    own = kids(verb, "nsubj", "nsubjpass")
    if own:
        return {min(x.i for x in own[0].subtree)}
    behind = [x.lower_ for x in verb.doc[verb.i + 1 : verb.i + _AHEAD]]
    return {verb.i} if _cue(verb, behind) is None else set()


def _clause_in_commas(verb: Token) -> list[Token]:
    """Return the words of ", who were forced to escape X"; none if a clause is not like that."""
    clause = sorted((x for x in verb.subtree if x.sent == verb.sent), key=lambda x: x.i)
    first = clause[0]
    if first.lower_ != "who" or first.i <= verb.sent.start or first.nbor(-1).text != ",":
        return []
    return clause


def _breaks(token: Token) -> bool:
    """Whether a word begins a clause that tells of another thing."""
    if token.lower_ == "as":
        return token.dep_ == "mark"
    return token.lower_ in BREAKS and token.pos_ != "ADV"


_WAYS_BACK = frozenset({"come", "go", "return"})  # with "back" or "home" behind


def cues_of(tokens: list[Token], scene: SentenceContext) -> dict[int, str]:
    """Return the words of a clause that tell of people on the move, and what each tells."""
    found: dict[int, str] = {}
    words = [t.lower_ for t in tokens]
    if any(t.lemma_.lower() in _WAYS_BACK and is_way_back(t) for t in tokens):
        return found  # "displaced people went home to X": they return
    for n, t in enumerate(tokens):
        if t.i in scene.passage.places or t.i in scene.passage.actors:
            continue
        kind = _cue(t, words[n + 1 : n + _AHEAD])
        if kind is not None:
            found[t.i] = kind
    return found


class _VerbCue(NamedTuple):
    """What a verb tells of people on the move."""

    tells: str
    lemmas: Set[str]
    particles: Set[str] | None = None  # one of them must stand behind the verb
    within: int = 0  # so many words
    has_object: bool = False


_AHEAD = 9  # words behind a cue in which its particle may stand
_VERB_CUES = (  # the first that fits counts
    _VerbCue("leaving", LEAVING),
    _VerbCue("uprooting", UPROOTING),
    _VerbCue("leaving", frozenset({"take"}), frozenset({"flight"}), 1),
    _VerbCue("leaving", frozenset({"run"}), frozenset({"to"}), 3),
    _VerbCue("leaving", frozenset({"take"}), frozenset({"road"}), 2),
    _VerbCue("leaving", frozenset({"get", "run"}), frozenset({"away", "out"}), 1),
    _VerbCue("driving", DRIVING, _OUT, _AHEAD),
    _VerbCue("staying", frozenset({"take", "seek", "find"}), REFUGE, _AHEAD),
    _VerbCue("going", GOING),
    _VerbCue("hosting", HOSTING, has_object=True),
    _VerbCue("staying", STAYING),
    _VerbCue("hosting", HOSTING),
    _VerbCue("hosting", frozenset({"take"}), frozenset({"in"}), 1),
)


def _cue(token: Token, after: list[str]) -> str | None:
    """Return what a word tells of people on the move, or None."""
    word, lemma = token.lower_, token.lemma_.lower()
    verb = token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB")
    if token.dep_ == "ROOT" and token.tag_ == "JJ" and word.endswith("ed"):
        verb, lemma = True, word.removesuffix("ed")  # "Most headed to X" is taken for no verb
    if word in DISPLACED and _is_adjective(token, verb=verb):
        return "displaced"
    found = _verb_cue(token, lemma, after) if verb and not _leaves_behind(token) else None
    if found is not None:
        return found
    if word == "home" and after[:1] == ["to"]:
        return "hosting"
    return "uprooting" if word == "homeless" else None


def _leaves_behind(token: Token) -> bool:
    """Whether something leaves people in a plight: "left 30 people dead", "without water"."""
    if token.lemma_.lower() != "leave":
        return False
    left = kids(token, "dobj") or [
        s for c in kids(token, "ccomp", "xcomp") for s in kids(c, "nsubj")
    ]
    return any(o.lower_ in PEOPLE_NOUNS or o.tag_ == "CD" for o in left)


def _is_adjective(token: Token, *, verb: bool) -> bool:
    """Whether "displaced" says who people are, not what happened to them."""
    named = token.i > token.sent.start and token.nbor(-1).lower_ == "the"
    return token.dep_ == "amod" or not verb or named or _is_hosted(token)


def _is_hosted(token: Token) -> bool:
    """Whether "displaced" says whom a place takes in: "shelters people displaced by the war"."""
    people, verb = token.head, token.head.head
    return token.dep_ == "acl" and people.dep_ == "dobj" and verb.lemma_.lower() in HOSTING


def _verb_cue(token: Token, lemma: str, after: list[str]) -> str | None:
    """Return what a verb tells by the words behind it, or None."""
    has_object = any(c.dep_ == "dobj" for c in token.children)
    for cue in _VERB_CUES:
        behind = cue.particles is None or bool(cue.particles & {*after[: cue.within]})
        if lemma in cue.lemmas and behind and (has_object or not cue.has_object):
            return cue.tells
    return None
