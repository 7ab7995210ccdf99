"""What governs the verb decides whether it happened: "stopped short of", "prevented", "denied"."""

from __future__ import annotations

import pytest
from coding_kit import claims, drawn

from mapgen.model import Kind, Status

NOT_SO = [  # (text, country, kind that must not be drawn)
    ("M23 rebels stopped short of seizing Goma on Tuesday.", "CD", Kind.CONTROL_CHANGE),
    ("Government troops kept the rebels from entering Bukavu on Monday.", "CD", Kind.ADVANCE),
    ("The army blocked the RSF from taking El Obeid on Sunday.", "SD", Kind.CONTROL_CHANGE),
    ("Houthi fighters were prevented from capturing Marib on Friday.", "YE", Kind.CONTROL_CHANGE),
    ("The militia came close to overrunning Adigrat on Saturday.", "ET", Kind.CONTROL_CHANGE),
    ("The RSF all but captured El Fasher last week.", "SD", Kind.CONTROL_CHANGE),
    ("Instead of seizing Lashio, the rebels moved south on Monday.", "MM", Kind.CONTROL_CHANGE),
    ("Russian troops pressed on without capturing Pokrovsk.", "UA", Kind.CONTROL_CHANGE),
    ("Jihadists refused to enter Mopti on Wednesday.", "ML", Kind.ADVANCE),
    ("No insurgents have entered Maiduguri, the governor said.", "NG", Kind.ADVANCE),
    ("None of the rebels reached Sake on Monday.", "CD", Kind.THREAT),
    ("Soldiers were ordered to retake Bunia by Friday.", "CD", Kind.CONTROL_CHANGE),
    ("The commander urged his fighters to capture Lodwar.", "KE", Kind.CONTROL_CHANGE),
    ("Officials warned that the RSF would capture El Obeid.", "SD", Kind.CONTROL_CHANGE),
    (
        "The report that Houthi fighters captured Marib could not be verified.",
        "YE",
        Kind.CONTROL_CHANGE,
    ),
    (
        "Kinshasa dismissed as false claims that M23 rebels had captured Uvira.",
        "CD",
        Kind.CONTROL_CHANGE,
    ),
    (
        "The army denied the claim that insurgents had taken Dikwa.",
        "NG",
        Kind.CONTROL_CHANGE,
    ),
    ("The army foiled an attempt by rebels to seize Goma.", "CD", Kind.CONTROL_CHANGE),
    ("Resistance fighters were unable to capture Loikaw.", "MM", Kind.CONTROL_CHANGE),
    ("The offensive ended short of capturing Barentu.", "ER", Kind.CONTROL_CHANGE),
    ("The RSF was barred from entering El Geneina on Monday.", "SD", Kind.ADVANCE),
]


@pytest.mark.parametrize(("text", "country", "kind"), NOT_SO)
def test_what_did_not_happen_is_not_drawn(text: str, country: str, kind: Kind) -> None:
    assert kind not in {k for k, _ in drawn(text, country)}


SO = [  # the same words beside what did happen
    ("M23 rebels stopped in Sake after seizing Goma on Tuesday.", "CD", Kind.CONTROL_CHANGE),
    ("The RSF captured El Fasher on Sunday without a fight.", "SD", Kind.CONTROL_CHANGE),
    ("Rebels captured Lashio instead of waiting for talks.", "MM", Kind.CONTROL_CHANGE),
    ("Houthi fighters captured Marib, prompting the army to close the road.", "YE",
     Kind.CONTROL_CHANGE),
    ("M23 rebels captured Goma, where no peacekeepers were seen.", "CD", Kind.CONTROL_CHANGE),
    ("M23 rebels captured Goma on Monday. The army has not commented on the report.", "CD",
     Kind.CONTROL_CHANGE),
    ("M23 rebels captured Goma after the army refused to talk.", "CD", Kind.CONTROL_CHANGE),
    ("The RSF managed to capture El Obeid on Sunday.", "SD", Kind.CONTROL_CHANGE),
    ("Ordered to hold their fire, the rebels nevertheless captured Lashio.", "MM",
     Kind.CONTROL_CHANGE),
    ("The army prevented aid from arriving after rebels captured Uvira on Monday.", "CD",
     Kind.CONTROL_CHANGE),
    ("Rebels captured Uvira on Monday, preventing the army from resupplying its troops.", "CD",
     Kind.CONTROL_CHANGE),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "kind"), SO)
def test_what_did_happen_is_drawn(text: str, country: str, kind: Kind) -> None:
    assert kind in {k for k, _ in drawn(text, country)}


DOUBTFUL = [
    ("M23 rebels may have captured Walikale on Monday.", "CD"),
    ("The RSF likely captured Babanusa on Sunday.", "SD"),
    ("Russian forces probably seized Toretsk on Friday.", "UA"),
    ("Rebels might have taken Hsipaw on Monday.", "MM"),
    ("Houthi fighters appear to have captured Marib.", "YE"),
]


@pytest.mark.parametrize(("text", "country"), DOUBTFUL)
def test_what_likely_happened_is_claimed_with_doubt(text: str, country: str) -> None:
    found = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert [c.status for c in found] == [Status.CLAIMED]
    assert found[0].confidence <= 0.4


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The likely capture of Goma worries aid workers.", "CD"),
        ("Rebels may capture Goma within days.", "CD"),
        ("The RSF will likely capture Babanusa.", "SD"),
        ("The RSF is likely to capture Babanusa.", "SD"),
        ("Rebels might take Hsipaw next.", "MM"),
    ],
)
def test_what_may_yet_happen_is_not_drawn(text: str, country: str) -> None:
    assert Kind.CONTROL_CHANGE not in {k for k, _ in drawn(text, country)}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels briefly held the bridge in 2016. On Monday they captured Goma.",
        "They came near the road that the army had secured in 2016. M23 rebels captured Goma.",
        "The lake route had been closed in 2013. This week M23 rebels captured Goma.",
        "The village was founded in 1950. Rebels captured Goma on Monday.",
    ],
)
def test_words_of_the_past_count_for_their_own_clause(text: str) -> None:
    assert Kind.CONTROL_CHANGE in {k for k, _ in drawn(text, "CD")}


@pytest.mark.parametrize(
    "text",
    [
        "M23 rebels briefly captured Goma in 2012.",
        "In 2012, M23 rebels captured Goma. They left Goma ten days later.",
        "In 2016 the rebels captured Sake, burned Masisi and overran Rutshuru.",
        "M23 rebels first captured Goma in November 2012 and then entered Sake.",
        "Back in 2012, rebels took Goma. They then took Sake.",
    ],
)
def test_the_past_is_not_drawn(text: str) -> None:
    assert Kind.CONTROL_CHANGE not in {k for k, _ in drawn(text, "CD")}


def test_silence_is_no_denial() -> None:
    found = claims("The army did not confirm that M23 rebels had captured Goma.", "CD")
    assert [c.status for c in found] == [Status.HYPOTHETICAL]
