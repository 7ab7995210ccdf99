"""A report that the next sentence denies is contested; an unverified one is not drawn."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding import code_articles
from mapgen.merging.events import situation_of
from mapgen.model import Article, Kind, Standing, Status
from tests.unit.coding_kit import claims, gazetteer


def standings(text: str, country: str) -> dict[str, Standing]:
    """Return the standing of what a text says of each place."""
    article = Article(id="a", text=text, country=country, published_on=date(2025, 3, 14))
    events = situation_of(code_articles([article], gazetteer())).events
    return {e.places[0].surface: e.standing for e in events}


@pytest.mark.parametrize(
    ("country", "text", "place"),
    [
        ("SD", "The Sudanese army said its forces had retaken Bara on Monday. The RSF dismissed "
               "the claim as false and said its fighters still held the market.", "Bara"),
        ("MM", "Rebels said they had captured Lashio on Monday. The army denied the claim.",
         "Lashio"),
        ("CD", "M23 said it had taken Walikale on Sunday. A spokesman for the army rejected this.",
         "Walikale"),
        ("YE", "The Houthis said their fighters had seized Harib. Yemen's government has denied "
               "the reports.", "Harib"),
    ],
)  # fmt: skip
def test_a_claim_that_somebody_denies_is_contested(country: str, text: str, place: str) -> None:
    assert standings(text, country)[place] is Standing.CONTESTED


def test_the_denial_stands_against_the_claim_on_its_own_words() -> None:
    text = "Rebels said they had captured Lashio on Monday. The army denied the claim."
    against = [c for c in claims(text, "MM") if c.status is Status.NEGATED]
    assert [c.quote for c in against] == ["The army denied the claim"]
    assert text[against[0].start : against[0].end] == against[0].quote
    assert against[0].attribution is not None
    assert against[0].attribution.name == "army"


@pytest.mark.parametrize(
    ("country", "text", "place"),
    [
        ("ET", "Fano fighters said they had entered Debre Tabor. The government did not comment.",
         "Debre Tabor"),
        ("BF", "JNIM said it had overrun Djibo. The army rejected reports that its soldiers "
               "had fled Kaya.", "Djibo"),
        ("UA", "Russia's Defence Ministry said its forces took Lyman. Kyiv rejected a ceasefire.",
         "Lyman"),
    ],
)  # fmt: skip
def test_silence_or_a_denial_of_something_else_contests_nothing(
    country: str, text: str, place: str
) -> None:
    assert standings(text, country)[place] is Standing.CLAIMED


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("CD", "- Reports that M23 had taken Pinga could not be verified. Aid has stopped."),
        ("SS", "Claims that the army had retaken Bor remain unverified."),
        ("CF", "Word that rebels had entered Bria was not immediately confirmed."),
        ("SO", "Reports of the fall of Guriel have not yet been independently verified."),
        ("HT", "Rumours that gangs had seized Mirebalais could not be confirmed, a priest said."),
    ],
)
def test_what_could_not_be_verified_is_not_drawn(country: str, text: str) -> None:
    told = [c for c in claims(text, country) if c.kind in {Kind.CONTROL_CHANGE, Kind.ADVANCE}]
    assert [c.quote for c in told if c.status.is_current] == []


def test_a_report_is_drawn_where_only_its_toll_could_not_be_verified() -> None:
    text = "Rebels captured Bria on Sunday. Reports of 40 deaths could not be verified."
    assert standings(text, "CF")["Bria"] is Standing.STATED


@pytest.mark.parametrize(
    ("country", "text", "place"),
    [
        ("KH", "10:25 A Cambodian general says his soldiers have taken Samraong. No word from the "
               "Thai side.\n\n11:30 The Thai army calls the claim false: it holds the town.",
         "Samraong"),
        ("UA", "Russian forces said they had captured Kupiansk. The Ukrainian general staff called "
               "the report a complete fabrication.", "Kupiansk"),
        ("SD", "RSF commanders said they had seized Babanusa. Fighting goes on. The army branded "
               "the claim as propaganda.", "Babanusa"),
    ],
)  # fmt: skip
def test_a_claim_called_false_is_contested(country: str, text: str, place: str) -> None:
    assert standings(text, country)[place] is Standing.CONTESTED


@pytest.mark.parametrize(
    "text",
    [
        "RSF commanders said they had seized Babanusa. The army called the town a fortress.",
        "RSF commanders said they had seized Babanusa. The army called the ceasefire false.",
        "RSF commanders said they had seized Babanusa. The army called it a serious loss.",
    ],
)
def test_other_names_for_things_deny_nothing(text: str) -> None:
    assert standings(text, "SD")["Babanusa"] is not Standing.CONTESTED


@pytest.mark.parametrize(
    "after",
    [
        "The mayor says they drove off again by nightfall.",
        "Residents said that the rebels had left again.",
        "The bishop of Uvira told Reuters the fighters withdrew the same evening.",
        "Two traders say by phone that they moved on within hours.",
    ],
)
def test_who_says_that_they_left_again_disputes_the_capture(after: str) -> None:
    told = claims(f"M23 rebels said they had captured Sake on Monday. {after}", "CD")
    at_sake = [c for c in told if c.kind is Kind.CONTROL_CHANGE]
    assert {c.status for c in at_sake} == {Status.CLAIMED, Status.NEGATED}


@pytest.mark.parametrize(
    "after",
    [
        "The mayor says they arrived by nightfall.",
        "Residents said that they had left their homes again.",
        "The governor said the soldiers left their post before dark and the rebels came in.",
        "He said they left again.",
    ],
)
def test_other_words_about_leaving_dispute_nothing(after: str) -> None:
    told = claims(f"M23 rebels said they had captured Sake on Monday. {after}", "CD")
    at_sake = [c for c in told if c.kind is Kind.CONTROL_CHANGE and "Sake" in c.quote]
    assert {c.status for c in at_sake} == {Status.CLAIMED}
