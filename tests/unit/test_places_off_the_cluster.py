"""A small place far from the cluster named beside it is not drawn; a list shares its container.

Positions are those of GeoNames, rounded to a tenth of a degree.
"""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding.english.article_context import context_of
from mapgen.model import Article
from tests.unit.coding_kit import gazetteer


def found(text: str, country: str) -> dict[str, str]:
    """Return the id of the place of each name, the last one of a name; "open" if it has none."""
    article = Article(id="a", text=text, country=country, published_on=date(2024, 11, 2))
    references = context_of(article, gazetteer()).found.references
    return {r.surface: "open" if r.place is None else r.place.id for r in references}


FRONT = "Troops hold Torske, Zarichne, Yampil and Lyman. "


@pytest.mark.parametrize(
    ("text", "country", "name", "place"),
    [
        # four villages bear the name, none of them near the front that is told
        (
            "Fighting went on in Sake on Friday. Rebels took Karuba and Kirotshe near Goma, and "
            "shelled Mambasa.",
            "CD",
            "Mambasa",
            "open",
        ),
        # eleven do, one of them known from another front
        (
            "Troops hold Lyman and Zarichne. They were attacked near Novomykhailivka, Lypove and "
            "Ridkodub, and in Torske.",
            "UA",
            "Novomykhailivka",
            "open",
        ),
        # a spelling that only sounds like a village 550 km away
        (FRONT + "Shells fell on Hrekivka.", "UA", "Hrekivka", "open"),
        # trap: the only one of its name may lie far away
        (
            "BAMAKO, Mali - Rebels withdrew to Douentza. Further south, gunmen attacked the army "
            "camp at Mondoro on Monday but were beaten back.",
            "ML",
            "Mondoro",
            "geonames:2453375",
        ),
        # trap: a town that news know is meant, however far it lies
        (FRONT + "A missile struck Vuhledar.", "UA", "Vuhledar", "geonames:690823"),
        # trap: another spelling near the rest is read
        (
            "Rebels shelled Khan Touman, Al-Eis and Zyrbah on Friday.",
            "SY",
            "Zyrbah",
            "supplement:zarbah",
        ),
    ],
)
def test_a_small_place_lies_in_the_cluster_named_beside_it(text, country, name, place):
    assert found(text, country)[name] == place


@pytest.mark.parametrize(
    ("text", "country", "name", "place"),
    [
        # the city of that name lies behind another front
        (
            "Russian troops entered Makiivka and Zolotarivka in Svatove district. They also "
            "shelled Novoselivske, Stelmakhivka and Kuzemivka.",
            "UA",
            "Makiivka",
            "within:Makiivka:geonames:692117",
        ),
        # traps: a city beside the district, and one that the rest lies around
        (
            "Drones hit Kyiv and Irpin in Bucha district. Hostomel and Vorzel were quiet.",
            "UA",
            "Kyiv",
            "geonames:703448",
        ),
        (
            "Rebels moved between Goma and Sake in Masisi territory. They hold Karuba.",
            "CD",
            "Goma",
            "geonames:216281",
        ),
        (
            "Police in Makiivka and Donetsk found weapons. Shells fell on Avdiivka.",
            "UA",
            "Makiivka",
            "geonames:702320",
        ),
        # the province behind a district
        (
            "Units attacked from Nevske in Svatove district of Luhansk region.",
            "UA",
            "Luhansk",
            "open or left out",
        ),
        # trap: "district" behind the name still asks for the district
        ("Shells fell in Luhansk district.", "UA", "Luhansk", "geonames:12189520"),
    ],
)
def test_the_area_behind_a_list_holds_for_its_villages(text, country, name, place):
    places = found(text, country)
    if place == "open or left out":
        assert places.get(name, "iso:UA-09") == "iso:UA-09"
    else:
        assert places[name] == place


@pytest.mark.parametrize(
    ("text", "country", "name", "place"),
    [
        ("Gunmen raided Isabela, in Basilan, on Sunday.", "PH", "Isabela", "geonames:1710519"),
        (
            "Gunmen raided Isabela, in Basilan. Troops left Lamitan for Isabela.",
            "PH",
            "Isabela",
            "geonames:1710519",
        ),
        # traps: the province itself, and provinces in a list
        ("Gunmen raided a farm in Isabela province, in Luzon.", "PH", "Isabela", "iso:PH-ISA"),
        ("Gunmen raided Isabela, Basilan and Sulu.", "PH", "Isabela", "iso:PH-ISA"),
        (
            "Gunmen raided Isabela, in Basilan. Rain fell on Isabela province.",
            "PH",
            "Isabela",
            "iso:PH-ISA",
        ),
        # a village across the border
        (
            "People fled Bangassou to Ndu, in the Democratic Republic of Congo's Bas-Uele province,"
            " after an attack.",
            "CF",
            "Ndu",
            "geonames:207346",
        ),
        (
            "People fled Bangassou to Ndu, across the river in the Democratic Republic of Congo. "
            "They sleep in Ndu.",
            "CF",
            "Ndu",
            "geonames:207346",
        ),
        # no list has it: somewhere in the province, and not the province as one more place
        (
            "People fled Bangassou to Xqqrt, in the Democratic Republic of Congo's Bas-Uele "
            "province, after an attack.",
            "CF",
            "Xqqrt",
            "within:Xqqrt:iso:CD-BU",
        ),
        # trap: a name without such words is none of the country next door
        ("People fled Bangassou to Ndu. It rained in Congo.", "CF", "Ndu", "open"),
    ],
)
def test_a_town_gives_way_to_the_area_stated(text, country, name, place):
    assert found(text, country)[name] == place


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Kolodiazi", "geonames:705408"),  # listed as Kolodyazi, without a Cyrillic name
        ("Kolodyazi", "geonames:705408"),
        ("Kolodiaza", None),  # trap: another ending is another name
    ],
)
def test_a_ukrainian_village_is_found_by_the_national_romanisation(name, place):
    ids = {v.place.id for v in gazetteer().villages(name, "UA")}
    assert ids == ({place} if place else set())


def test_a_name_is_none_of_several_hamlets_written_in_two_words() -> None:
    text = (
        "The TNLA took full control of Namtu on Thursday. It was the third town to fall this "
        "month, after Namhsan and Mantong. Fighting continued inside Kutkai, and Muse is calm."
    )
    assert found(text, "MM").get("Mantong", "open") == "open"
