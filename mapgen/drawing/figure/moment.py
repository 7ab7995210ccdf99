"""What of the page data is so on a day: the same rules as the page's time slider."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Data = dict[str, Any]
Sign = dict[str, Any]

INCIDENTS = ("strike", "clash", "siege", "attack", "withdrawal")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(kw_only=True)
class Site:
    """One place with all that is said of it."""

    key: str
    name: str
    lat: float
    lon: float
    rank: int
    base: str | None = None
    signs: list[Sign] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Moment:
    """The page data on one day; ``day`` None shows all."""

    data: Data
    day: str | None

    def phase(self, sign: Sign) -> str:
        """Return ``before`` it began, ``span`` while its day is not known, ``now``, ``past``."""
        day, begun = self.day, sign["day"]
        over = sign.get("to_day")
        if over and (day is None or day >= over):
            return "past"
        if day is None or begun is None or day >= begun:
            return "now"
        first = sign["from_day"]
        return "span" if first and day >= first else "before"

    def signs(self, *kinds: str) -> list[Sign]:
        """Return the signs of some types that stand on the day, in the order of the data."""
        return [
            s for s in self.data["signs"] if s["type"] in kinds and self.phase(s) in {"span", "now"}
        ]

    def areas(self) -> Data | None:
        """Return the estimated areas of the day."""
        day = self.day
        now = [
            a
            for a in self.data["areas"]
            if (not a["from_day"] or not day or day >= a["from_day"])
            and (not a["to_day"] or not day or day < a["to_day"])
        ]
        return now[-1] if now else None

    def sites(self) -> list[Site]:
        """Return the places of signs with the signs of the day; a place may have none yet."""
        found: dict[str, Site] = {}
        for sign in self.data["signs"]:
            if not isinstance(sign.get("lat"), int | float) or not sign.get("name"):
                continue
            key = sign.get("place") or f"{sign['lat']},{sign['lon']}"
            site = found.setdefault(
                key,
                Site(
                    key=key,
                    name=sign["name"],
                    lat=sign["lat"],
                    lon=sign["lon"],
                    rank=sign.get("rank") or 3,
                ),
            )
            if self.phase(sign) in {"span", "now"}:
                site.signs.append(sign)
        for place in self.data["places"]:
            if place["id"] in found:
                found[place["id"]].base = place["base"]
                found[place["id"]].rank = place["rank"]
        return list(found.values())

    def words(self) -> str:
        """Return what is so on the day, in a few words."""
        if self.day is None or self.day == self.data["days"][-1]:
            return "as the articles have it"
        live = [s for s in self.data["signs"] if self.phase(s) in {"span", "now"}]
        if not live:
            has_base = any(p["base"] for p in self.data["places"])
            return "before the articles: baseline only" if has_base else "before the articles"
        names = [s["name"] for s in live if self.phase(s) == "span" and s.get("name")]
        shown = list(dict.fromkeys(names))[:3]
        if shown:
            return f"{', '.join(shown)}: changing, day unknown"
        return f"{len(live)} sign{'' if len(live) == 1 else 's'}"

    def title(self) -> str:
        """Return the day in words, with "About" where the page says so."""
        if self.day is None or not self.data["days"] or self.day == self.data["days"][-1]:
            return str(self.data["meta"]["as_of_text"])
        return day_words(self.day)


def day_words(day: str) -> str:
    """Return ``2024-12-06`` as ``6 Dec 2024``."""
    year, month, number = day.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


def days_of_change(data: Data) -> list[str]:
    """Return the first day, each day on which something changes, and the last day."""
    days = data["days"]
    told = {s[key] for s in data["signs"] for key in ("from_day", "day", "to_day") if s.get(key)}
    return [d for d in days if d in told or d in {days[0], days[-1]}]
