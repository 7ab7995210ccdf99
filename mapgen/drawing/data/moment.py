"""Select what the page data show on a given day.

Page data and a day come in; the signs, holders and areas of that day go out. A picture and the
legend use these rules, which are the same as those of the page's time slider.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeGuard, overload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PictureData
    from mapgen.situation.drawn_records import (
        BadgeSign,
        ControlPhase,
        ControlSign,
        DisplacementSign,
        RegionSign,
        Sign,
        SpotSign,
        SupplySign,
        ThreatSign,
    )

INCIDENTS = ("strike", "clash", "siege", "attack", "withdrawal", "told_to_leave", "hosting")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def has_spot(sign: Sign) -> TypeGuard[SpotSign]:
    """Whether a sign is drawn at a single place."""
    return sign["type"] not in {"displacement", "region", "supply", "badge"}


@dataclass(kw_only=True)
class Site:
    """A place and the signs drawn there."""

    key: str
    name: str
    lat: float
    lon: float
    rank: int
    base: str | None = None
    signs: list[SpotSign] = field(default_factory=list)
    before: str | None = None
    """Key of the side that held the place before its first change, from the baseline or else the
    articles."""
    control: ControlSign | None = None
    """The sign that gives the holder on the day, or None before the first change."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Page data on one day.

    Attributes
    ----------
    data
        The data of a page or a picture.
    day
        Day shown (``YYYY-MM-DD``). None shows everything that is not over.
    """

    data: PictureData
    day: str | None

    def phase(self, sign: Sign) -> str:
        """Return the phase of a sign on the day.

        Returns
        -------
        str
            ``before`` its first possible day; ``span`` from the first to the last possible day;
            ``now`` from the last possible day on; ``past`` once it is over.
        """
        day, begun = self.day, sign["day"]
        over = sign.get("to_day")
        if over and (day is None or day >= over):
            return "past"
        if day is None or begun is None or day >= begun:
            return "now"
        first = sign["from_day"]
        return "span" if first and day >= first else "before"

    def stands(self, sign: Sign) -> bool:
        """Whether a sign is drawn on the day."""
        return self.phase(sign) in {"span", "now"}

    def drawn(self) -> list[Sign]:
        """Return the signs drawn on the day, with at most one sign of control for each place."""
        hidden = {
            id(sign)
            for site in self.sites()
            for sign in site.signs
            if sign["type"] == "control" and sign is not site.control
        }
        return [s for s in self.data["signs"] if self.stands(s) and id(s) not in hidden]

    def bases(self) -> list[str]:
        """Return the holder of each place whose mark shows the baseline on the day."""
        sites = {s.key: s for s in self.sites()}
        return [
            p["base"]
            for p in self.data["places"]
            if p["base"] and not (p["id"] in sites and sites[p["id"]].signs)
        ]

    @overload
    def signs(self, *kinds: Literal["supply"]) -> list[SupplySign]: ...
    @overload
    def signs(self, *kinds: Literal["threat"]) -> list[ThreatSign]: ...
    @overload
    def signs(self, *kinds: Literal["displacement"]) -> list[DisplacementSign]: ...
    @overload
    def signs(self, *kinds: Literal["region"]) -> list[RegionSign]: ...
    @overload
    def signs(self, *kinds: Literal["badge"]) -> list[BadgeSign]: ...
    def signs(self, *kinds: str) -> Sequence[Sign]:
        """Return the signs of the given types that stand on the day, in the order of the data."""
        return [s for s in self.data["signs"] if s["type"] in kinds and self.stands(s)]

    def areas(self) -> ControlPhase | None:
        """Return the areas of control on the day, or None if there are none."""
        day = self.day
        now = [
            a
            for a in self.data["areas"]
            if (not a["from_day"] or not day or day >= a["from_day"])
            and (not a["to_day"] or not day or day < a["to_day"])
        ]
        return now[-1] if now else None

    def sites(self) -> list[Site]:
        """Return all places that have signs on any day, each with its signs of the day."""
        found: dict[str, Site] = {}
        for sign in self.data["signs"]:
            if not has_spot(sign) or not sign["name"]:
                continue
            key = sign.get("place") or f"{sign['lat']},{sign['lon']}"
            site = found.setdefault(
                key,
                Site(
                    key=key,
                    name=sign["name"],
                    lat=sign["lat"],
                    lon=sign["lon"],
                    rank=sign["rank"],
                ),
            )
            if self.stands(sign):
                site.signs.append(sign)
        for place in self.data["places"]:
            if place["id"] in found:
                found[place["id"]].base = place["base"]
                found[place["id"]].rank = place["rank"]
        told: dict[str | None, list[ControlSign]] = {key: [] for key in found}
        for sign in self.data["signs"]:
            if sign["type"] == "control" and sign.get("place") in told:
                told[sign.get("place")].append(sign)
        for site in found.values():
            changes = sorted(told[site.key], key=_turn)
            site.control = self.holder(changes)
            first = changes[0] if changes else None
            site.before = site.base or (first and (first["from"] or first.get("before"))) or None
        return list(found.values())

    def holder(self, changes: list[ControlSign]) -> ControlSign | None:
        """Return the newest of a place's signs of control that is drawn on the day, or None."""
        standing = [s for s in changes if self.stands(s)]
        return max(standing, key=_turn, default=None)

    def words(self) -> str:
        """Describe the day in a few words."""
        if self.day is None or self.day == self.data["days"][-1]:
            return "as the articles report it"
        live = self.drawn()
        if not live:
            has_base = any(p["base"] for p in self.data["places"])
            told = "before the first report"
            return f"{told}: baseline only" if has_base else told
        changing = [s for s in live if self.phase(s) == "span"]
        names = [s["name"] for s in changing if has_spot(s) or s["type"] == "region"]
        shown = list(dict.fromkeys(names))[:3]
        if shown:
            return f"{', '.join(shown)}: changing, day unknown"
        return f"{len(live)} sign{'' if len(live) == 1 else 's'}"

    def title(self) -> str:
        """Return the day in words; for the last day, as the title block of the page writes it."""
        if self.day is None or not self.data["days"] or self.day == self.data["days"][-1]:
            return self.data["meta"]["as_of_text"]
        return day_words(self.day)


def _turn(sign: ControlSign) -> tuple[int, str]:
    """Return the sort key of a change; data of earlier versions have a day but no turn."""
    return sign.get("turn", 0), sign["day"] or ""


def doubtful_cards(data: PictureData) -> frozenset[str]:
    """Return the ids of the cards whose certainty was measured and is too low to be sure."""
    cards = data.get("cards", ())  # data of earlier versions have no certainty
    low = (c for c in cards if c.get("sure") == "unsure" and c.get("certainty") is not None)
    return frozenset(card["id"] for card in low)


def day_words(day: str) -> str:
    """Write an ISO day in words: ``2024-12-06`` becomes ``6 Dec 2024``."""
    year, month, number = day.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


def days_of_change(data: PictureData) -> list[str]:
    """Return the first day, each day on which something changes, and the last day."""
    days = data["days"]
    told = {d for s in data["signs"] for d in (s["from_day"], s["day"], s.get("to_day"))}
    return [d for d in days if d in told or d in {days[0], days[-1]}]
