"""Names in the reader's script: only what is surely of his language."""

import pytest

from gazetteer import Gazetteer
from mapgen.drawing.data.local_names import local_name, local_names

HAMA, LATAKIA, DNIPRO = "geonames:170017", "geonames:173576", "geonames:709930"
TYRE, MOSUL, RAQQA = "geonames:267008", "geonames:99072", "geonames:172955"


@pytest.mark.parametrize(
    ("names", "want"),
    [
        (["Homs", "حمص", "مدينة حمص"], "حمص"),
        (["لاذقیه", "لاذقية", "اللاذقية"], "اللاذقية"),  # the first is Persian
        (["رقه", "الرقة"], "الرقة"),
        (["بیروت", "بَيْرُوت"], None),  # Persian, and one with marks
        (["Хама"], None),
        ([], None),
    ],
)
def test_the_arabic_name(names, want):
    assert local_name(names, "ar") == want


@pytest.mark.parametrize(
    ("names", "like", "want"),
    [
        (["ديميتروف", "ميرناغرد"], "Myrnohrad", "ميرناغرد"),  # the first is the former name
        (["الأبي", "الابيض"], "El Obeid", "الابيض"),  # the first lacks its last letter
        (["حلب"], "Aleppo", "حلب"),
        (["مدينة حمص", "حمص"], "Homs", "حمص"),
        (["اللاذقية", "لاذقية", "Al Ladhiqiyah", "El Ladhiqiya"], "Latakia", "اللاذقية"),
        (["الصور", "صور", "Es Sur", "Sour", "Sur"], "Tyre", "صور"),
    ],
)
def test_of_several_names_the_one_that_sounds_like_the_main_name(names, like, want):
    assert local_name(names, "ar", like) == want


def test_other_languages_have_none():
    assert local_name(["حمص", "Хомс"], "uk") is None


def test_names_of_known_towns():
    known = [HAMA, LATAKIA, TYRE, MOSUL, RAQQA, DNIPRO, "nowhere:1"]
    found = local_names(known, Gazetteer.open(), "ar")
    assert found[HAMA] == "حماة"
    assert found[LATAKIA] == "اللاذقية"
    assert (found[TYRE], found[MOSUL], found[RAQQA]) == ("صور", "الموصل", "الرقة")
    assert "nowhere:1" not in found
    assert local_names([HAMA], Gazetteer.open(), "en") == {}
