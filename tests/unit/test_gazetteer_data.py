"""The data of the gazetteer: places by hand stand where they say, provinces are those of today."""

import numpy as np
import pytest
import shapely

from gazetteer import sources
from gazetteer.files import read_table
from gazetteer.records import PRECISION_OF_FEATURE
from gazetteer.sources import Areas

# Drawn outlines are generalised, and crossings stand on the border itself: so far off, in
# degrees, a place still counts as inside.
NEAR_DEGREES = 0.1

# Codes and capitals: ISO 3166-2 as the package iso-codes lists it (edition of February 2026), and
# the articles of the states, provinces and governorates in Wikipedia, with rounded positions.
CAPITALS = {
    "SD-DC": ("Zalingei", 12.91, 23.47),
    "SD-DE": ("Ed Daein", 11.46, 26.13),
    "SD-DN": ("El Fasher", 13.63, 25.35),
    "SD-DS": ("Nyala", 12.05, 24.88),
    "SD-DW": ("El Geneina", 13.45, 22.45),
    "SD-GD": ("Gedaref", 14.03, 35.38),
    "SD-GK": ("El Fula", 11.73, 28.36),
    "SD-GZ": ("Wad Madani", 14.40, 33.52),
    "SD-KA": ("Kassala", 15.45, 36.40),
    "SD-KH": ("Khartoum", 15.55, 32.53),
    "SD-KN": ("El Obeid", 13.18, 30.22),
    "SD-KS": ("Kadugli", 11.01, 29.72),
    "SD-NB": ("Ed Damazin", 11.79, 34.36),
    "SD-NO": ("Dongola", 19.18, 30.48),
    "SD-NR": ("Ed Damer", 17.60, 33.97),
    "SD-NW": ("Rabak", 13.18, 32.74),
    "SD-RS": ("Port Sudan", 19.62, 37.22),
    "SD-SI": ("Singa", 13.15, 33.93),
    "SY-DI": ("Damascus", 33.51, 36.29),
    "SY-DR": ("Daraa", 32.62, 36.10),
    "SY-DY": ("Deir ez-Zor", 35.34, 40.14),
    "SY-HA": ("Al-Hasakah", 36.50, 40.75),
    "SY-HI": ("Homs", 34.73, 36.72),
    "SY-HL": ("Aleppo", 36.20, 37.16),
    "SY-HM": ("Hama", 35.13, 36.76),
    "SY-ID": ("Idlib", 35.93, 36.63),
    "SY-LA": ("Latakia", 35.53, 35.79),
    # The seat in use: the town of Quneitra lies in ruins in the zone of the UN force.
    "SY-QU": ("Khan Arnabah", 33.18, 35.89),
    "SY-RA": ("Raqqa", 35.95, 39.01),
    "SY-RD": ("Douma", 33.57, 36.40),
    "SY-SU": ("As-Suwayda", 32.71, 36.57),
    "SY-TA": ("Tartus", 34.89, 35.89),
    "CD-BC": ("Matadi", -5.82, 13.46),
    "CD-BU": ("Buta", 2.79, 24.74),
    "CD-EQ": ("Mbandaka", 0.05, 18.26),
    "CD-HK": ("Lubumbashi", -11.66, 27.48),
    "CD-HL": ("Kamina", -8.74, 25.00),
    "CD-HU": ("Isiro", 2.77, 27.62),
    "CD-IT": ("Bunia", 1.56, 30.25),
    "CD-KC": ("Kananga", -5.90, 22.42),
    "CD-KE": ("Mbuji-Mayi", -6.15, 23.60),
    "CD-KG": ("Kenge", -4.80, 17.04),
    "CD-KL": ("Kikwit", -5.04, 18.82),
    "CD-KN": ("Kinshasa", -4.33, 15.31),
    "CD-KS": ("Tshikapa", -6.42, 20.80),
    "CD-LO": ("Kabinda", -6.14, 24.48),
    "CD-LU": ("Kolwezi", -10.71, 25.47),
    "CD-MA": ("Kindu", -2.94, 25.92),
    "CD-MN": ("Inongo", -1.93, 18.29),
    "CD-MO": ("Lisala", 2.15, 21.51),
    "CD-NK": ("Goma", -1.68, 29.22),
    "CD-NU": ("Gbadolite", 4.28, 21.01),
    "CD-SA": ("Lusambo", -4.98, 23.44),
    "CD-SK": ("Bukavu", -2.49, 28.84),
    "CD-SU": ("Gemena", 3.25, 19.77),
    "CD-TA": ("Kalemie", -5.93, 29.19),
    "CD-TO": ("Kisangani", 0.52, 25.19),
    "CD-TU": ("Boende", -0.28, 20.88),
}

