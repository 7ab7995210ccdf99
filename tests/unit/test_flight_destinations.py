"""Where people came: the place itself, neither its district nor the town of the speaker."""

from __future__ import annotations

import pytest
from flight_kit import FAMILIES, Move, move, moves

TOLD = [
    (
        "Some 3,100 people fled fighting in Kutum, crossed into Chad and settled around Iriba.",
        "SD",
        {move("Kutum", "Iriba", 3100)},
    ),
    (
        "After clashes in Maungdaw 800 people crossed the Naf river into Bangladesh, according "
        "to Dhaka.",
        "MM",
        {move("Maungdaw", "Bangladesh", 800)},
    ),
    (
        "Some 1,800 people fled the fighting in Djibo to Kaya, in Centre-Nord region.",
        "BF",
        {move("Djibo", "Kaya", 1800)},
    ),
    (
        "After the shelling of Mariupol 2,000 people moved inland to Zaporizhzhia.",
        "UA",
        {move("Mariupol", "Zaporizhzhia", 2000)},
    ),
    (
        "Some 400 people who fled the fighting in Tal Afar were brought to Qayyarah.",
        "IQ",
        {move("Tal Afar", "Qayyarah", 400)},
    ),
    (
        "About 500 people fled the fighting in Baidoa, and some trekked as far as Mogadishu.",
        "SO",
        {move("Baidoa", "Mogadishu", 500)},
    ),
    (
        "Some 260 families fled the fighting in Menaka and found shelter with families in Gao.",
        "ML",
        {move("Menaka", "Gao", 260, FAMILIES)},
    ),
    (
        "About 700 people who fled the shelling of Nikopol are in a school in Kryvyi Rih.",
        "UA",
        {move("Nikopol", "Kryvyi Rih", 700)},
    ),
    (
        "The militants' attack on Mastung drove 640 families to Quetta.",
        "PK",
        {move("Mastung", "Quetta", 640, FAMILIES)},
    ),
    (
        "The army's offensive sent about 23,000 people from Mingora, the UN said.",
        "PK",
        {move("Mingora", "", 23000)},
    ),
    (
        "The town of Sake was shelled and its people have been evacuated to Goma (about 6,000).",
        "CD",
        {move("Sake", "Goma", 6000)},
    ),
    (
        "After the clashes 200 families from Sake are sheltering in schools at Goma.",
        "CD",
        {move("Sake", "Goma", 200, FAMILIES)},
    ),
    (
        "After the attack 1,650 people from Montepuez district reached Mueda and Nangade.",
        "MZ",
        {move("Montepuez", "Mueda,Nangade", 1650)},
    ),
    (
        "Some 6,000 people from Sinjar have got out of the siege through Syria to Zakho.",
        "IQ",
        {move("Sinjar", "Zakho", 6000)},
    ),
    (
        "Peacekeepers host 5,000 people displaced by fighting from Martakert at Stepanakert.",
        "CD",
        {move("Martakert", "Stepanakert", 5000)},
    ),
    (
        "Clashes broke out. Bria: c. 4,500 persons; they have gone to Ippy on foot.",
        "CF",
        {move("Bria", "Ippy", 4500)},
    ),
    (
        "After the assault the agency counts 24,800 people out of Ramadi, on the road to Baghdad.",
        "IQ",
        {move("Ramadi", "Baghdad", 24800)},
    ),
    (
        "About 15,000 inhabitants of N'Djamena fled the shelling to Kousseri, in Cameroon.",
        "TD",
        {move("N'Djamena", "Kousseri", 15000)},
    ),
    (
        "Peacekeepers host 5,000 displaced from Sake at the Goma airport after the clashes.",
        "CD",
        {move("Sake", "Goma airport", 5000)},
    ),
    (
        "Clashes broke out in Bria. At least 2,400 families left for Ippy and Bambari, the "
        "governor said.",
        "CF",
        {move("Bria", "Ippy,Bambari", 2400, FAMILIES)},
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), TOLD)
def test_where_people_came(text: str, country: str, told: set[Move]) -> None:
    assert moves(text, country) == told


NOT_TO = [
    ("After clashes in Bria 900 people fled to Ippy, officials in Bangui said.", "CF", "Bangui"),
    (
        "About 800 people fled the fighting in Kunduz for Taloqan, according to Kabul.",
        "AF",
        "Kabul",
    ),
    ("Fighting cut the road to Nyala as 800 people fled Zalingei for Kutum.", "SD", "Nyala"),
    (
        "After clashes in Goma 600 people fled to Sake as diplomats headed to Luanda for talks.",
        "CD",
        "Luanda",
    ),
    (
        "Clashes broke out in Bria. At least 900 people left for Ippy and Bambari, officials in "
        "Kaga Bandoro said.",
        "CF",
        "Kaga Bandoro",
    ),
    ("Troops fell back from Bria to Bambari as 900 people fled to Ippy.", "CF", "Bambari"),
    (
        "Some 900 people fled the fighting in Sirte for Misrata, the UN in Tunis said.",
        "LY",
        "Tunis",
    ),
    (
        "Some 900 people fled the fighting in Sirte for Misrata; aid was flown to Benghazi.",
        "LY",
        "Benghazi",
    ),
    (
        "About 500 people fled Baidoa during the fighting, and the wounded were flown to Nairobi.",
        "SO",
        "Nairobi",
    ),
]


@pytest.mark.parametrize(("text", "country", "town"), NOT_TO)
def test_another_place_is_no_destination(text: str, country: str, town: str) -> None:
    made = moves(text, country)
    assert made
    assert town not in {name for m in made for name in m.destinations}
