"""Strikes, clashes and attacks have the number of dead that the text gives for them, no other."""

from pathlib import Path

import pytest

import mapgen
from mapgen.model import Claim, Kind, Status

HEAD = "---\ntitle: Report\nsource: Valley Post\npublished_on: 2025-04-16\n---\n"
TOLD = [
    ("Shelling of El Obeid in Sudan killed 57 people on Saturday.", "El Obeid", "57 killed"),
    (
        "An air strike on Kutkai in Myanmar killed at least 12 villagers and injured 30.",
        "Kutkai",
        "at least 12 killed",
    ),
    (
        "At least 700 people were killed in the fighting in Goma, the United Nations said.",
        "Goma",
        "At least 700 killed",
    ),
    ("A Russian missile hit Kherson on Tuesday, killing six.", "Kherson", "six killed"),
    (
        "A drone strike on a market in Mogadishu killed dozens of people.",
        "Mogadishu",
        "dozens killed",
    ),
    (
        "JNIM fighters attacked Bamako on Tuesday and killed more than 70 people.",
        "Bamako",
        "more than 70 killed",
    ),
    ("An air strike on Kutkai in Myanmar injured 30 people.", "Kutkai", "30 injured"),
    (
        "The ministry raised the toll of the strike on Mocha in Yemen to 14 killed.",
        "Mocha",
        "14 killed",
    ),
    (
        "A missile hit a camp in Mocha in Yemen on Tuesday; medical sources counted eight dead.",
        "Mocha",
        "eight killed",
    ),
]
OF_OTHERS = [
    "Israel struck Rafah in response to the attack that killed 1,200 people.",
    "Russian forces shelled Kherson on Monday. The war has killed more than 150,000 people since "
    "February 2022.",
    "A strike on Kharkiv could kill hundreds, officials warned.",
    "Nobody was killed in the strike on Odesa.",
    "Rebels captured Goma on Monday. Thousands were killed in the attack on Beni in 2018.",
    "Strikes on Kyiv and Odesa killed 12 people on Monday.",
    "Russian forces shelled Kherson on Monday. Officials fear that dozens could have been killed "
    "in the attack.",
    "Rebels attacked Bunia on Monday.\n\nMore than 60 people were killed in the attack.",
    "Russian forces shelled Kherson on Monday, a year after a raid that killed 40 people.",
    "The army struck Kutkai in Myanmar on Monday while fire killed 12 people elsewhere.",
]
ZAMZAM = (
    "The Rapid Support Forces captured Zamzam camp near El Fasher on Sunday. More than 400 people "
    "were killed in the attack, the United Nations said."
)


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    """The claims of each text, which are read in one go because the readers load slowly."""
    folder = tmp_path_factory.mktemp("tolls")
    texts = [text for text, _, _ in TOLD] + OF_OTHERS + [ZAMZAM]
    for number, text in enumerate(texts):
        (folder / f"{number:02}.md").write_text(HEAD + text, encoding="utf-8")
    claims: dict[str, list[Claim]] = {text: [] for text in texts}
    for claim in mapgen.extract([folder]).claims:
        claims[texts[int(claim.article)]].append(claim)
    return claims


def tolls(claims: list[Claim]) -> dict[str, str]:
    """Places with the words of their tolls."""
    return {
        str(c.places[0].name): f"{c.quantity.words} {c.quantity.unit}"
        for c in claims
        if c.quantity is not None and c.quantity.unit in {"killed", "injured"}
    }


@pytest.mark.parametrize(("text", "place", "words"), TOLD)
def test_the_toll_of_a_happening(
    coded: dict[str, list[Claim]], text: str, place: str, words: str
) -> None:
    assert tolls([c for c in coded[text] if c.status.is_current]) == {place: words}


@pytest.mark.parametrize("text", OF_OTHERS)
def test_a_toll_of_something_else_is_given_to_nobody(
    coded: dict[str, list[Claim]], text: str
) -> None:
    assert tolls(coded[text]) == {}


def test_more_than_400_killed_in_the_attack_is_a_claim_of_its_own(
    coded: dict[str, list[Claim]],
) -> None:
    (attack,) = [c for c in coded[ZAMZAM] if c.kind is Kind.ATTACK_ON_CIVILIANS]
    assert attack.places[0].name == "Zamzam camp"
    assert attack.status is Status.CLAIMED
    assert attack.attribution is not None
    assert attack.attribution.name == "United Nations"
    assert attack.quantity is not None
    assert (attack.quantity.low, attack.quantity.high) == (400, None)
    assert attack.quote == "More than 400 people were killed in the attack"
    assert attack.quote in ZAMZAM
    assert attack.date is not None
    assert str(attack.date.start) == "2025-04-13"


def test_the_toll_is_drawn_listed_and_summed_up(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        HEAD + "Armed rebels stormed Barsalogho in Burkina Faso on Saturday. More than 400 people "
        "were killed in the attack, the United Nations said.",
        encoding="utf-8",
    )
    situation = mapgen.build([path])
    page = situation.to_html()
    assert '"toll":"“more than 400” killed (United Nations)"' in page
    assert "Barsalogho: “more than 400” killed (United Nations)." in page
    assert "Fighting in Barsalogho: “more than 400” killed" in page
