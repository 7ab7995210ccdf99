"""Choose which of the places with its name each toponym of a text means.

The toponyms of a document, each with candidates, come in. The most probable candidate of each goes
out. All toponyms are resolved together. A candidate is more probable if it is important, if the
text states that it lies in an area ("Long Beach, California"), if its country or province is named
or is common among the other toponyms, and if it lies near other places. The weights of these
features are in ``data/resolution_weights.csv`` and were fitted by ``tools/fit_weights.py``. The
probabilities are the softmax over the candidates of a name. Candidates within 30 km of each other,
such as a city and the province around it, count as one place.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from gazetteer.distance import EARTH_RADIUS_KM, distance_km
from gazetteer.files import data_file
from gazetteer.matching import ALTERNATE_LOSS
from gazetteer.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from gazetteer.matching import Namesake

    Floats = NDArray[np.float64]

FEATURES = (
    "importance",
    "importance_squared",
    "primary_name",
    "exact_spelling",
    "is_country",
    "is_province",
    "has_seat",
    "is_district",
    "is_airport",
    "is_feature",
    "is_capital",
    "unknown_population",
    "inside_stated",
    "outside_stated",
    "country_named",
    "province_named",
    "country_share",
    "province_share",
    "near_30_km",
    "near_150_km",
    "near_500_km",
    "given_country",
)
_INDEX = {name: i for i, name in enumerate(FEATURES)}
_ROUNDS = 3
_PRIOR_SHARPNESS = 6.0  # weight of importance in the first round, without the other names
_SAME_PLACE_KM = 30.0
_SEAT_KM = 200.0
_MOST_CANDIDATES = 1500  # in a document, unless each name needs _LEAST_EACH candidates
_LEAST_EACH = 8
_MOST_EACH = 100
_MOST_ANCHORS = 400
_LEAST_ANCHOR = 0.02
_CODE_LETTERS = 3
# Areas so large that their points do not show which places are near.
_WIDE = frozenset({"PCLI", "ADM1", "CONT", "OCN", "SEA", "RGN", "RGNH", "STM", "MTS", "DSRT"})
_SIZED = {"PPLC", "PPL"}
_CONTAINER_GAP = re.compile(r",\s?(?:(?:in|near)\s(?:the\s)?)?|\s\(|\sin\s(?:the\s)?")


@dataclass(slots=True, eq=False)
class Name:
    """A mention of a name, with its candidates.

    ``start`` and ``end`` are offsets in code points, end exclusive. ``sureness`` says from 0 to 1
    how surely the name is that of a place.
    """

    start: int
    end: int
    surface: str
    namesakes: tuple[Namesake, ...]
    sureness: float = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The place that a name was resolved to."""

    namesake: Namesake
    probability: float  # 0 to 1, of the place and the candidates within 30 km
    runners_up: tuple[tuple[Namesake, float], ...]  # next candidates, with their probabilities
    is_inside_stated: bool  # it lies in an area that the text states
    near: float  # support by other places nearby: log(1 + their weighted number)
    country_share: float  # share of the other names' places that lie in its country
    is_alone: bool  # the text names no other place
    in_given_country: bool  # it lies in the country that the user stated
    elsewhere: str | None  # an area that the text states but that contains no candidate


@dataclass(slots=True)
class _Group:
    """All mentions of a name, which mean the same place."""

    names: list[Name]
    first: int = 0
    last: int = 0  # candidates first <= i < last
    elsewhere: str | None = None  # an area that the text states but that contains no candidate
    candidates: list[Namesake] = field(default_factory=list)


