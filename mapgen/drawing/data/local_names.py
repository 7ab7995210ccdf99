"""Find the names of places in the script of the page's language.

Ids of places come in; the names that a gazetteer lists in that script go out. GeoNames lists names
without their languages, and letters alone do not identify a language: a name in Arabic letters may
be Persian, and a name in Cyrillic letters may be Russian where the reader wants Ukrainian. Only
Arabic is supported, and only names without letters, marks or digits of other languages are used.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from mapgen.core.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer

_LETTERS: Mapping[str, re.Pattern[str]] = {"ar": re.compile("[\u0621-\u063a\u0641-\u064a ]+")}
_ARTICLE = "\u0627\u0644"
_TA, _HA = "\u0629", "\u0647"  # at the end of a name the second is often written for the first


# Arabic letters by the Latin consonants that write them; vowels and h are not compared.
_SOUNDS = dict(zip("بتثجحخدذرزسشصضطظغفقكلمنوية", "bttj kddrzsssdtzgfkklmn   ", strict=True))
_LATIN = str.maketrans(
    {"q": "k", "c": "k", "p": "b", "v": "f", "x": "k", **dict.fromkeys("aeiouywh", "")}
)
_LATIN_ARTICLE = re.compile(r"(?:[ae][ldnrstz]|[ae]sh)[- ]")
_ARTICLES = 2  # names with the article, of which one alone may be an error of a list


def local_name(names: Iterable[str], language: str, like: str = "") -> str | None:
    """Choose the name of a place in the script of a language.

    Of several names the one is chosen that sounds most like the main name of the place, because
    lists also keep former names (Dymytrov, now Myrnohrad). Among those the shortest is chosen,
    because longer ones add a kind or name a part ("Homs city"). If the same name is also listed
    with its article, that form is preferred where the Latin names have one too: "Al Mawsil" has an
    article, "Sour" (Tyre) has none. A final ta marbuta is preferred as well.

    Parameters
    ----------
    names
        All names of one place, in any language.
    language
        Language code (ISO 639-1). Only ``ar`` is supported.
    like
        Main name of the place in Latin letters.

    Returns
    -------
    str or None
        The name, or None if no name qualifies or the language is not supported.
    """
    letters = _LETTERS.get(language)
    if letters is None:
        return None
    names = list(names)
    found = [n for n in names if letters.fullmatch(n)]
    if not found:
        return None
    core = _core(min(found, key=lambda n: (-_likeness(n, like), len(n))))
    same = [n for n in found if _core(n) == core]
    told = _has_article(names, like)
    return max(
        same, key=lambda n: (n.startswith(_ARTICLE) == told, n.endswith(_TA), -found.index(n))
    )


def _has_article(names: Iterable[str], like: str) -> bool:
    """Whether Latin names have the article: the main one, or two others, as one may be an error."""
    latin = [n for n in names if n[:1].isalpha() and n[:1] < "\u0250"]
    if not latin and not like:
        return True
    with_it = {fold(n) for n in latin if _LATIN_ARTICLE.match(fold(n))}
    return bool(like and _LATIN_ARTICLE.match(fold(like))) or len(with_it) >= _ARTICLES


def _likeness(name: str, like: str) -> float:
    """Return how much the consonants of an Arabic name sound like those of a Latin one, 0 to 1."""
    heard = "".join(_SOUNDS.get(letter, "") for letter in name.removeprefix(_ARTICLE))
    heard = heard.replace(" ", "")
    folded = _LATIN_ARTICLE.sub("", fold(like)) if like else ""
    wanted = "".join(c for c in folded.translate(_LATIN) if c.isalpha())
    return SequenceMatcher(None, heard, wanted).ratio() if wanted else 0.0


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
        if entry is None:
            continue
        name = local_name(getattr(entry, "names", ()), language, entry.name)
        if name:
            found[key] = name
    return found
