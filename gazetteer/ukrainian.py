"""Write Ukrainian names in Latin letters, by the national romanisation.

A name in Cyrillic letters comes in. The name goes out as passports, road signs and most news spell
it ("Масютівка", Masiutivka), whatever else its source lists (Masyutivka).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010. _FIRST has the letters that are
# written differently at the beginning of a word.
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LATIN = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia"
_LETTERS = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        _LATIN.split(),
        strict=True,
    )
) | dict.fromkeys("ь'’ʼ", "")


def is_cyrillic(name: str) -> bool:
    """Return whether a name is in the letters of the Ukrainian alphabet.

    Parameters
    ----------
    name
        Name as written.
    """
    letters = [c for c in name.casefold() if c.isalpha() and c != "ʼ"]
    return bool(letters) and all(c in _LETTERS for c in letters)


def romanised(name: str) -> str:
    """Return a Ukrainian name in Latin letters, by the national romanisation.

    Parameters
    ----------
    name
        Name in Cyrillic letters.
    """
    out = []
    for word in name.replace("зг", "з\0г").replace("Зг", "З\0г").split(" "):
        parts = []
        for part in word.split("-"):
            letters = [
                _FIRST.get(c, _LETTERS.get(c, c)) if at == 0 else _LETTERS.get(c, c)
                for at, c in enumerate(part.casefold())
            ]
            parts.append("".join(letters).replace("\0h", "gh").capitalize())
        out.append("-".join(parts))
    return " ".join(out)


def with_romanised(names: Iterable[str], country: str | None) -> list[str]:
    """Return the names of a place, and those of a place in Ukraine in Latin letters as well.

    Parameters
    ----------
    names
        Names of the place.
    country
        ISO 3166-1 alpha-2 code.
    """
    listed = list(names)
    if country != "UA":
        return listed
    return list(dict.fromkeys([*listed, *(romanised(n) for n in listed if is_cyrillic(n))]))


# "Kolodiazi", "Novomykhailivka": what was written "ya" and "ay" before
_SOFT = re.compile(r"(?<=[bcdfghklmnprstvz])i(?=[aeu])|(?<=[aeou])i(?![aeiou])", re.IGNORECASE)


def older_spelling(name: str) -> str:
    """Return a name in the national romanisation as maps spelt it before: "Kolodyazi".

    Sources that list no Cyrillic name for a village have only this spelling of it.

    Parameters
    ----------
    name
        Name in Latin letters, such as "Kolodiazi".
    """
    return _SOFT.sub("y", name)
