"""Compute keys that are equal for different spellings of a name.

A name comes in. One of three keys goes out, each coarser than the one before::

    fold      "Ma‘arrat an Nu‘mān" -> "maarratannuman"   drops accents, ayn, hamza, hyphens, spaces
    articles  "Ma‘arrat an Nu‘mān" -> "maarratnuman"     drops articles and words like "province"
    skeleton  "Ma‘arrat an Nu‘mān" -> "MRTNMN"           drops vowels, doubling; unifies kh, h

The dropped words are listed in ``data/spelling.csv``, and only whole words are dropped.
"""

from __future__ import annotations

import csv
import re
import string
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

# Letters that Unicode does not decompose, and the signs used for ayn, hamza and the soft sign.
_SPECIAL = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ə": "e",
        "ð": "d",
        "þ": "th",
        "ŋ": "ng",
        "ħ": "h",
        "ـ": "",  # Arabic tatweel
        **dict.fromkeys(string.punctuation, ""),
        **dict.fromkeys("'‘’`´ʻʼʿʾ′‛ʹʺʽˈ＇", ""),
        **dict.fromkeys("-‐‑–—_/.,()", " "),
    }
)
_CYRILLIC_COUNTRIES = frozenset({"UA", "RU", "BY"})
_FUSED_ARTICLE = re.compile(r"^[aeu](?:(sh|th|dh)\1|([sztdrn])\2)(?=.{2})")
_POSSESSIVE = re.compile(r"['’]s?$")
_FINAL_H = re.compile(r"(?<=.)[aeio]h$")
_DOUBLED = re.compile(r"(.)\1+")
_LONG_VOWELS = re.compile(r"ee|oo|ou")
_FINAL_IYA = re.compile(r"(?:iy?|y)[ae]h?$")
_VOWELS = "aeiouwy"
_EI = re.compile(r"e[iy](?![aeou])")
_AS_HEARD = str.maketrans("eoyw", "iuiu")
# Countries whose names the news spell as each writer hears the vowels: "Ramyeh" and "Rāmīyah".
VOWELS_VARY = frozenset({"AF", "IQ", "LB", "LY", "PS", "SD", "SY", "YE"})
_CONSONANTS = str.maketrans(string.ascii_lowercase, string.ascii_uppercase, _VOWELS)


@dataclass(frozen=True, slots=True)
class _Words:
    """The table of words, by kind."""

    articles: frozenset[str]
    areas: frozenset[str]
    towns: frozenset[str]
    variants: dict[str, str]
    generics: frozenset[str]
    sounds: dict[str, str]
    sound_pattern: re.Pattern[str]


@cache
def _words() -> _Words:
    """Return the table of words, which is read once."""
    rows: dict[str, list[tuple[str, str]]] = {}
    table = resources.files("gazetteer").joinpath("data/spelling.csv")
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        for word in row["words"].split():
            rows.setdefault(row["kind"], []).append((word, row["becomes"]))
    return _Words(
        articles=frozenset(word for word, _ in rows["article"]),
        areas=frozenset(word for word, _ in rows["area"]),
        towns=frozenset(word for word, _ in rows["town"]),
        variants=dict(rows["variant"]),
        generics=frozenset(word for word, _ in rows["generic"]),
        sounds=dict(rows["sound"]),
        sound_pattern=re.compile("|".join(sorted(dict(rows["sound"]), key=len, reverse=True))),
    )


def tokens(name: str) -> list[str]:
    """Split a name into lower-case words without accents, in any script."""
    text = name.casefold().translate(_SPECIAL)
    if text.isascii():
        return text.split()
    text = unicodedata.normalize("NFKD", text)
    text = "".join([c for c in text if not unicodedata.combining(c)]).translate(_SPECIAL)
    return ["".join(filter(str.isalnum, word)) for word in text.split()]


def fold(name: str) -> str:
    """Return a name without capitals, accents, hyphens and spaces: "deirezzor" for "Deir ez-Zor".

    Parameters
    ----------
    name
        Name as written.
    """
    return "".join(tokens(name))


def main_words(name: str) -> list[str]:
    """Return the words that distinguish a name from others.

    Articles, including fused ones ("Arraqqa" after another word), and words for kinds of places are
    dropped, unless no word would remain. Variants of common words ("Tell", "Tall") are unified.

    Parameters
    ----------
    name
        Name as written.
    """
    return _main_words(tokens(name))


