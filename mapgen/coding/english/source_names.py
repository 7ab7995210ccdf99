"""Name a source by the words for people, an organisation or an outlet, never by a place or a time.

The words that stand for a source come in; what names it goes out, or None if they name nobody.
"And by noon traders in the lower market" are the traders, "a report by the UN" is the UN's, "its
governor" is that of the place told of, and "he" is the nurse of the sentence before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.sources import source_of
from mapgen.core.tables.word_lists import any_of, word_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from mapgen.reading.passages import Passage

CONJUNCTIONS = word_list("attribution", "conjunctions")
PERSONS = word_list("attribution", "persons")
_ORGANS = word_list("attribution", "organs")
_LEADING_DEPS = frozenset({"advmod", "cc", "mark", "npadvmod", "preconj", "prep", "punct"})
_NEAR = 1000  # letters before "he said" in which a name is looked for
_FEW_WORDS = 60  # how far "he said" looks back for who speaks: about two sentences


@per_tables
def _opening() -> re.Pattern[str]:
    """Return the pattern of words before a source that belong to its sentence."""
    openers = any_of(word_list("attribution", "openers") | CONJUNCTIONS)
    return re.compile(rf"^(?:{openers})\b,?\s*", re.IGNORECASE)


@per_tables
def _placed() -> re.Pattern[str]:
    """Return the pattern of where or when something is said, before who says it.

    "North-west of Daraa city, insurgents", "by noon traders".
    """
    ways = any_of(word_list("attribution", "ways"))
    times = any_of(word_list("attribution", "times"))
    places = any_of(word_list("attribution", "prepositions"))
    return re.compile(
        rf"^(?:(?:\d[\d.,]*\s?(?:km|kilomet\w+|miles?)\s)?(?:to\sthe\s)?(?:{ways})(?:\sof\b[^,]{{1,40}})?,\s*"
        rf"|(?:{places})\s[^,]{{1,50}},\s*"
        rf"|(?:{places})\s(?:the\s)?(?:(?:early|late|mid)[\s-])?(?:{times})(?:\s(?:morning|afternoon"
        r"|evening|night))?,?\s+)",
        re.IGNORECASE,
    )


@per_tables
def _no_name() -> re.Pattern[str]:
    """Return the pattern of words that open no name of a source."""
    words = any_of(
        word_list("attribution", "openers")
        | CONJUNCTIONS
        | word_list("attribution", "prepositions")
        | {"he", "it", "she", "there", "they", "this", "that", "these", "those"}
    )
    ways = any_of(word_list("attribution", "ways"))
    return re.compile(rf"^(?:(?:{words})\b(?!-)|(?:{ways})\sof\b)", re.IGNORECASE)


_PLACE_ALONE = re.compile(
    r"^(?:the\s)?(?:(?:[A-Z][\w'’-]+\s)+(?:city|district|town|township|village)"
    r"|(?:city|district|town|township|village)\sof\s[A-Z][\w'’-]+)$"
)
_REPORT = re.compile(
    r"^(?:(?:[Tt]he|[Aa]n?)\s)?(?:[a-z]+\s){0,2}reports?\s(?:by|from|of)\s(?:the\s)?(?=\w)"
)


@per_tables
def _labelled() -> re.Pattern[str]:
    """Return the pattern of who speaks in a line: "An army spokesman in Y, on the phone: "."""
    persons = any_of(word_list("attribution", "persons"))
    ways = any_of(word_list("attribution", "said_by_way"))
    return re.compile(
        rf"(?:\d{{1,2}}[:.h]\d{{2}}\W+)?(?P<who>(?:An?|The|One|[A-Z][\w.’'-]+)\s(?:[\w.’'-]+\s){{0,6}}?"
        rf"(?:{persons})\b(?:\s(?:at|for|from|in|of)\s[^:;,.“”\"\n]{{2,40}})?"
        rf"|(?:The|An?)\s(?:{persons})\b|[A-Z][^:;,.“”\"\n]{{2,50}}?(?=,\s(?:by|in|on|over|via)\s))"
        rf"(?:,\s(?:by|in|on|over|via)\s(?:an?\s|the\s|his\s|her\s|its\s)?(?:[a-z]+\s)?(?:{ways}))?:\s"
    )


_OWN_STAFF = re.compile(r"Our\b|My\b")


def speaker_of_line(text: str, start: int, before: int) -> str | None:
    """Return who says the line that begins at an offset: "The mayor of Y: ...", or None.

    The article's own staff is the article itself.

    Parameters
    ----------
    text
        Text of the article.
    start
        Offset of the line.
    before
        Offset of the words that are said.
    """
    found = _labelled().match(text, start, before)
    return found["who"] if found is not None and not _OWN_STAFF.match(found["who"]) else None


def bare_source(words: str) -> str:
    """Return the words for a source without what opens their sentence.

    Examples
    --------
    >>> bare_source("and by dusk people in the lower market")
    'people in the lower market'
    >>> bare_source("North-west of Daraa city, insurgents")
    'insurgents'
    """
    before = None
    while words != before:
        before = words
        words = _placed().sub("", _opening().sub("", words, count=1), count=1)
    return _REPORT.sub("", words)


def names_source(words: str) -> bool:
    """Whether words can name who said something: no place alone, no adverb, no pronoun."""
    return bool(re.search(r"[^\W\d_]\w", words)) and not (
        _no_name().match(words) or _PLACE_ALONE.match(words)
    )


def own_words(token: Token) -> list[Token]:
    """Return the words of a noun phrase without what opens its sentence: "and by dusk".

    Parameters
    ----------
    token
        Head of the phrase.
    """
    outside = {
        t.i
        for child in token.lefts
        if child.dep_ in _LEADING_DEPS
        and child.lower_ not in {"-", "among", "including"}
        and not (child.dep_ == "advmod" and child.i == token.i - 1)
        for t in child.subtree
    }
    return [t for t in token.subtree if t.i not in outside]


def of_place(words: str, before: int, passage: Passage, start: int) -> str:
    """Return "its governor" as the governor of the place that the sentence named last.

    Parameters
    ----------
    words
        The words for the source.
    before
        Offset of these words in the article.
    passage
        The passage that contains them.
    start
        Offset of their sentence.
    """
    own = re.match(r"^[Ii]ts\s(?P<organ>(?:[a-z][\w-]*\s){0,2}?(?P<noun>[a-z]+))$", words)
    if own is None or own["noun"] not in _ORGANS:
        return words
    named = [r for r in passage.places.values() if r.end <= before]
    here = [r for r in named if r.start >= start]
    last = max(here, key=lambda r: r.start, default=None)
    if last is None and len({r.surface for r in named}) == 1:
        last = named[0]
    return f"{own['organ']} of {last.surface}" if last is not None else own["organ"]


def named_before(
    pronoun: Token, passage: Passage, is_meant: Callable[[Token], bool]
) -> Token | None:
    """Return the one whom "he" or "it" means: one of a sort that was a subject shortly before.

    Parameters
    ----------
    pronoun
        The subject of a reporting verb.
    passage
        The paragraph that contains it.
    is_meant
        Whether a noun can be what the pronoun stands for.
    """
    first = passage.doc[max(0, pronoun.i - _FEW_WORDS)].sent.start
    subjects = (
        t for t in reversed(passage.doc[first : pronoun.i]) if t.dep_ in {"nsubj", "nsubjpass"}
    )
    return next((t for t in subjects if is_meant(t)), None)


def is_person(token: Token, passage: Passage) -> bool:
    """Whether a noun names one person: "a nurse", "the mayor", "Amina Yusuf"."""
    if token.i in passage.places or token.tag_ not in {"NN", "NNP"}:
        return False
    if token.lower_ in PERSONS:
        return True
    names = [c for c in token.lefts if c.dep_ == "compound" and c.tag_ == "NNP"]
    if token.tag_ != "NNP" or not names or token.i in passage.actors:
        return False
    return source_of(passage.span_text([*names, token])) is None


_FULL_NAME = re.compile(
    r"(?<![\w'’-])(?<!\b[Aa]t )(?<!\b[Ff]rom )(?<!\b[Ii]n )(?<!\b[Nn]ear )(?<!\b[Oo]f )"
    r"(?<!\b[Tt]o )(?<!\b[Tt]he )[A-Z][\w'’-]+(?:\s(?:al-)?[A-Z][\w'’-]+)+"
)


def person_named(passage: Passage, end: int) -> str | None:
    """Return the last full name before an offset of a paragraph that is no place, or None."""
    first = max(passage.starts[0], end - _NEAR)
    spots = [(r.start, r.end) for r in passage.places.values() if first < r.end and r.start < end]
    names = [
        m[0]
        for m in _FULL_NAME.finditer(passage.text, first, end)
        if not any(a < m.end() and m.start() < b for a, b in spots)
    ]
    return names[-1] if names else None
