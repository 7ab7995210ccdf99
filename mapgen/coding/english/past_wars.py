"""Find words that set a sentence in a war that is over: "During the Tigray war, ...".

The opening of a sentence and the day of its article come in; the name of the war goes out. The
wars are in ``data/past_wars.csv``, each with the day on which it ended.
"""

from __future__ import annotations

import csv
import functools
import re
from datetime import date
from importlib import resources

from mapgen.coding.english.dates import PASSED_AFTER, PRESENT_DAYS, past_words


def past_war(text: str, day: date | None) -> str | None:
    """Return the name of a war in which the words set an event, if it had ended by then.

    Parameters
    ----------
    text
        The opening of a sentence, or a clause.
    day
        Day of the article. Without it no war counts as past.

    Returns
    -------
    str or None
        The words of the text, such as "During the Tigray war".
    """
    if day is None:
        return None
    pattern, ended = _wars()
    for found in pattern.finditer(text):
        if ended[_key(found["name"])] < day - PASSED_AFTER:
            return found.group(0)
    return None


def long_past(text: str, day: date | None, *, days: int = PRESENT_DAYS) -> str | None:
    """Return words that set a sentence in the distant past: "in 2014", "in the Gulf War", or None.

    Parameters are those of `mapgen.coding.english.dates.past_words`.
    """
    return past_words(text, day, days=days) or past_war(text, day)


@functools.cache
def _wars() -> tuple[re.Pattern[str], dict[str, date]]:
    """Return a pattern for "during" a war, and the day on which each war ended."""
    path = resources.files("mapgen").joinpath("data/past_wars.csv")
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    ended = {_key(row["name"]): date.fromisoformat(row["ended"]) for row in rows}
    names = sorted((row["name"] for row in rows), key=len, reverse=True)
    known = "|".join(re.escape(name).replace(r"\ ", r"\s").replace(r"\-", "[-–]") for name in names)
    when = r"\b(?:during|in|throughout)\s(?:the\s)?(?:whole\s)?"
    return re.compile(rf"{when}(?P<name>{known})\b", re.IGNORECASE), ended


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("–", "-").split())
