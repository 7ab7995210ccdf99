"""Find the names of places in the script of the page's language.

Ids of places come in; the names that a gazetteer lists in that script go out. GeoNames lists names
without their languages, and letters alone do not identify a language: a name in Arabic letters may
be Persian, and a name in Cyrillic letters may be Russian where the reader wants Ukrainian. Only
Arabic is supported, and only names without letters, marks or digits of other languages are used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer

_LETTERS: Mapping[str, re.Pattern[str]] = {"ar": re.compile("[\u0621-\u063a\u0641-\u064a ]+")}
_ARTICLE = "\u0627\u0644"
_TA, _HA = "\u0629", "\u0647"  # at the end of a name the second is often written for the first


def local_name(names: Iterable[str], language: str) -> str | None:
    """Choose the name of a place in the script of a language.

    The shortest name is chosen, because longer ones add a kind or name a part ("Homs city"). If the
    same name is also listed with its article, or with a final ta marbuta, that form is preferred.

    Parameters
    ----------
    names
        All names of one place, in any language.
    language
        Language code (ISO 639-1). Only ``ar`` is supported.

    Returns
    -------
    str or None
        The name, or None if no name qualifies or the language is not supported.
    """
    letters = _LETTERS.get(language)
    if letters is None:
        return None
    found = [n for n in names if letters.fullmatch(n)]
    if not found:
        return None
    core = _core(min(found, key=len))
    same = [n for n in found if _core(n) == core]
    return max(same, key=lambda n: (n.startswith(_ARTICLE), n.endswith(_TA), -found.index(n)))


def _core(name: str) -> str:
    """Return a name without its article, with a final ha written as ta marbuta."""
    bare = name.removeprefix(_ARTICLE)
    return bare[:-1] + _TA if bare.endswith(_HA) else bare


def local_names(ids: Iterable[str], gazetteer: MapGazetteer, language: str) -> dict[str, str]:
    """Return the local names of places.

    Parameters
    ----------
    ids
        Ids of places in the gazetteer.
    gazetteer
        Gazetteer in which the ids are looked up.
    language
        Language code (ISO 639-1). Only ``ar`` is supported.

    Returns
    -------
    dict
        Local names by id, only of places that have one; empty if the language is not supported.
    """
    if language not in _LETTERS:
        return {}
    found = {}
    for key in sorted(set(ids)):
        entry = gazetteer.get(key)
        name = local_name(getattr(entry, "names", ()), language) if entry is not None else None
        if name:
            found[key] = name
    return found
