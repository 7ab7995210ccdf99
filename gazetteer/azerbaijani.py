"""Write Azerbaijani names as English news does.

A name in the Latin alphabet of Azerbaijan comes in. The name goes out with the letters that English
lacks written as they are heard ("Qoçəhmədli", Gochahmadli), as Baku's own statements in English
have them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.ukrainian import with_romanised

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEARD = {
    "ə": "a",
    "ç": "ch",
    "ş": "sh",
    "ğ": "gh",
    "ı": "i",
    "ö": "o",
    "ü": "u",
    "c": "j",
    "x": "kh",
    "q": "g",
    "j": "zh",
}
_OWN = frozenset("əçşğıöüƏÇŞĞİÖÜ")  # letters that show that a name is in this alphabet


def in_english(name: str) -> str:
    """Return an Azerbaijani name as English news writes it.

    Parameters
    ----------
    name
        Name in the Latin alphabet of Azerbaijan.
    """
    return " ".join("-".join(map(_heard, word.split("-"))) for word in name.split(" "))


def _heard(word: str) -> str:
    # Python lowers the dotted capital to two characters, and the plain one to a dotted letter
    low = word.replace("İ", "i").replace("I", "ı").casefold()
    out = "".join(_HEARD.get(letter, letter) for letter in low)
    return out[:1].upper() + out[1:] if word[:1].isupper() else out


def with_news_spellings(names: Iterable[str], country: str | None) -> list[str]:
    """Return the names of a place, and those that English news has for a place in AZ or UA.

    Parameters
    ----------
    names
        Names of the place.
    country
        ISO 3166-1 alpha-2 code.
    """
    listed = with_romanised(names, country)
    if country != "AZ":
        return listed
    own = (in_english(n) for n in listed if not _OWN.isdisjoint(n))
    return list(dict.fromkeys([*listed, *own]))