@cache
def weights() -> Floats:
    """Return the packaged weights in the order of `FEATURES`."""
    text = data_file("resolution_weights.csv").read_text(encoding="utf-8")
    table = {row["feature"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}
    return np.array([table[name] for name in FEATURES])


def weight_of(namesake: Namesake) -> float:
    """Return how likely a bare name means a place: its importance, less for alternate names."""
    return namesake.importance - (0.0 if namesake.is_primary else ALTERNATE_LOSS)


@lru_cache(maxsize=4096)
def areas_of(namesakes: tuple[Namesake, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the provinces (ISO 3166-2) and countries (alpha-2) that a name can mean."""
    provinces = {n.admin1 for n in namesakes if n.feature == "ADM1" and n.admin1}
    countries = {n.country for n in namesakes if n.feature in {"PCLI", "RGN"} and n.country}
    return frozenset(provinces), frozenset(countries)


def inside(namesake: Namesake, container: tuple[Namesake, ...]) -> bool:
    """Return whether a place lies in a province or country that another name can mean.

    Parameters
    ----------
    namesake
        The place.
    container
        Candidates of the other name.
    """
    provinces, countries = areas_of(container)
    in_province = namesake.admin1 in provinces and namesake.feature != "ADM1"
    return in_province or (namesake.country in countries and namesake.feature != "PCLI")


def container_of(text: str, name: Name, following: Name) -> bool:
    """Return whether the next name states the area of a place: "Goma, in North Kivu".

    Parameters
    ----------
    text
        The document.
    name, following
        Two successive names.
    """
    gap = text[name.end : following.start]
    if _CONTAINER_GAP.fullmatch(gap):
        return True
    return gap == " " and (following.surface.endswith(".") or following.surface.isupper())


# "siege tightens on Djibo, Niger loses a garrison"
_OPENS_CLAUSE = re.compile(r"\s(?!(?:across|as|has|is|its|says|this|was)\b)[a-z]+s\s")


def _states(text: str, name: Name, following: Name | None) -> bool:
    """Return whether the next name is the country or province of this one, rather than a list."""
    if following is None or not re.fullmatch(r",\s", text[name.end : following.start]):
        return False
    likeliest = max(following.namesakes, key=weight_of)
    own = max(name.namesakes, key=weight_of)
    if likeliest.feature not in {"PCLI", "ADM1"} or own.feature in {"PCLI", "ADM1"}:
        return False
    is_list = re.match(r",?\s(?:and|or)\s|,\s[A-Z]", text[following.end : following.end + 8])
    return is_list is None and not _OPENS_CLAUSE.match(text, following.end)


class Resolver:
    """Resolves the names of one document together.

    Parameters
    ----------
    text
        The document.
    names
        Names in the document, each with at least one candidate, in any order.
    country
        ISO 3166-1 alpha-2 code of the document's subject country, if the user stated it.
    """

    def __init__(self, text: str, names: Iterable[Name], country: str | None = None) -> None:
        ordered = sorted(names, key=lambda n: (n.start, n.end))
        by_key: dict[str, list[Name]] = defaultdict(list)
        for name in ordered:
            short = len(name.surface) <= _CODE_LETTERS
            by_key[name.surface if short else fold(name.surface)].append(name)
        self.groups = [_Group(names) for names in by_key.values()]
        self._fill_candidates()
        self._country = country
        self.features = np.zeros((len(self._all), len(FEATURES)))
        self._fixed_features(text, ordered)
        self.probabilities = np.zeros(len(self._all))
        self.clustered = np.zeros(len(self._all))

    def _fill_candidates(self) -> None:
        """Fill in the candidates of all names, the most important ones of each."""
        most = min(_MOST_EACH, max(_LEAST_EACH, _MOST_CANDIDATES // max(len(self.groups), 1)))
        self._all: list[Namesake] = []
        owner: list[int] = []
        for number, group in enumerate(self.groups):
            found = {n.id: n for name in reversed(group.names) for n in name.namesakes}
            ranked = sorted(found.values(), key=lambda n: (-weight_of(n), n.id))
            group.candidates = ranked[:most]
            group.first = len(self._all)
            self._all += group.candidates
            group.last = len(self._all)
            owner += [number] * len(group.candidates)
        self._owner = np.array(owner, dtype=np.intp)
        self._starts = np.array([group.first for group in self.groups], dtype=np.intp)
        lat = np.radians([n.lat for n in self._all])
        lon = np.radians([n.lon for n in self._all])
        self._xyz = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)
        self._countries, self._country_of = _numbered([n.country for n in self._all])
        self._provinces, self._province_of = _numbered([n.admin1 for n in self._all])
        self._is_country = np.array([n.feature == "PCLI" for n in self._all], dtype=bool)
        self._is_province = np.array([n.feature == "ADM1" for n in self._all], dtype=bool)
        self._is_wide = np.array([n.feature in _WIDE for n in self._all], dtype=bool)
        self._sureness = np.array([max(n.sureness for n in g.names) for g in self.groups])
        self._mentions = np.array([math.log1p(len(g.names)) for g in self.groups])

    def _fixed_features(self, text: str, ordered: Sequence[Name]) -> None:
        """Fill in the features that do not depend on the probabilities of other names."""
        table = self.features
        seated = {one.seat_of for one in self._all if one.seat_of}
        for i, one in enumerate(self._all):
            weight = weight_of(one)
            table[i, :12] = (
                weight,
                weight * weight,
                one.is_primary,
                one.level == "exact",
                one.feature == "PCLI",
                one.feature == "ADM1",
                one.id in seated,
                one.feature == "ADM2",
                one.feature in {"AIRP", "AIRB"},
                one.id.startswith("feature:"),
                one.feature == "PPLC",
                one.feature in _SIZED and not one.population,
            )
            table[i, _INDEX["given_country"]] = one.country == self._country
        following = dict(zip(map(id, ordered), ordered[1:], strict=False))
        for group in self.groups:
            stated = np.zeros(len(group.candidates), dtype=bool)
            for name in group.names:
                after = following.get(id(name))
                if after is not None and container_of(text, name, after):
                    stated |= [inside(one, after.namesakes) for one in group.candidates]
            rows = slice(group.first, group.last)
            if stated.any():
                table[rows, _INDEX["inside_stated"]] = stated
                table[rows, _INDEX["outside_stated"]] = ~stated
                table[rows, _INDEX["given_country"]] = 0.0  # the text outweighs the user's country
            else:
                stating = [
                    following[id(n)] for n in group.names if _states(text, n, following.get(id(n)))
                ]
                group.elsewhere = stating[0].surface if stating else None

    def run(self, weighed: Floats | None = None) -> None:
        """Compute the probabilities of all candidates, in rounds that depend on one another.

        Parameters
        ----------
        weighed
            Weights in the order of `FEATURES`; by default the packaged ones.
        """
        if not self._all:
            return
        factors = weights() if weighed is None else weighed
        p = self._softmax(_PRIOR_SHARPNESS * self.features[:, 0])
        for _ in range(_ROUNDS):
            self._context_features(p)
            p = self._softmax(self.features @ factors)
        self.probabilities = p
        self._cluster()

    def _softmax(self, score: Floats) -> Floats:
        """Return the softmax of scores over the candidates of each name."""
        shifted = np.exp(score - np.maximum.reduceat(score, self._starts)[self._owner])
        return np.asarray(shifted / np.add.reduceat(shifted, self._starts)[self._owner])

    def _context_features(self, p: Floats) -> None:
        """Fill in the features that depend on the current probabilities of the other names."""
        table = self.features
        weight = p * self._sureness[self._owner]
        self._near_features(weight)
        counted = weight * self._mentions[self._owner]
        group_total = np.add.reduceat(counted, self._starts)
        others = counted.sum() - group_total[self._owner] + 0.5
        for codes, of, where in (
            (self._countries, self._country_of, "country_share"),
            (self._provinces, self._province_of, "province_share"),
        ):
            by_group = np.zeros((len(self.groups), len(codes) + 1))
            np.add.at(by_group, (self._owner, of), counted)
            rest = by_group.sum(0)[None, :] - by_group
            share = rest[self._owner, of] / others
            table[:, _INDEX[where]] = np.where(of < len(codes), share, 0.0)
        for of, size, is_kind, where in (
            (self._country_of, len(self._countries), self._is_country, "country_named"),
            (self._province_of, len(self._provinces), self._is_province, "province_named"),
        ):
            named = np.zeros(size + 1)
            np.maximum.at(named, of[is_kind], weight[is_kind])
            named[size] = 0.0
            table[:, _INDEX[where]] = np.where(is_kind, 0.0, named[of])

    def _near_features(self, weight: Floats) -> None:
        """Fill in the number of other places nearby, with the best candidate of each name."""
        usable = np.flatnonzero((weight >= _LEAST_ANCHOR) & ~self._is_wide)
        if len(usable) > _MOST_ANCHORS:
            usable = np.sort(usable[np.argsort(-weight[usable], kind="stable")[:_MOST_ANCHORS]])
        columns = [_INDEX[k] for k in ("near_30_km", "near_150_km", "near_500_km")]
        if not len(usable):
            self.features[:, columns] = 0.0
            return
        owners = self._owner[usable]
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        own = np.full(len(self.groups), -1)
        own[owners[starts]] = np.arange(len(starts))
        distance = EARTH_RADIUS_KM * np.arccos(np.clip(self._xyz @ self._xyz[usable].T, -1.0, 1.0))
        rows = np.arange(len(self._all))
        mine = own[self._owner]
        for column, reach in zip(columns, (30.0, 150.0, 500.0), strict=True):
            support = np.exp(-distance / reach) * weight[usable][None, :]
            best = np.maximum.reduceat(support, starts, axis=1)
            best[rows[mine >= 0], mine[mine >= 0]] = 0.0
            self.features[:, column] = np.log1p(best.sum(1))

    def _cluster(self) -> None:
        """Add up the probabilities of candidates of a name that count as the same place."""
        for group in self.groups:
            rows = slice(group.first, group.last)
            points = self._xyz[rows]
            close = points @ points.T >= math.cos(_SAME_PLACE_KM / EARTH_RADIUS_KM)
            for seat, province in self._seats(group):
                if self._apart(group.first + seat, group.first + province) <= _SEAT_KM:
                    close[seat, province] = close[province, seat] = True
            self.clustered[rows] = close @ self.probabilities[rows]

    @staticmethod
    def _seats(group: _Group) -> list[tuple[int, int]]:
        """Return the indices of the towns among the candidates and of the provinces around them.

        Only towns after which a province is named are returned.
        """
        number = {one.id: i for i, one in enumerate(group.candidates)}
        towns = [(i, one.seat_of) for i, one in enumerate(group.candidates) if one.seat_of]
        # a district without a code around the seat of another unit: Shusha
        around = [j for name, j in number.items() if name.startswith("ne:")]
        around = [j for j in around if group.candidates[j].feature == "ADM1"]
        return [(i, j) for i, of in towns for j in (number.get(of), *around) if j is not None]

    def _apart(self, i: int, j: int) -> float:
        """Return the distance between two candidates in km."""
        one, other = self._all[i], self._all[j]
        return distance_km(one.lat, one.lon, other.lat, other.lon)

    def _seat(self, group: _Group, best: int) -> int:
        """Return the seat of a province if the most probable place is the province, else that.

        A province whose point is far from its seat ("Quebec") is kept, unless the seat is at least
        as probable.
        """
        for seat, province in self._seats(group):
            if group.first + province != best:
                continue
            i = group.first + seat
            if (
                self._apart(i, best) <= _SEAT_KM
                or self.probabilities[i] >= self.probabilities[best]
            ):
                return i
        return best

    def choices(self) -> list[tuple[list[Name], Choice]]:
        """Return, for each name, its mentions and the choice of their place."""
        out = []
        near, share = _INDEX["near_150_km"], _INDEX["country_share"]
        for group in self.groups:
            rows = range(group.first, group.last)
            order = sorted(
                rows, key=lambda i: (-round(float(self.clustered[i]), 9), -self.probabilities[i], i)
            )
            best = self._seat(group, order[0])
            order.remove(best)
            choice = Choice(
                namesake=self._all[best],
                probability=min(1.0, float(self.clustered[best])),
                runners_up=tuple((self._all[i], float(self.probabilities[i])) for i in order[:4]),
                is_inside_stated=bool(self.features[best, _INDEX["inside_stated"]]),
                near=float(self.features[best, near]),
                country_share=float(self.features[best, share]),
                is_alone=len(self.groups) == 1,
                in_given_country=bool(self._country and self._all[best].country == self._country),
                elsewhere=group.elsewhere,
            )
            out.append((group.names, choice))
        return out

    def country_votes(self) -> dict[str, float]:
        """Return the weighted number of mentions for each country (ISO 3166-1 alpha-2).

        A mention of a place counts 1 and a mention of the country itself 2, multiplied by the
        probability and the sureness.
        """
        votes: dict[str, float] = defaultdict(float)
        mentions = np.array([len(g.names) for g in self.groups], dtype=float)
        counted = self.probabilities * (self._sureness * mentions)[self._owner]
        for one, value in zip(self._all, counted, strict=True):
            if one.country and one.feature not in {"CONT", "OCN", "SEA"}:
                votes[one.country] += float(value) * (2.0 if one.feature == "PCLI" else 1.0)
        return dict(votes)


def _numbered(codes: Sequence[str | None]) -> tuple[list[str], NDArray[np.intp]]:
    """Return the distinct codes, and the index of each code; that of None is past the last."""
    distinct = sorted({code for code in codes if code})
    number = {code: i for i, code in enumerate(distinct)}
    last = len(distinct)
    return distinct, np.array([number.get(c, last) if c else last for c in codes], dtype=np.intp)
