"""Find countries and provinces by their names in other languages and scripts.

A name such as "سوريا", "Донецька область" or "Ucraina" comes in. The ids of the areas with this
name go out. The names are those of Natural Earth (``gazetteer/data/area_names.csv.gz``).
"""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from collections import defaultdict
from functools import cache

from gazetteer.files import data_file

_FILE = "area_names.csv.gz"
# Letters that are written for each other in Arabic script, and signs that may be left out.
_SAME = str.maketrans("أإآٱىةکیہۀ", "اااايهكيهه", "\u0640\u200c\u200d\u2019'`\u02bc")
# Accents, and vowel signs of Hebrew and Arabic; those of Indic scripts are letters of the name.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
# Words for kinds of areas, which people leave out: "إدلب" for "محافظة إدلب".
_KINDS = (
    *("محافظة", "ولاية", "إقليم", "مقاطعة", "منطقة", "استان", "ایالت", "صوبہ", "ضلع", "أوبلاست"),
    *("область", "край", "республика", "провинция", "провінція", "штат", "мухафаза"),
    *("מחוז", "מדינת", "נפת", "राज्य", "प्रान्त", "प्रांत", "প্রদেশ", "রাজ্য"),
    *("νομός", "περιφέρεια", "επαρχία"),
)
_ENDS = ("省", "州", "県", "邦", "주", "성")  # kinds that are written without a space


def area_ids(name: str) -> list[str]:
    """Return the ids of the areas with a name, countries first.

    Parameters
    ----------
    name
        Name in any of the languages of Natural Earth.

    Returns
    -------
    list of str
        Ids of the gazetteer, such as ``iso:SY``; empty if no area has this name.
    """
    whole, short = _index()
    key = _key(name)
    found = whole.get(key) or short.get(_short(key)) or []
    if not found:
        found = [i for end in _ENDS for i in whole.get(key + end, [])]
    return sorted(set(found), key=lambda i: (len(i) != len("iso:SY"), i))


@cache
def _index() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the ids by the key of their names, and by the key without a word for the kind."""
    text = gzip.decompress(data_file(_FILE).read_bytes()).decode("utf-8")
    whole: dict[str, list[str]] = defaultdict(list)
    short: dict[str, list[str]] = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        keys = {_key(name) for name in row["names"].split("|")}
        for key in keys:
            whole[key].append(row["id"])
        for key in {_short(key) for key in keys}:
            short[key].append(row["id"])
    return dict(whole), dict(short)


def _key(name: str) -> str:
    """Return a name in a form that ignores capitals, accents, vowel signs and spaces around it."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", name.casefold().translate(_SAME)))
    same = unicodedata.normalize("NFC", bare).translate(_SAME)
    return " ".join(re.split(r"[\s\-\u2010-\u2015]+", same.strip()))


@cache
def _kinds() -> frozenset[str]:
    return frozenset(_key(word) for word in _KINDS)


def _short(key: str) -> str:
    kept = [word for word in key.split() if word not in _kinds()]
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in kept) or key  # noqa: PLR2004