def _main_words(folded: list[str]) -> list[str]:
    """Return the distinguishing words of a name that is split into words."""
    table = _words()
    all_words = [word for word in folded if word]
    if len(all_words) == 1:  # as most names, from which nothing can be dropped
        return [table.variants.get(all_words[0], all_words[0])]
    kept = [w for w in all_words if w not in table.areas and w not in table.towns] or all_words
    kept = [w for w in kept if w not in table.articles] or kept
    if len(kept) > 1:
        kept = [_without_article(word) for word in kept]
    return [table.variants.get(word, word) for word in kept]


def _without_article(word: str) -> str:
    """Return a word without an article fused to it ("ezzor" -> "zor")."""
    match = _FUSED_ARTICLE.match(word) if word[0] in "aeu" else None
    return word[match.end() - len(match[1] or match[2]) :] if match else word


def article_key(name: str) -> str:
    """Return a key without articles and words such as "province" ("Ar Rastan" -> "rastan")."""
    return "".join(main_words(name))


def keys(name: str, country: str | None = None) -> tuple[str, str, str]:
    """Return all three keys of a name, which is faster than computing them one by one.

    Parameters
    ----------
    name
        Name as written.
    country
        ISO 3166-1 alpha-2 code, which affects the skeleton in Ukraine, Russia and Belarus.
    """
    folded = tokens(name)
    return ("".join(folded), *coarse_keys(folded, country))


def coarse_keys(folded: list[str], country: str | None) -> tuple[str, str]:
    """Return the key without articles, and the skeleton, of the words from :func:`tokens`."""
    words = _main_words(folded)
    return "".join(words), _join_skeletons(words, country)


def skeleton_key(name: str, country: str | None = None) -> str:
    """Return the consonants of a name in a uniform spelling.

    Parameters
    ----------
    name
        Name as written.
    country
        ISO 3166-1 alpha-2 code. In names in Ukraine, Russia and Belarus, g and h are the same.
    """
    return _join_skeletons(main_words(name), country)


def _join_skeletons(words: list[str], country: str | None) -> str:
    """Return the skeleton of a name that is split into words."""
    cyrillic = country in _CYRILLIC_COUNTRIES
    joined = "".join([_skeleton(word, cyrillic=cyrillic) for word in words])
    return _DOUBLED.sub(r"\1", joined)


def plain(key: str) -> str:
    """Return an article key with a uniform spelling of long and final vowels, for comparison."""
    text = _FINAL_H.sub("a", _FINAL_IYA.sub("ia", key))
    return _DOUBLED.sub(r"\1", _LONG_VOWELS.sub(_short, text))


def sound(key: str) -> str:
    """Return an article key with one letter for vowels that are written in several ways.

    "Ramyeh" and "Rāmīyah" have the same sound, as have "Suleiman" and "Sulaymān".

    Parameters
    ----------
    key
        Key without articles, from :func:`article_key`.
    """
    text = _EI.sub("ai", plain(key)).translate(_AS_HEARD)
    return _DOUBLED.sub(r"\1", text)


def _short(match: re.Match[str]) -> str:
    """Return the short spelling of a long vowel ("ee" -> "i")."""
    return "i" if match[0] == "ee" else "u"


@lru_cache(maxsize=100_000)
def _skeleton(word: str, *, cyrillic: bool) -> str:
    """Return the consonants of a word; an initial vowel is kept as A."""
    text = _FINAL_H.sub("a", word)
    if cyrillic:
        text = text.replace("w", "v")
    table = _words()
    text = table.sound_pattern.sub(lambda match: table.sounds[match[0]], text)
    initial = "A" if text[0] in _VOWELS else ""
    text = text.translate(_CONSONANTS)
    return initial + (text.replace("H", "G").replace("X", "G") if cyrillic else text)


def kind_words(name: str) -> str | None:
    """Return "area" or "town" if a name contains a word for one ("Idlib province"), else None."""
    table = _words()
    found = set(tokens(name))
    if found & table.areas:
        return "area"
    return "town" if found & table.towns else None


def without_possessive(name: str) -> str:
    """Return a name without a possessive ending ("Hama's" -> "Hama")."""
    return _POSSESSIVE.sub("", name)


def is_generic(name: str) -> bool:
    """Return whether a name consists only of words for kinds of things ("High Street", "North")."""
    table = _words()
    return set(tokens(name)) <= table.generics | table.areas | table.towns | table.articles
