"""Lists of words that rules look at, from ``words.toml``."""

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
    """A set of words that follows the tables in force, wherever its name is kept.

    Modules name their lists once, at their top (``TROOPS = word_list("frames", "troops")``). What
    such a list holds is asked for when it is used, so that it is right in a run with other tables.
    Unions, intersections and differences that are made of it follow too.

    Parameters
    ----------
    words
        Returns what the list holds with the tables in force.
    """

    __slots__ = ("_kept", "_words")

    def __init__(self, words: Callable[[], frozenset[str]]) -> None:
        self._words = words
        self._kept: tuple[Tables, frozenset[str]] | None = None

    def now(self) -> frozenset[str]:
        """Return what the list holds with the tables in force."""
        tables, kept = tables_in_force(), self._kept
        if kept is None or kept[0] is not tables:
            kept = self._kept = (tables, self._words())  # one step: a thread sees both or none
        return kept[1]

    @classmethod
    def _from_iterable(cls, it: Any) -> frozenset[Any]:  # noqa: ANN401
        return frozenset(it)

    def __contains__(self, word: object) -> bool:
        """Whether a word is in the list."""
        return word in self.now()

    def __iter__(self) -> Iterator[str]:
        """Go through the words, in no order."""
        return iter(self.now())

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.now())

    def __or__(self, other: Set[Any]) -> WordList:
        """Return the words of both."""
        held = _holding(other)
        return WordList(lambda: self.now() | held())

    __ror__ = __or__

    def __and__(self, other: Set[Any]) -> WordList:
        """Return the words that are in both."""
        held = _holding(other)
        return WordList(lambda: self.now() & held())

    __rand__ = __and__

    def __sub__(self, other: Set[Any]) -> WordList:
        """Return the words that the other does not have."""
        held = _holding(other)
        return WordList(lambda: self.now() - held())

    def __repr__(self) -> str:
        """Return the words in order of alphabet."""
        return f"WordList({sorted(self.now())})"


def _holding(words: Set[Any]) -> Callable[[], frozenset[Any]]:
    """Return what tells the words of a set: as they are now, or of a list, as they will be."""
    if isinstance(words, WordList):
        return words.now
    fixed = frozenset(words)
    return lambda: fixed


@per_tables
def _lists() -> dict[str, dict[str, frozenset[str]]]:
    """Return all lists in force: words of the user's are added, or replace a list whole."""
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

    Raises
    ------
    KeyError
        If there is no such list.
    """
    _lists()[section][name]
    return WordList(lambda: _lists()[section][name])


def any_of(words: Set[str]) -> str:
    """Return the alternatives of a pattern for words: letters alone, whatever a table has."""
    return "|".join(re.escape(word) for word in sorted(words))
