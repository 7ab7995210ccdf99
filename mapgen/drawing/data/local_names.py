"""Names of places in the reader's script, where a gazetteer has one that is surely of his tongue.

GeoNames lists names without their languages. A name in Arabic letters may be Persian, one in
Cyrillic letters Russian where a reader wants Ukrainian, which no letter tells. So only Arabic is
read, and only from names without letters, marks or digits of other languages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer

_LETTERS: Mapping[str, re.Pattern[str]] = {"ar": re.compile("[\u0621-\u063a\u0641-\u064a ]+")}
_ARTICLE = "\u0627\u0644"
_TA, _HA = "\u0629", "\u0647"  # the second often stands for the first at the end of a name


def local_name(names: Iterable[str], language: str) -> str | None:
    """Return the name in the script of a language (ISO 639-1), or None.

    Of several the shortest is taken: longer ones name a part or a kind ("Homs city"); with its
    article and its careful spelling, where these are listed too.
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
    """Return a name without its article, its last letter spelt with care."""
    bare = name.removeprefix(_ARTICLE)
    return bare[:-1] + _TA if bare.endswith(_HA) else bare


def local_names(ids: Iterable[str], gazetteer: MapGazetteer, language: str) -> dict[str, str]:
    """Return the local name of each place that has one, by its id."""
    if language not in _LETTERS:
        return {}
    found = {}
    for key in sorted(set(ids)):
        entry = gazetteer.get(key)
        name = local_name(getattr(entry, "names", ()), language) if entry is not None else None
        if name:
            found[key] = name
    return found
