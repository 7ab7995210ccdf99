"""Check whether a text contains the name of a place that coarsening hides.

This protects people who flee in texts that the user gives, such as a title or the name of a file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST_STEM = 4  # shorter names must be whole words, so that "Am" is not in "camp"
_MARKS_IN_NAMES = re.compile("['’‘ʼʻʾʿ`´]")
_ENDINGS = frozenset("aeiouyаеиоуыяюіїє")


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """The names of hidden places, in all scripts that the gazetteer has.

    The search errs on the side of matching too much. A title can be replaced by the generated one,
    but a published name cannot be withdrawn.
    """

    names: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str], *, shown: Iterable[str] = ()) -> HiddenNames:
        """Make the record from names.

        Parameters
        ----------
        names
            Names of hidden places.
        shown
            Names of areas on the map, which are not hidden even if a town has the same name
            ("Idlib").
        """
        kept = {_key(name) for name in shown}
        found = {key for name in names if (key := _key(name)) not in kept}
        return cls(frozenset(key for key in found if len(key) > 1))

    def are_in(self, text: str) -> bool:
        """Whether a text contains one of the names.

        Case, accents, hyphens and apostrophes are ignored. Names in scripts with capital letters
        also match with endings ("Homs's", "Харькова"). Names in other scripts match anywhere in
        the text, because Arabic joins "and" and "in" to the next word and Chinese has no spaces.
        """
        plain = f" {_key(text)} "
        return any(_looked_for(name) in plain for name in self.names)


def _key(text: str) -> str:
    """Fold a name or text for comparison, without apostrophes."""
    return fold(_MARKS_IN_NAMES.sub("", unicodedata.normalize("NFC", text)).replace("_", " "))


def _looked_for(name: str) -> str:
    """Return the text to search for: a name with or without an ending, or as a whole word."""
    if name.upper() == name:  # a script without capital letters
        return name
    stem = name[:-1] if len(name) > _SHORTEST_STEM and name[-1] in _ENDINGS else name
    return f" {stem}" if len(stem) >= _SHORTEST_STEM else f" {name} "
