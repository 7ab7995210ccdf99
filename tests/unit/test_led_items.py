"""Items of a live blog that a place leads, tolls told alone, and hearsay."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Status

LED = [
    ("Lashkar Gah: The army asked residents of the ninth district to get out.", "evacuation_order"),
    ("Ghazni: An air strike hit a market, killing nine.", "strike"),
    ("Zaranj: A shop burned. Street fighting continues around the governor's compound.", "clash"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "kind"), LED)
def test_an_item_is_about_the_place_that_leads_it(item: str, kind: str) -> None:
    text = f"The Taliban attacked Kunduz.\n\n{item}"
    [told] = [c for c in claims(text, "AF") if c.kind.value == kind and c.start > 28]
    assert [p.surface for p in told.places] == [item.split(":", maxsplit=1)[0]]
    assert told.status.is_current


NOT_LED = [
    "Zaranj: Fighting could resume at any time, elders said.",
    "Zaranj: No fighting was reported.",
    "Zaranj: Elders from Ghazni came. A strike by teachers goes on.",
]


@pytest.mark.parametrize("item", NOT_LED)
def test_no_fighting_is_drawn_where_none_is_told(item: str) -> None:
    found = claims(f"The Taliban attacked Kunduz.\n\n{item}", "AF")
    assert not [c for c in found if c.start > 28 and c.status.is_current]


TOLLS = [
    ("Gunmen stormed the post at Bankilare on Wednesday. Fifteen gendarmes died.", 15),
    ("Gunmen attacked Makalondi on Monday. At least nine people were killed, a doctor said.", 9),
    ("A helicopter fired on rebels at Ayorou. Four fishermen were killed, according to kin.", 4),
]


@pytest.mark.parametrize(("text", "dead"), TOLLS)
def test_a_toll_alone_is_that_of_the_attack_before(text: str, dead: int) -> None:
    told = [c for c in claims(text, "NE") if c.quantity is not None]
    assert [(c.quantity.low, c.quantity.unit) for c in told if c.quantity] == [(dead, "killed")]
    assert len({p.place_id for c in claims(text, "NE") for p in c.places}) == 1


NO_TOLL = [
    "Gunmen attacked Torodi. Three hundred people have been killed this year.",
    "Gunmen attacked Tera. Six people were killed in a road accident in Gotheye.",
    "Gunmen attacked Tera. Six people died of cholera.",
    "Gunmen attacked Tera. Nobody was killed.",
]


@pytest.mark.parametrize("text", NO_TOLL)
def test_other_deaths_are_not_the_toll_of_the_attack(text: str) -> None:
    assert not [c for c in claims(text, "NE") if c.quantity is not None]


@pytest.mark.parametrize(
    "words",
    [
        "The militants are thought to have left Torodi.",
        "The militants are understood to hold Torodi.",
        "The militants are said to have captured Torodi.",
    ],
)
def test_hearsay_is_only_claimed(words: str) -> None:
    [told] = [c for c in claims(f"Militants attacked Makalondi. {words}", "NE") if c.start > 28]
    assert told.status is Status.CLAIMED


NOTES = [
    ("Message that they left Balhaf as well: not confirmed by site staff.", Status.HYPOTHETICAL),
    ("Claim that the Houthis captured Harib: denied by the governor.", Status.NEGATED),
    (
        'Sanaa rejected as "a lie" a Saudi report that its soldiers had fired on a lorry at Harib.',
        Status.NEGATED,
    ),
]


@pytest.mark.parametrize(("note", "status"), NOTES)
def test_a_note_has_its_verdict(note: str, status: Status) -> None:
    text = "Houthi forces shelled Marib. UAE troops left Ataq on Saturday. " + note
    told = [c for c in claims(text, "YE") if c.start > text.index(note) - 1]
    assert {c.status for c in told} == {status}


def test_there_were_reports_is_no_statement_of_the_article() -> None:
    text = "Houthi forces shelled Marib. There were reports that rebels had captured Harib."
    [told] = [c for c in claims(text, "YE") if c.kind is Kind.CONTROL_CHANGE]
    assert told.status is Status.CLAIMED


def test_a_row_of_arrivals_in_another_country_turns_no_report_to_it() -> None:
    text = (
        "The RSF attacked El Obeid.\n\nARRIVALS\n- Kebkabiya: 7,450 people\n- Tina (Chad): 1,900 "
        "people\n- Kosti: 3,200 people\n\nThe army retook Bara on Tuesday."
    )
    [taken] = [c for c in claims(text, "SD") if c.kind is Kind.CONTROL_CHANGE]
    assert taken.actor is not None
    assert taken.actor.name == "Sudanese army"


def test_the_group_that_somebody_backs_is_the_one_named() -> None:
    text = (
        "M23 rebels took Kamanyola on Tuesday. The Rwandan-backed group, which captured Goma last "
        "month, met little resistance."
    )
    taken = [c for c in claims(text, "CD") if c.kind is Kind.CONTROL_CHANGE]
    assert {c.actor.name for c in taken if c.actor} == {"M23"}
    assert len(taken) == 2


def test_who_beat_off_whom_is_told_of_the_fighting() -> None:
    text = (
        "The RSF attacked El Obeid. Fighting was reported in Babanusa, West Kordofan, where SAF "
        "troops repelled a new RSF assault on 2 November."
    )
    told = [c for c in claims(text, "SD") if c.kind is Kind.CLASH]
    assert [(c.places[0].surface, c.actor.name) for c in told if c.actor] == [
        ("Babanusa", "Rapid Support Forces")
    ]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Two men were killed when a shell struck a house in Bara.", 2),
        ("A roadside bomb in Kosti missed the governor's convoy but killed four.", 4),
    ],
)
def test_a_toll_in_the_sentence_of_its_attack(text: str, dead: int) -> None:
    told = [c for c in claims(f"The RSF attacked El Obeid. {text}", "SD") if c.quantity]
    assert [c.quantity.low for c in told if c.quantity] == [dead]


def test_who_took_posts_only_to_leave_them_attacked() -> None:
    text = (
        "Al-Shabaab attacked Jowhar. The militants overran Bal'ad on 20 March, only to leave it "
        "before noon."
    )
    told = [c for c in claims(text, "SO") if c.start > 27 and c.status.is_current]
    assert [(c.kind, c.places[0].surface) for c in told] == [(Kind.STRIKE, "Bal'ad")]
