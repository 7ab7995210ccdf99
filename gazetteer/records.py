"""What the gazetteer hands out: places and candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["exact", "folded", "articles", "skeleton", "fuzzy"]
LEVELS: tuple[Level, ...] = ("exact", "folded", "articles", "skeleton", "fuzzy")

# Feature codes whose places are not settlements; every other code is one. The codes are those of
# GeoNames where it has one (https://www.geonames.org/export/codes.html).
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
    "OILF": "site",
    "PASS": "site",
    "PS": "site",
    "PSTB": "site",
    "PSN": "site",
    "PRT": "site",
    "PMPO": "site",
    "RSTN": "site",
}

# Features that a word such as "province" asks for, and "town" does not.
AREA_FEATURES = frozenset({"PCLI", "ADM1", "ADM2", "ADM3", "RGN"})
_LONGEST_CODE = 4
_PCODE = "pcode:"


def precision_of(feature: str) -> str:
    """Return how exact a place of this feature is (a value of ``mapgen.model.Precision``)."""
    return PRECISION_OF_FEATURE.get(feature, "settlement")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One entry of the gazetteer. Coordinates are WGS 84 degrees."""

    # geonames:170063 | iso:SY | iso:SY-HL | ne:... (a unit without ISO code) | supplement:...
    # | region:sy-coast | part:SY:east | border:SY-IQ | pcode:SY0401 | layer:<file stem>:<id>
    id: str
    name: str
    lat: float  # of an area: a point inside it, for reference and never to be drawn as the place
    lon: float
    country: str | None  # ISO 3166-1 alpha-2
    admin1: str | None  # ISO 3166-2
    feature: str  # a GeoNames code (PPL, PPLC, ADM1, PCLI, RGN, AIRB ...), crossing, part or border
    precision: str  # site | settlement | district | province | region | country | line
    population: int | None  # None: not known
    names: tuple[str, ...]  # other listed names
    source: str
    certainty: str | None  # high | med | low of what was collected by hand; None elsewhere

    @property
    def pcode(self) -> str | None:
        """The P-code of OCHA ("SY0401"), of units from a layer that has them; None elsewhere."""
        return self.id.removeprefix(_PCODE) if self.id.startswith(_PCODE) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where some of the places are from."""

    name: str  # the source, with the file or package that carries it
    n_places: int
    licence: str
    date: str  # ISO 8601, a year at least; of a package its version


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A place that a name may stand for."""

    place: Place
    score: float  # 0 to 1: how well the spelling agrees; says nothing of the context
    level: Level
    name: str  # the listed name that matched

    @property
    def is_code(self) -> bool:
        """Whether what matched is a short code in capitals (an airport's, an abbreviation)."""
        return is_code(self.name)


def is_code(name: str) -> bool:
    """Whether a listed name is a short code in capitals ("ALP") or ends in a dot ("Wash.")."""
    return name.endswith(".") or (len(name) <= _LONGEST_CODE and name.isascii() and name.isupper())
