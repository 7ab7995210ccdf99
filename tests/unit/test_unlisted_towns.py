"""Names that no list has, but that the words around them show to be towns."""

from __future__ import annotations

import pytest
from coding_kit import extract

from mapgen.model import Kind
from mapgen.places.toponyms import Words
from mapgen.places.unlisted import find_unlisted


def _found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_unlisted(Words.of(text), [])]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked an army post at Kafrouti before dawn.",
        "On 28 July, an attack on Kafrouti was repelled.",
        "Army drones hit the market at Kafrouti, killing eight.",
        "Kafrouti, which the rebels overran in March, was calm.",
        "A raid on Kafrouti, south of the city, killed nine soldiers.",
        "In Kafrouti, shelling killed three people.",
        "At Kafrouti, a convoy was ambushed.",
        "They moved on Kafrouti at night. The town fell within hours.",
        "Clashes went on around Kafrouti. The village was later burned.",
    ],
)
def test_the_words_show_a_town(text: str) -> None:
    assert "Kafrouti" in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "An attack on Hezbollah targets went on.",
        "An attack on Mr Kafrouti was condemned.",
        "An assault on Smith was reported to the police.",
        "A raid on Kafrouti Brothers offices followed.",
        "The minister met Kafrouti. The talks went on.",
        "In Arabic, the word means hill.",
    ],
)
def test_the_words_show_no_town(text: str) -> None:
    assert not any("Kafrouti" in name or name in {"Smith", "Arabic"} for name in _found(text))


def test_the_town_is_the_unlisted_one_that_was_named_last() -> None:
    text = (
        "Rebels in Burkina Faso hold Djibo. On Friday they moved on Kafrouti."
        " The town fell within hours, residents said."
    )
    taken = [c for c in extract(text, "BF").claims if c.kind is Kind.CONTROL_CHANGE]
    assert [(p.name, p.place_id) for c in taken for p in c.places] == [("Kafrouti", None)]


def test_a_name_with_a_hyphen_is_not_its_first_half() -> None:
    text = "In Cabo Delgado, gunmen attacked Chiúre-Velho on Friday."
    places = {p.name for c in extract(text, "MZ").claims for p in c.places}
    assert places == {"Chiure Velho"}
