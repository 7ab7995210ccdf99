"""Read the word lists of the rules, from ``words.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from typing import Any

from mapgen.core.tables.in_force import (
    Tables,
    own_toml,
    packaged_toml,
    per_tables,
    tables_in_force,
)


class WordList(Set[str]):
    """A set of words that follows the tables in force.

    Modules define their lists once as constants (``TROOPS = word_list("frames", "troops")``). The
    words are looked up when the list is used, so that it is right in a run with other tables.
    Unions, intersections and differences of such lists follow the tables too.

    Parameters
    ----------
    words
        Function that returns the words with the tables in force.
    """

    __slots__ = ("_kept", "_words")

    def __init__(self, words: Callable[[], frozenset[str]]) -> None:
        self._words = words
        self._kept: tuple[Tables, frozenset[str]] | None = None

    def now(self) -> frozenset[str]:
        """Return the words with the tables in force."""
        tables, kept = tables_in_force(), self._kept
        if kept is None or kept[0] is not tables:
            kept = self._kept = (tables, self._words())  # one step, hence thread-safe
        return kept[1]

    @classmethod
    def _from_iterable(cls, it: Any) -> frozenset[Any]:  # noqa: ANN401
        return frozenset(it)

    def __contains__(self, word: object) -> bool:
        """Whether a word is in the list."""
        return word in self.now()

    def __iter__(self) -> Iterator[str]:
        """Iterate over the words, in no particular order."""
        return iter(self.now())

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.now())

    def __or__(self, other: Set[Any]) -> WordList:
        """Return the union of two sets of words."""
        held = _holding(other)
        return WordList(lambda: self.now() | held())

    __ror__ = __or__

    def __and__(self, other: Set[Any]) -> WordList:
        """Return the intersection of two sets of words."""
        held = _holding(other)
        return WordList(lambda: self.now() & held())

    __rand__ = __and__

    def __sub__(self, other: Set[Any]) -> WordList:
        """Return the words that are not in the other set."""
        held = _holding(other)
        return WordList(lambda: self.now() - held())

    def __repr__(self) -> str:
        """Return the words in alphabetical order."""
        return f"WordList({sorted(self.now())})"


def _holding(words: Set[Any]) -> Callable[[], frozenset[Any]]:
    """Return a function that returns the words of a set, looked up anew for a `WordList`."""
    if isinstance(words, WordList):
        return words.now
    fixed = frozenset(words)
    return lambda: fixed


@per_tables
def _lists() -> dict[str, dict[str, frozenset[str]]]:
    """Return all lists in force, with the words of a user added or in place of a list."""
    own, replaces = own_toml("words.toml")
    made: dict[str, dict[str, frozenset[str]]] = {}
    for section, lists in packaged_toml("words.toml").items():
        made[section] = {}
        for name, words in lists.items():
            more = own.get(section, {}).get(name)
            kept = "" if replaces and more is not None else words
            made[section][name] = frozenset(f"{kept} {more or ''}".split())
    return made


def word_list(section: str, name: str) -> WordList:
    """Return one list as a set of lower-case words, which follows the tables in force.

    Parameters
    ----------
    section, name
        Table and key in ``words.toml``.

    Returns
    -------
    WordList
        The list.

    Raises
    ------
    KeyError
        If there is no such list.
    """
    _lists()[section][name]
    return WordList(lambda: _lists()[section][name])


@per_tables
def peoples() -> frozenset[str]:
    """Return the names of peoples and faiths as they are written, in singular and plural."""
    names = {word.capitalize() for word in word_list("quantities", "peoples")}
    return frozenset(names | {f"{name}s" for name in names})


def any_of(words: Set[str]) -> str:
    """Return a regular expression that matches any of the words, with special signs escaped."""
    return "|".join(re.escape(word) for word in sorted(words))
