"""People flee from where the text says the cause was, in this sentence or the one before."""

from __future__ import annotations

import pytest
from flight_kit import FAMILIES, Move, move, moves

TOLD = [
    (
        "Clashes between Kombolcha and Dessie displaced 4,200 people on Monday.",
        "ET",
        {move("Kombolcha,Dessie", "", 4200)},
    ),
    (
        "Separatist fighters attacked Kumbo on Tuesday. Around 560 households fled to Bamenda.",
        "CM",
        {move("Kumbo", "Bamenda", 560, FAMILIES)},
    ),
    (
        "Armed attacks in the commune of Bocaranga have displaced 3,150 people, the UN said.",
        "CF",
        {move("Bocaranga", "", 3150)},
    ),
    (
        "After an incursion by gunmen into Gwoza on Tuesday, 1,040 people left.",
        "NG",
        {move("Gwoza", "", 1040)},
    ),
    (
        "Artillery attacks in Hpakant and Mohnyin triggered the movement of 870 families.",
        "MM",
        {move("Hpakant,Mohnyin", "", 870, FAMILIES)},
    ),
    (
        "Jihadist fighters attacked Bankass on Sunday, killing six people. "
        "As a result, 730 households fled.",
        "ML",
        {move("Bankass", "", 730, FAMILIES)},
    ),
    (
        "The Taliban shelled Kunduz on Friday. Some 300 families from there have reached Taloqan.",
        "AF",
        {move("Kunduz", "Taloqan", 300, FAMILIES)},
    ),
    (
        "Militiamen raided Drodro on Monday. Some 1,400 families then left the town for Bunia.",
        "CD",
        {move("Drodro", "Bunia", 1400, FAMILIES)},
    ),
    (
        "Fighting broke out in Bria. The clashes forced 2,100 people to flee to Bangassou.",
        "CF",
        {move("Bria", "Bangassou", 2100)},
    ),
    (
        "Gunmen stormed Monguno on Sunday. People are heading for Maiduguri, with some 900 "
        "households uprooted.",
        "NG",
        {move("Monguno", "Maiduguri", 900, FAMILIES)},
    ),
    (
        "Clashes between soldiers and militiamen in Debre Tabor forced 1,200 households to seek "
        "refuge in Bahir Dar.",
        "ET",
        {move("Debre Tabor", "Bahir Dar", 1200, FAMILIES)},
    ),
    (
        "Shelling of Kutum by the RSF pushed 850 households to flee to Tawila.",
        "SD",
        {move("Kutum", "Tawila", 850, FAMILIES)},
    ),
    (
        "Around 20,000 people left Manbij for Raqqa after clashes. Another 3,000 went to Tabqa.",
        "SY",
        {move("Manbij", "Raqqa", 20000), move("Manbij", "Tabqa", 3000)},
    ),
    (
        "In Bandiagara, 1,900 displaced people from Bankass were registered after the attack.",
        "ML",
        {move("Bankass", "Bandiagara", 1900)},
    ),
    (
        "Militants attacked Marte. In Gubio, 1,200 people fled to Magumeri after a separate raid.",
        "NG",
        {move("Gubio", "Magumeri", 1200)},
    ),
    (
        "Wagner troops entered Kidal. Some 900 people fled to Tessalit.",
        "ML",
        {move("Kidal", "Tessalit", 900)},
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), TOLD)
def test_the_cause_tells_the_origin(text: str, country: str, told: set[Move]) -> None:
    assert moves(text, country) == told


NOT_FROM = [
    (  # the sentence names its own origin
        "The army shelled Kutum on Friday. Around 900 households fled Zalingei for Nyala.",
        "SD",
        "Kutum",
    ),
    (  # another town of the same war
        "Fighting goes on in Sake. In Lubero the Red Cross feeds 500 families who fled to Butembo.",
        "CD",
        "Sake",
    ),
    (  # nothing happened there
        "No fighting was reported in Bria on Monday. Around 600 people fled to Bangassou.",
        "CF",
        "Bria",
    ),
    (  # the attack is denied
        "The army denied that gunmen had attacked Kumbo. Around 340 households fled to Bamenda.",
        "CM",
        "Kumbo",
    ),
    (  # where the shells come from
        "The army shelled Avdiivka from Donetsk on Friday. Around 340 families fled to Dnipro.",
        "UA",
        "Donetsk",
    ),
    (  # may happen
        "Fighters may attack Goma next week. About 900 people fled to Bukavu.",
        "CD",
        "Goma",
    ),
    (  # years ago
        "Gunmen attacked Gwoza in 2014. About 900 people fled to Maiduguri on Friday.",
        "NG",
        "Gwoza",
    ),
    (  # they go on from there to the next town
        "About 900 people fled the fighting in Hays to Mocha. Another 84 went on to Aden.",
        "YE",
        "Aden",
    ),
    (  # the army is only near
        "Rebels advanced near Sake. Around 340 families fled to Goma.",
        "CD",
        "Sake",
    ),
    (  # the rebels flee to the town that they attacked: it is the destination
        "Rebels attacked Bria on Friday. About 900 people from Ippy fled to Bria.",
        "CF",
        "Bria",
    ),
]


@pytest.mark.parametrize(("text", "country", "town"), NOT_FROM)
def test_another_place_is_no_origin(text: str, country: str, town: str) -> None:
    made = moves(text, country)
    assert made
    assert town not in {name for m in made for name in m.origins}


def test_an_attack_that_could_displace_people_moves_nobody() -> None:
    text = "An attack on El Obeid could displace 500,000 people, the UN warned after the fighting."
    assert moves(text, "SD") == set()


def test_a_cause_without_people_moves_nobody() -> None:
    text = "Attacks in Hpakant triggered the closure of 12 schools and the movement of troops."
    assert moves(text, "MM") == set()
