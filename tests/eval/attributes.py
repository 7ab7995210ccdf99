"""Whether the actor, the source and the day of what was found are right.

A gold record counts as found when a current claim of its group quotes words of its quote. Actors
are the same when the table gives them one side, or a word of their names is the same; sources when
a word or the acronym is; days when the intervals meet and the claim's is not much longer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from mapgen.core.tables.actors import default_table
from tests.eval.score import CURRENT, _group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.model import Claim

Record = dict[str, Any]

GROUPS = {"control_change", "displacement"}
LEAST_LETTERS = 3
LONGEST_DAYS = 31
_SMALL = {
    *("the", "and", "for", "its", "his", "their", "of", "in", "on", "by", "to", "two", "several"),
    *("forces", "force", "army", "troops", "fighters", "group", "government", "local", "people"),
    *("residents", "officials", "military"),
}


@dataclass
class Share:
    """How many of the values that gold gives were right."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, label: str, *, right: bool) -> None:
        """Count one value."""
        if right:
            self.right += 1
        else:
            self.wrong.append(label)

    def __str__(self) -> str:
        total = self.right + len(self.wrong)
        return f"{self.right / total:.2f} of {total}" if total else "none"


@dataclass
class Attributes:
    """Shares of right actors, sources and days."""

    actor: Share = field(default_factory=Share)
    attribution: Share = field(default_factory=Share)
    date: Share = field(default_factory=Share)


def judge(gold: Sequence[Record], claims: Iterable[Claim], texts: Mapping[str, str]) -> Attributes:
    """Compare the attributes of what was found with gold."""
    result = Attributes()
    made = [c for c in claims if c.status.value in CURRENT]
    for g in gold:
        if g["optional"] or g["status"] not in CURRENT or _group(g) not in GROUPS:
            continue
        start = texts[g["doc"]].find(g["quote"])
        end = start + len(g["quote"])
        found = [
            c
            for c in made
            if c.article == g["doc"]
            and str(c.kind) == _group(g)
            and c.start < end
            and start < c.end
        ]
        if not found:
            continue
        label = f"{g['id']}: {g['quote'][:60]}"
        if g["actor"] and _group(g) == "control_change":
            result.actor.add(label, right=any(_same_actor(g["actor"], c) for c in found))
        said = [c.attribution.name if c.attribution else None for c in found]
        if g["attribution"]:
            right = any(s and _words(s) & _words(g["attribution"]) for s in said)
        else:
            right = None in said
        result.attribution.add(label, right=right)
        if g["date"]:
            result.date.add(label, right=any(_same_day(g["date"], c) for c in found))
    return result


def _same_actor(name: str, claim: Claim) -> bool:
    if claim.actor is None:
        return False
    named = default_table().bearers(name)
    if named and claim.actor.side == named[0].side:
        return True
    return bool(_words(name) & _words(claim.actor.name))


def _words(name: str) -> set[str]:
    words = re.findall(r"[\w’']+", name.replace(".", ""))
    long = [w for w in words if w.lower() not in _SMALL and w[:1].isupper()]
    initials = {"".join(w[0] for w in long).lower()} if len(long) > 1 else set()
    return {w.lower() for w in words if len(w) >= LEAST_LETTERS} - _SMALL | initials


def _same_day(told: str, claim: Claim) -> bool:
    if claim.date is None or claim.date.start is None or claim.date.end is None:
        return False
    first, last = _span(told)
    length = (claim.date.end - claim.date.start).days
    meets = claim.date.start <= last and first <= claim.date.end
    return meets and length <= max(LONGEST_DAYS, 3 * (last - first).days)


def _span(told: str) -> tuple[date, date]:
    if "/" in told:
        first_day, last_day = told.split("/")
        return _span(first_day)[0], _span(last_day)[1]
    parts = [int(n) for n in told.split("-")]
    if len(parts) == LEAST_LETTERS:
        return date(*parts), date(*parts)
    year, month = [*parts, 0][:2]
    first = date(year, month or 1, 1)
    after = date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    return first, after - timedelta(days=1)
