"""In a digest, each item's villages are those of its own country; so are names read as places."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import Gazetteer
from mapgen.coding.english.article_context import context_of
from mapgen.model import Article
from mapgen.places.georeference import Geoparse
from mapgen.places.names_read import with_names_read


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return Gazetteer.open()


def spots(text: str, places: Gazetteer) -> dict[str, tuple[float, float] | None]:
    """Return the point of each name of a text, rounded to a tenth of a degree."""
    article = Article(id="a", text=text, published_on=date(2023, 11, 28), language="en")
    found = context_of(article, places).found
    return {
        r.surface: (round(r.place.lat, 1), round(r.place.lon, 1)) if r.place else None
        for r in found.references
    }


MALI = "The army took the village of Sofara on Monday; Mopti and Bandiagara were quiet."
BURKINA = "Gunmen attacked the village of Nassoumbou on Sunday; Djibo and Titao were quiet."
MYANMAR = "Fighters overran the town of Hsenwi on Friday; Lashio was quiet."


@pytest.mark.parametrize(
    ("heads", "items"),
    [
        (("MALI. ", "BURKINA FASO. "), (MALI, BURKINA)),
        (("Mali: ", "Burkina Faso: "), (MALI, BURKINA)),
        (("- MALI: ", "- BURKINA FASO: "), (MALI, BURKINA)),
        (("Mali\n", "Burkina Faso\n"), (MALI, BURKINA)),
        (("Mali, centre\n", "Burkina Faso, north\n"), (MALI, BURKINA)),
        (("MOPTI (Mali). ", "SOUM (Burkina Faso). "), (MALI, BURKINA)),
    ],
)
def test_the_villages_of_each_item_are_of_its_country(
    places: Gazetteer, heads: tuple[str, str], items: tuple[str, str]
) -> None:
    text = "SAHEL WEEKLY\n\n" + "\n\n".join(h + i for h, i in zip(heads, items, strict=True))
    found = spots(text, places)
    assert found["Sofara"] == (14.0, -4.2)
    assert found["Nassoumbou"] == (14.4, -1.6)
    assert found["Djibo"] == (14.1, -1.6)


def test_three_countries_of_which_none_is_that_of_the_whole(places: Gazetteer) -> None:
    text = f"THE WEEK\n\nMYANMAR. {MYANMAR}\n\nBURKINA FASO. {BURKINA}\n\nMALI. {MALI}"
    found = spots(text, places)
    assert found["Hsenwi"] == (23.3, 98.0)
    assert found["Nassoumbou"] == (14.4, -1.6)
    assert found["Sofara"] == (14.0, -4.2)


def test_a_hamlet_of_the_same_name_abroad_gives_way_to_the_village_of_the_item(
    places: Gazetteer,
) -> None:
    text = (
        "THE WEEK\n\nMALI. The army took Boni, Hombori and Douentza on Monday.\n\n"
        "BURKINA FASO. Gunmen attacked the village of Koutougou on Sunday.\n\n"
        "MALI. Fighters left Gao."
    )
    found = spots(text, places)
    assert found["Boni"] == (15.1, -2.2)
    assert found["Koutougou"] == (12.2, -2.4)


def test_a_country_in_passing_opens_no_item(places: Gazetteer) -> None:
    text = (
        "The army took the village of Sofara near Mopti on Monday. Burkina Faso welcomed the news. "
        "Nassoumbou was quiet."
    )
    assert "Nassoumbou" not in spots(text, places)


@pytest.mark.parametrize(
    ("text", "name", "country", "wanted"),
    [
        ("Hsenwi fell too, as did Lashio.", "Hsenwi", "MM", (23.3, 98.0)),
        ("Namsan is theirs.", "Namsan", "MM", (23.0, 97.2)),  # the seat of a township
        ("Nassoumbou is theirs.", "Nassoumbou", "BF", (14.4, -1.6)),
        ("Koutougou went the same way.", "Koutougou", "BF", (12.2, -2.4)),
        ("Farabougou is theirs.", "Farabougou", "ML", (14.9, -6.1)),  # the one that news name
        ("Parou is theirs.", "Parou", "ML", None),  # several villages bear the name
        ("Qabalawi is theirs.", "Qabalawi", "SD", None),
        ("Kobo is theirs.", "Kobo", "SO", None),
    ],
)
def test_a_name_read_as_a_place_is_looked_up(
    places: Gazetteer,
    text: str,
    name: str,
    country: str,
    wanted: tuple[float, float] | None,
) -> None:
    start = text.index(name)
    whole = with_names_read(
        Geoparse(country, ()), text, [(start, start + len(name))], [], places, is_given=True
    )
    (r,) = [r for r in whole.references if r.surface == name]
    assert (r.place and (round(r.place.lat, 1), round(r.place.lon, 1))) == wanted
    assert r.place is not None or r.reason


def test_a_name_read_in_an_item_is_looked_up_in_its_country(places: Gazetteer) -> None:
    text = "MALI. Quiet.\n\nMYANMAR. Hsenwi is theirs."
    start = text.index("Hsenwi")
    whole = with_names_read(
        Geoparse("ML", ()),
        text,
        [(start, start + 6)],
        [],
        places,
        items=[(0, 12, "ML"), (14, len(text), "MM")],
    )
    (r,) = [r for r in whole.references if r.surface == "Hsenwi"]
    assert r.place is not None
    assert r.place.country == "MM"


@pytest.mark.parametrize(
    ("text", "name", "country", "wanted"),
    [
        # far from Malakal, but the only one in the country
        ("The army retook Nasir. Malakal was quiet.", "Nasir", "SS", (8.6, 33.1)),
        ("Ain Issa fell, and then Raqqa.", "Ain Issa", "SY", (36.4, 38.9)),
    ],
)
def test_the_only_place_of_a_name_in_the_country_is_meant_however_far(
    places: Gazetteer, text: str, name: str, country: str, wanted: tuple[float, float]
) -> None:
    start = text.index(name)
    whole = with_names_read(
        Geoparse(country, ()), text, [(start, start + len(name))], [], places, is_given=True
    )
    (r,) = [r for r in whole.references if r.surface == name]
    assert r.place is not None
    assert (round(r.place.lat, 1), round(r.place.lon, 1)) == wanted


def test_of_several_villages_the_one_beside_what_stands_beside_it_in_the_text(
    places: Gazetteer,
) -> None:
    text = (
        "DR Congo: M23 holds Goma; people of the village of Kibumba are on the road to Rutshuru. "
        + "The weather was fair all week, and nothing else happened. " * 6
        + "In the south the army holds Uvira and Bukavu."
    )
    assert spots(text, places)["Kibumba"] == (-1.5, 29.3)


def test_of_several_villages_none_is_taken_where_nothing_stands_beside_it(
    places: Gazetteer,
) -> None:
    text = (
        "DR Congo: people of the village of Katale are on the road. "
        + "The weather was fair all week, and nothing else happened. " * 6
        + "The rebels hold Goma and Rutshuru, the army holds Uvira and Bukavu."
    )
    assert spots(text, places)["Katale"] is None


def test_a_village_near_only_what_stands_far_off_in_the_text_is_a_chance_hit(
    places: Gazetteer,
) -> None:
    text = (
        "DR Congo: people fled Goma and Rutshuru for the village of Lemera. "
        + "The weather was fair all week, and nothing else happened. " * 6
        + "In the south the army holds Uvira."
    )
    far = text.replace("Goma and Rutshuru for", "Kisangani and Bunia for")
    near = "DR Congo: people fled Uvira for the village of Lemera."
    assert spots(near, places)["Lemera"] == (-3.0, 29.0)
    assert spots(far, places)["Lemera"] is None


def test_the_province_that_opens_a_paragraph_places_its_villages(places: Gazetteer) -> None:
    text = (
        "MYANMAR THIS WEEK\n\nAYEYARWADY REGION. Troops threw back an assault at Thabyu, on the "
        "road from Gwa. Some 2,500 people fled Thabyu for Ngathaingchaung.\n\nSAGAING REGION. A "
        "column told residents of Zigon village near Shwebo to leave."
    )
    found = spots(text, places)
    assert found["Thabyu"] == (17.5, 95.3)
    assert found["Shwebo"] == (22.6, 95.7)
    assert found["Zigon"] is None or found["Zigon"][0] > 20  # the town of Zigon is in Bago
