"""Whether a text of the user's own, such as a title, names a place that coarsening hides."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST_STEM = 4  # shorter names count as whole words only: "Am" is not in "camp"
_MARKS_IN_NAMES = re.compile("['’‘ʼʻʾʿ`´]")
_ENDINGS = frozenset("aeiouyаеиоуыяюіїє")


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """The names of hidden places, in every script that the gazetteer has them in.

    The search rather finds too much than too little: a title can be replaced by the generated
    one, but a name that was published cannot be taken back.
    """

    names: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str], *, shown: Iterable[str] = ()) -> HiddenNames:
        """Return what is hidden, without the names that areas on the map have too ("Idlib")."""
        kept = {_key(name) for name in shown}
        found = {key for name in names if (key := _key(name)) not in kept}
        return cls(frozenset(key for key in found if len(key) > 1))

    def are_in(self, text: str) -> bool:
        """Whether a text holds one of the names.

        Case, accents, hyphens and apostrophes do not count. Names in scripts with capital letters
        are found with endings ("Homs's", "Харькова"); names in other scripts are found anywhere,
        because Arabic writes "and" and "in" onto the next word and Chinese has no spaces.
        """
        plain = f" {_key(text)} "
        return any(_looked_for(name) in plain for name in self.names)


def _key(text: str) -> str:
    return fold(_MARKS_IN_NAMES.sub("", unicodedata.normalize("NFC", text)).replace("_", " "))


def _looked_for(name: str) -> str:
    if name.upper() == name:  # a script without capital letters
        return name
    stem = name[:-1] if len(name) > _SHORTEST_STEM and name[-1] in _ENDINGS else name
    return f" {stem}" if len(stem) >= _SHORTEST_STEM else f" {name} "
