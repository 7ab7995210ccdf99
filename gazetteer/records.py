"""Define the records that the gazetteer returns: places, candidates and origins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["exact", "folded", "articles", "skeleton", "fuzzy"]
LEVELS: tuple[Level, ...] = ("exact", "folded", "articles", "skeleton", "fuzzy")

# Precision of the features that are not settlements. All others are settlements. The codes are
# those of GeoNames where they exist (https://www.geonames.org/export/codes.html).
PRECISION_OF_FEATURE = {
    "PCLI": "country",
    "PCLD": "country",
    "ADM1": "province",
    "ADM2": "district",
    "ADM3": "district",
    "ADM4": "district",
    "RGN": "region",
    "part": "region",
    "border": "line",
    "crossing": "site",
    "AIRB": "site",
    "AIRF": "site",
    "AIRP": "site",
    "AIRQ": "site",
    "BDG": "site",
    "CMP": "site",
    "CMPRF": "site",
    "DAM": "site",
    "FRM": "site",
    "INSM": "site",
    "ISL": "site",
    "MFG": "site",
    "OILF": "site",
    "OILR": "site",
    "PASS": "site",
    "PS": "site",
    "PSTB": "site",
    "PSN": "site",
    "PRT": "site",
    "PMPO": "site",
    "RSTN": "site",
}

# Features that words such as "province" ask for; words such as "town" ask for the others.
AREA_FEATURES = frozenset({"PCLI", "ADM1", "ADM2", "ADM3", "RGN"})
_LONGEST_CODE = 4
_PCODE = "pcode:"


def precision_of(feature: str) -> str:
    """Return the precision of places with a feature code, a value of ``mapgen.model.Precision``."""
    return PRECISION_OF_FEATURE.get(feature, "settlement")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One entry of the gazetteer, with coordinates in degrees (EPSG:4326)."""

    # geonames:170063 | iso:SY | iso:SY-HL | ne:... (a unit without ISO code) | supplement:...
    # | region:sy-coast | part:SY:east | border:SY-IQ | pcode:SY0401 | layer:<file stem>:<id>
    id: str
    name: str
    lat: float  # for an area, a reference point inside it, which is never drawn as the place
    lon: float
    country: str | None  # ISO 3166-1 alpha-2
    admin1: str | None  # ISO 3166-2
    feature: str  # a GeoNames code (PPL, PPLC, ADM1, PCLI, RGN, AIRB ...), crossing, part or border
    precision: str  # site | settlement | district | province | region | country | line
    population: int | None  # None if not known
    names: tuple[str, ...]  # other listed names
    source: str
    certainty: str | None  # high | med | low for places collected by hand, else mostly None

    @property
    def pcode(self) -> str | None:
        """OCHA's P-code ("SY0401") if the place is a unit of a layer with P-codes, else None."""
        return self.id.removeprefix(_PCODE) if self.id.startswith(_PCODE) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The source of some of the places."""

    name: str  # the source, and the file or package that contains it
    n_places: int
    licence: str
    date: str  # ISO 8601, at least a year; for a package, its version


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A place that a name may mean."""

    place: Place
    score: float  # 0 to 1, how well the spelling agrees, regardless of context
    level: Level
    name: str  # the listed name that matched

    @property
    def is_code(self) -> bool:
        """Whether the name that matched is a code or abbreviation, such as that of an airport."""
        return is_code(self.name)


def is_code(name: str) -> bool:
    """Return whether a name is a short code in capitals ("ALP") or ends in a dot ("Wash.")."""
    return name.endswith(".") or (len(name) <= _LONGEST_CODE and name.isascii() and name.isupper())