# The regions of Burkina Faso since July 2025 and their seats; the seventeenth, Kadiogo, is the
# province of that name.
BURKINA = {
    "bf-bankui": ("Dédougou", 12.46, -3.46),
    "bf-djoro": ("Gaoua", 10.33, -3.18),
    "bf-goulmou": ("Fada N'Gourma", 12.06, 0.36),
    "bf-guiriko": ("Bobo-Dioulasso", 11.18, -4.29),
    "bf-kuilse": ("Kaya", 13.09, -1.08),
    "bf-liptako": ("Dori", 14.03, -0.03),
    "bf-nakambe": ("Tenkodogo", 11.78, -0.37),
    "bf-nando": ("Koudougou", 12.25, -2.37),
    "bf-nazinon": ("Manga", 11.66, -1.07),
    "bf-oubri": ("Ziniaré", 12.58, -1.30),
    "bf-sirba": ("Bogandé", 12.98, -0.15),
    "bf-soum": ("Djibo", 14.10, -1.63),
    "bf-sourou": ("Tougan", 13.07, -3.07),
    "bf-tannounyan": ("Banfora", 10.64, -4.75),
    "bf-tapoa": ("Diapaga", 12.07, 1.79),
    "bf-yaadga": ("Ouahigouya", 13.58, -2.42),
}


@pytest.fixture(scope="module")
def areas() -> Areas:
    return sources.read_areas()


@pytest.mark.parametrize("code", CAPITALS)
def test_province_of_today_holds_its_capital(areas: Areas, code: str) -> None:
    _, lat, lon = CAPITALS[code]
    assert sources.units_at(areas, np.array([lat]), np.array([lon])) == [code]
    assert f"iso:{code}" in areas.by_id


@pytest.mark.parametrize("country", ["SD", "CD"])
def test_a_country_has_the_codes_of_today_and_no_others(areas: Areas, country: str) -> None:
    listed = {code for code, _ in areas.units if code.startswith(country)}
    assert listed == {code for code in CAPITALS if code.startswith(country)}


def test_states_of_sudan_bear_their_own_names(areas: Areas) -> None:
    names = {e.place.id: e.place.name for e in areas.entries if e.place.country == "SD"}
    assert names["iso:SD-DC"] == "Central Darfur"
    assert names["iso:SD-DE"] == "East Darfur"
    assert names["iso:SD-DW"] == "West Darfur"
    assert names["iso:SD-GK"] == "West Kordofan"


def test_region_of_burkina_faso_holds_its_seat(areas: Areas) -> None:
    regions = {e.place.id.removeprefix("region:"): e.geometry for e in sources.read_regions(areas)}
    assert {name for name in regions if name.startswith("bf-")} >= set(BURKINA)
    for region, (seat, lat, lon) in BURKINA.items():
        holding = [name for name in BURKINA if regions[name].covers(shapely.Point(lon, lat))]
        assert holding == [region], seat
    assert areas.by_id["iso:BF-KAD"].covers(shapely.Point(-1.53, 12.37))
    assert len(BURKINA) == 16


@pytest.mark.parametrize("row", read_table("places_supplement.csv"), ids=lambda row: row["id"])
def test_place_by_hand_stands_in_its_country_and_province(
    areas: Areas, row: dict[str, str]
) -> None:
    point = shapely.Point(float(row["lon"]), float(row["lat"]))
    country = areas.by_id[f"iso:{row['countrycode']}"]
    near = 0.5 if row["kind"] == "island" else NEAR_DEGREES  # small islands are not drawn
    assert shapely.dwithin(country, point, near)
    if row["admin1"]:
        assert row["admin1"].startswith(f"{row['countrycode']}-")
        assert shapely.dwithin(areas.by_id[f"iso:{row['admin1']}"], point, near)


def test_places_by_hand_have_ids_kinds_and_sources() -> None:
    rows = read_table("places_supplement.csv")
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["certainty"] in {"high", "med", "low"}
        assert row["source"]
    cited = [row for row in rows if row["source"] not in {"knowledge", "ourairports"}]
    assert len(cited) > 170
    assert all("/" in row["source"] for row in cited)


def test_dams_bases_and_crossings_are_sites() -> None:
    kinds = {row["id"]: row["kind"] for row in read_table("places_supplement.csv")}
    assert kinds["mosul-dam"] == "dam"
    assert kinds["wadi-seidna-air-base"] == "airbase"
    assert kinds["torkham-border-crossing"] == "crossing"
    for kind in ("dam", "airbase", "crossing", "camp"):
        assert PRECISION_OF_FEATURE[sources.SUPPLEMENT_FEATURES[kind]] == "site"
