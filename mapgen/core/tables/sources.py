"""Tell sources by their names, and descriptions that name nobody.

The words for a source come in; the row of ``data/sources.csv`` goes out, or None. "SOHR", "the
Britain-based Syrian Observatory for Human Rights" and the name of its head are one source. "The war
monitor" is a description: it is the monitor that the article names, or nobody.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.core.clean_text import plain
from mapgen.core.tables.actors import default_table
from mapgen.core.tables.word_lists import word_list
from mapgen.core.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

QUOTING = ", quoting "
"""Stands between who said something and whom they quoted."""

DESCRIBING = word_list("sources", "describing")
DESCRIBED = word_list("sources", "described")
MONITORS = word_list("sources", "monitors")
VAGUE = word_list("sources", "vague")
_SMALL_WORDS = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the"})
# who speaks for somebody, and how: "a military statement" is of the military
_SPEAKING = frozenset(
    {"bulletin", "communique", "officer", "officers", "spokesman", "spokesperson", "spokeswoman"}
    | {"statement", "statements"}
)
_OWN = re.compile(r"['’]s?(?!\w)")  # of "Russia's", "doctors'"
_SAME_START = 5  # letters that forms of a word share: "Russia", "Russian"; "defence", "defense"
_LEAST_LETTERS = 2  # of an acronym
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A row of ``data/sources.csv``: its id, short name, kind and the id of what it belongs to."""

    id: str
    short: str
    kind: str  # monitor | organisation
    parent: str | None


@functools.cache
def _registry() -> dict[str, tuple[Source, tuple[tuple[str, bool], ...]]]:
    """Return the sources by id, each with its folded names and whether each is an acronym."""
    text = resources.files("mapgen").joinpath("data/sources.csv").read_text("utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        source = Source(row["id"], row["short"], row["kind"], row["parent"] or None)
        names = tuple((n, n.isupper()) for n in row["names"].split("|"))
        found[source.id] = (source, names)
    return found


@functools.cache
def _names() -> tuple[tuple[re.Pattern[str], bool, Source], ...]:
    """Return a pattern for each name, the longest first: of the words, or of their folded form."""
    listed = [(n, short, s) for s, names in _registry().values() for n, short in names]
    listed.sort(key=lambda entry: -len(entry[0]))
    return tuple(
        (re.compile(rf"(?<!\w){re.escape(n if short else fold(n))}(?!\w)"), short, source)
        for n, short, source in listed
    )


@functools.lru_cache(maxsize=4096)
def source_of(words: str) -> Source | None:
    """Return the listed source that words name, or None.

    Parameters
    ----------
    words
        The words of an article for a source. An acronym must be in capitals.
    """
    text = plain(words)
    folded = fold(text)
    for pattern, is_short, source in _names():
        if pattern.search(text if is_short else folded):
            return source
    return None


def sources_in(text: str) -> list[Source]:
    """Return the listed sources that a text names anywhere, each once.

    Parameters
    ----------
    text
        An article.
    """
    folded = fold(text)
    found = [s for p, short, s in _names() if p.search(text if short else folded)]
    return list(dict.fromkeys(found))


def is_description(words: str) -> bool:
    """Whether the words for a source only describe it: "the Britain-based war monitor"."""
    found = re.findall(r"\w+", _ARTICLE.sub("", plain(words)).casefold())
    listed = bool(found) and set(found) <= DESCRIBING | DESCRIBED and found[-1] in DESCRIBED
    return listed and not _is_proper(words)


def _is_proper(words: str) -> bool:
    """Whether words are a name of several capitals: "Sudan War Monitor", not "Observatory"."""
    capitals = [w for w in _ARTICLE.sub("", words).split() if w[:1].isupper() and "-" not in w]
    return len(capitals) > 1


def is_vague(words: str) -> bool:
    """Whether the words for a source name none: "the Russian state news agency", "a think tank"."""
    found = re.findall(r"\w+", _OWN.sub("", _ARTICLE.sub("", plain(words))).casefold())
    adjectives = {name.casefold() for name in demonyms()}
    listed = set(found) <= DESCRIBING | DESCRIBED | VAGUE | adjectives
    ends = bool(found) and found[-1] in DESCRIBED | VAGUE
    return listed and ends and not _is_proper(words) and source_of(words) is None


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may be of one source: "RSF" and "the paramilitary Rapid Support Forces".

    They may if one has all words of the other, or its initials, or if both stand for a party that
    the tables list.

    Parameters
    ----------
    one, other
        Names of sources, or descriptions of them.
    """
    table = default_table()
    parties = [{party.id for party in table.bearers(plain(name))} for name in (one, other)]
    if parties[0] & parties[1]:
        return True
    words = [_words_of(one), _words_of(other)]
    fewer, more = sorted(words, key=len)
    return _has_all(more, fewer)  # "a spokesman" may be anybody's


def _words_of(name: str) -> list[str]:
    """Return the words of a name that tell it from others, folded; acronyms stay in capitals."""
    found = re.findall(r"\w+", _OWN.sub("", plain(name).replace(".", "")))
    found = [w for w in found if w.casefold() not in _SMALL_WORDS | _SPEAKING]
    return [w if w.isupper() and len(w) >= _LEAST_LETTERS else fold(w) for w in found]


def _has_all(more: list[str], fewer: list[str]) -> bool:
    """Whether a name has each word of another one, in another form or among its initials."""
    starts = "".join(w[0] for w in more).upper()
    acronyms = {w for w in more if w.isupper()}
    letters = "".join(w[0] for w in fewer).upper()
    if any(len(letters) >= _LEAST_LETTERS and letters in a for a in acronyms):
        return True  # "Kivu Security Tracker" and "KST"
    return all(
        word in more
        or (word.isupper() and word in starts)
        or (len(word) >= _SAME_START and any(m[:_SAME_START] == word[:_SAME_START] for m in more))
        for word in fewer
    )


def is_monitor_described(words: str) -> bool:
    """Whether the words describe a monitor and name none."""
    found = re.findall(r"\w+", words.casefold())
    return is_description(words) and bool(found) and found[-1] in MONITORS


def independent(keys: Iterable[str]) -> set[str]:
    """Return the keys of sources without those that another one belongs to.

    What "the United Nations" say may be what its refugee agency says.

    Parameters
    ----------
    keys
        Ids of listed sources and other keys.
    """
    given = set(keys)
    parents = {source.parent for key in given if (source := _by_id(key)) is not None}
    return given - parents


def _by_id(key: str) -> Source | None:
    return _registry()[key][0] if key in _registry() else None
