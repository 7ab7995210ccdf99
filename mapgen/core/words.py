"""Write small pieces of English that the summary, signs and cards share."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mapgen.core.told import Place, days, listed, number, place, upper_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_INITIALS_FROM_WORDS = 3
_COUNTRY_WITH_THE = re.compile(
    r"Democratic Republic|Central African|United |.*(?:Republic|Territories|Islands)$|Philippines$"
)
_TAKES_ARTICLE = re.compile(
    r"(UN|United Nations|World|International|Ministry|Red)\b"
    r"|[a-z].*\b(government|army|military|ministry|police|junta|paramilitaries|rebels|president|force)$"
    r"|[A-Z][\w-]+ (government|army|military|ministry|presidency)$"
    r"|(government|army|military|ministry|police|junta|paramilitaries|rebels|president|presidency|mayor|governor)$"
    r"|(?:[a-z]+ )?(mayor|governor|minister|head|chief|director|president|commander|leader) of\b"
    r"|(?:[a-z]+ ){0,2}(government|army|military|ministry|police|mayor|governor) (in|of|there)\b"
)
_TAKES_A = re.compile(
    r"(?:[A-Z][a-z]+(?:an|ese|i|ish|sh) )?[a-z -]*"
    r"\b(official|officer|spokes(?:man|woman|person)|leader|source|monitor|worker"
    r"|resident|witness|doctor|diplomat|analyst|lawmaker|group)(?: (?:at|for|in|from) .+)?"
)
_COMMON_NOUN = re.compile(
    "Army|Authorities|Fighters|Forces|Government|Gunmen|Insurgents|Militants|Opposition|Police"
    "|Rebels|Soldiers|Troops"
)
_NO_NAME = re.compile(r"(the|this|that|these|those|its|their|our)\b", re.IGNORECASE)


def fold(text: str) -> str:
    """Return lower-case letters and digits without accents: a key to compare names by."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", plain))


def joined(parts: Sequence[str]) -> str:
    """Return ``A, B and C``."""
    return listed(parts)


def unique(parts: Iterable[str]) -> list[str]:
    """Drop repeated entries, keeping the first of each."""
    return list(dict.fromkeys(parts))


def count_word(n: int) -> str:
    """Return ``two`` for 2, digits beyond ten."""
    return number(n, _NUMBERS[n] if 0 <= n < len(_NUMBERS) else None)


def day_text(day: date) -> str:
    """Return ``6 December 2024``."""
    return days(f"{day.day} {day:%B %Y}", day, day)


def day_range(first: date, last: date) -> str:
    """Return ``6-8 December 2024``, ``30 November to 2 December 2024``, or one day."""
    if first == last:
        return day_text(last)
    words = f"{day_text(first)} to {day_text(last)}"
    if (first.year, first.month) == (last.year, last.month):
        words = f"{first.day}-{day_text(last)}"
    elif first.year == last.year:
        words = f"{first.day} {first:%B} to {day_text(last)}"
    return days(words, first, last)


def short_day(day: date) -> str:
    """Return ``6 Dec``."""
    return days(f"{day.day} {day:%b}", day, day, "short")


def capital(text: str) -> str:
    """Upper-case the first letter, also behind a quotation mark, and leave the rest as it is."""
    return upper_first(text)


def initials(name: str) -> str:
    """Return the capitals that a name of several words is known by, else an empty string."""
    capitals = [word[0] for word in name.split() if word[:1].isupper()]
    return "".join(capitals) if len(capitals) >= _INITIALS_FROM_WORDS else ""


WITH_ARTICLE = re.compile(r"(?:a[dlnrstz]|ash|e[dlnrst])-[A-Z]")
"""The beginning of a name with an Arabic article: "en-Nahud"."""


def is_proper(surface: str, name: str | None) -> bool:
    """Whether the words for a place are a name of it, not "The town" or "the city".

    Parameters
    ----------
    surface
        Words of the text.
    name
        Name of the place in the gazetteer, if known.
    """
    if name is not None and fold(surface) == fold(name):
        return True
    capital = surface[:1].isupper() or WITH_ARTICLE.match(surface) is not None
    return capital and surface != surface.upper() and not _NO_NAME.match(surface)


def mid_sentence(name: str) -> str:
    """Return ``rebels`` for ``Rebels``, which opened a sentence; names stay as they are."""
    return name[:1].lower() + name[1:] if _COMMON_NOUN.fullmatch(name) else name


def country_phrase(name: str) -> str:
    """Return the name of a country for use in a sentence: ``the Philippines``, ``Sudan``."""
    if not _COUNTRY_WITH_THE.match(name):
        return name
    return place(f"the {name}", name.place_id) if isinstance(name, Place) else f"the {name}"


def with_article(name: str) -> str:
    """Return a source as a sentence needs it: ``the United Nations``, ``SOHR``, ``an official``."""
    if " and " in name and name[:1].islower():
        return name  # "residents and a district official"
    if _TAKES_A.fullmatch(name):
        return f"an {name}" if name[0] in "aeiouAEIO" else f"a {name}"
    return f"the {name}" if _TAKES_ARTICLE.match(name) else name


def quoted(words: str) -> str:
    """Put words of an article into quotation marks, without doubling its own."""
    return "“" + words.strip().strip("“”\"'") + "”"
