"""What a sentence states: kind, who, where, how many; and what it does not."""

from __future__ import annotations

import pytest
from coding_kit import actor_name, claim, claims, drawn, extract, names
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapgen.coding.english.verb_frames.by_name import FRAMES
from mapgen.core.tables.lexicon import lexicon
from mapgen.model import Kind, Precision, Role, Status

# one sentence for each frame: kind, who acts, {role: places}
POSITIVE = {
    "gain": ("Rebels captured Palmyra.", Kind.CONTROL_CHANGE, "Rebels", {Role.AT: ["Palmyra"]}),
    "gain_strict": (
        "Rebels took the town of Saraqib.",
        Kind.CONTROL_CHANGE,
        "Rebels",
        {Role.AT: ["Saraqib"]},
    ),
    "gain_control": (
        "The army gained control of Palmyra.",
        Kind.CONTROL_CHANGE,
        "Syrian government",
        {Role.AT: ["Palmyra"]},
    ),
    "lose": (
        "The army lost Palmyra to rebels.",
        Kind.CONTROL_CHANGE,
        "rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "fall": (
        "Palmyra fell to rebels on Monday.",
        Kind.CONTROL_CHANGE,
        "rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "gain_into": (
        "Rebels swept into Raqqa at dawn.",
        Kind.CONTROL_CHANGE,
        "Rebels",
        {Role.AT: ["Raqqa"]},
    ),
    "hold": (
        "The army holds Tartus.",
        Kind.CONTROL_STATE,
        "Syrian government",
        {Role.AT: ["Tartus"]},
    ),
    "enter": ("Rebels entered Salamiyah.", Kind.ADVANCE, "Rebels", {Role.AT: ["Salamiyah"]}),
    "advance": (
        "Rebels advanced towards Latakia.",
        Kind.ADVANCE,
        "Rebels",
        {Role.DESTINATION: ["Latakia"]},
    ),
    "advance_into": (
        "Rebels moved into Salamiyah.",
        Kind.ADVANCE,
        "Rebels",
        {Role.DESTINATION: ["Salamiyah"]},
    ),
    "approach": ("Rebels approached Latakia.", Kind.THREAT, "Rebels", {Role.NEAR: ["Latakia"]}),
    "approach_strict": (
        "Rebels reached Latakia on Tuesday.",
        Kind.ADVANCE,
        "Rebels",
        {Role.NEAR: ["Latakia"]},
    ),
    "close_in": (
        "Rebels are closing in on Latakia.",
        Kind.THREAT,
        "Rebels",
        {Role.NEAR: ["Latakia"]},
    ),
    "withdraw": (
        "The army withdrew from Palmyra.",
        Kind.WITHDRAWAL,
        "Syrian government",
        {Role.ORIGIN: ["Palmyra"]},
    ),
    "withdraw_prt": (
        "The army pulled out of Palmyra.",
        Kind.WITHDRAWAL,
        "Syrian government",
        {Role.ORIGIN: ["Palmyra"]},
    ),
    "abandon": (
        "The army abandoned Palmyra.",
        Kind.WITHDRAWAL,
        "Syrian government",
        {Role.ORIGIN: ["Palmyra"]},
    ),
    "reinforce": (
        "The army reinforced Tartus with two battalions.",
        Kind.REINFORCEMENT,
        "Syrian government",
        {Role.AT: ["Tartus"]},
    ),
    "reinforce_to": (
        "The army deployed troops to Tartus.",
        Kind.REINFORCEMENT,
        "Syrian government",
        {Role.AT: ["Tartus"]},
    ),
    "flee": (
        "Some 3,000 people fled from Palmyra to Tartus.",
        Kind.DISPLACEMENT,
        None,
        {Role.ORIGIN: ["Palmyra"], Role.DESTINATION: ["Tartus"]},
    ),
    "leave": (
        "Residents left Palmyra for Tartus.",
        Kind.DISPLACEMENT,
        None,
        {Role.ORIGIN: ["Palmyra"], Role.DESTINATION: ["Tartus"]},
    ),
    "cross": (
        "More than 900 people crossed into Lebanon from Tartus.",
        Kind.DISPLACEMENT,
        None,
        {Role.ORIGIN: ["Tartus"], Role.DESTINATION: ["Lebanon"]},
    ),
    "shelter": (
        "Families from Palmyra slept in tents in Tartus.",
        Kind.DISPLACEMENT,
        None,
        {Role.ORIGIN: ["Palmyra"], Role.DESTINATION: ["Tartus"]},
    ),
    "head": (
        "Hundreds of families headed to Tartus.",
        Kind.DISPLACEMENT,
        None,
        {Role.DESTINATION: ["Tartus"]},
    ),
    "displace": (
        "About 4,000 people were displaced from Palmyra.",
        Kind.DISPLACEMENT,
        None,
        {Role.ORIGIN: ["Palmyra"]},
    ),
    "exodus": (
        "There was an exodus from Palmyra.",
        Kind.DISPLACEMENT,
        None,
        {Role.ORIGIN: ["Palmyra"]},
    ),
    "strike": ("Warplanes bombed Idlib.", Kind.STRIKE, None, {Role.AT: ["Idlib"]}),
    "launch": (
        "The army launched air strikes on Idlib.",
        Kind.STRIKE,
        "Syrian government",
        {Role.AT: ["Idlib"]},
    ),
    "strike_on": (
        "An air strike on Idlib killed two people.",
        Kind.STRIKE,
        None,
        {Role.AT: ["Idlib"]},
    ),
    "attack_on": (
        "A bombing in Tartus killed nine people.",
        Kind.ATTACK_ON_CIVILIANS,
        None,
        {Role.AT: ["Tartus"]},
    ),
    "clash": (
        "The army clashed with rebels in Douma.",
        Kind.CLASH,
        "Syrian government",
        {Role.AT: ["Douma"]},
    ),
    "clash_in": ("Fighting continued near Douma.", Kind.CLASH, None, {Role.NEAR: ["Douma"]}),
    "under_fire": ("Douma was under fire all night.", Kind.CLASH, None, {Role.AT: ["Douma"]}),
    "of_gain": (
        "The capture of Palmyra by rebels came on Monday.",
        Kind.CONTROL_CHANGE,
        "rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "of_lose": (
        "The army admitted the loss of Palmyra.",
        Kind.CONTROL_CHANGE,
        None,
        {Role.AT: ["Palmyra"]},
    ),
    "of_gains": (
        "The army made gains near Palmyra.",
        Kind.ADVANCE,
        "Syrian government",
        {Role.NEAR: ["Palmyra"]},
    ),
    "weapon_attack": (
        "A drone attack on Douma killed two rebels.",
        Kind.STRIKE,
        None,
        {Role.AT: ["Douma"]},
    ),
    "drop": (
        "Government helicopters dropped barrel bombs on Douma.",
        Kind.STRIKE,
        "Syrian government",
        {Role.AT: ["Douma"]},
    ),
    "burn": (
        "Rebels burned a school in Douma.",
        Kind.ATTACK_ON_CIVILIANS,
        "Rebels",
        {Role.AT: ["Douma"]},
    ),
    "wreck": (
        "A missile flattened a house in Douma.",
        Kind.STRIKE,
        None,
        {Role.AT: ["Douma"]},
    ),
    "run_into": (
        "The column ran into an ambush at Palmyra.",
        Kind.CLASH,
        None,
        {Role.AT: ["Palmyra"]},
    ),
    "open_gates": (
        "Palmyra opened its gates to the rebels.",
        Kind.CONTROL_CHANGE,
        "rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "free_of": (
        "Palmyra is free of rebels after a week of fighting.",
        Kind.CONTROL_CHANGE,
        None,
        {Role.AT: ["Palmyra"]},
    ),
    "whose_town": (
        'Palmyra is "ours", a rebel spokesman said.',
        Kind.CONTROL_CHANGE,
        "rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "siege_of": (
        "The siege of Douma entered its second month.",
        Kind.SIEGE,
        None,
        {Role.AT: ["Douma"]},
    ),
    "link": (
        "Palmyra, which connects Damascus to Deir ez-Zor, was calm.",
        Kind.SUPPLY_LINE,
        None,
        {Role.AT: ["Palmyra"], Role.ORIGIN: ["Damascus"], Role.DESTINATION: ["Deir ez-Zor"]},
    ),
    "gateway": (
        "Palmyra is a gateway to Deir ez-Zor.",
        Kind.SUPPLY_LINE,
        None,
        {Role.AT: ["Palmyra"], Role.DESTINATION: ["Deir ez-Zor"]},
    ),
    "cut": (
        "Rebels cut the highway to Palmyra.",
        Kind.SUPPLY_LINE,
        "Rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "on_doorstep": (
        "Rebels are on the doorstep of Palmyra.",
        Kind.THREAT,
        "Rebels",
        {Role.NEAR: ["Palmyra"]},
    ),
    "proximity": (
        "Rebels are ten kilometres from Palmyra.",
        Kind.ADVANCE,
        "Rebels",
        {Role.NEAR: ["Palmyra"]},
    ),
    "advance_or_dislodge": (
        "Rebels pushed towards Latakia.",
        Kind.ADVANCE,
        "Rebels",
        {Role.DESTINATION: ["Latakia"]},
    ),
    "dislodge": (
        "Rebels drove the army out of Palmyra.",
        Kind.CONTROL_CHANGE,
        "Rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "fire_on": (
        "Rebels fired on the army near Palmyra.",
        Kind.STRIKE,
        "Rebels",
        {Role.NEAR: ["Palmyra"]},
    ),
    "in_hands": (
        "Palmyra came under the control of rebels.",
        Kind.CONTROL_CHANGE,
        "rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "arrive": (
        "Refugees arrived in Tartus from Palmyra.",
        Kind.DISPLACEMENT,
        None,
        {Role.ORIGIN: ["Palmyra"], Role.DESTINATION: ["Tartus"]},
    ),
    "seek": (
        "Families from Palmyra sought refuge in Tartus.",
        Kind.DISPLACEMENT,
        None,
        {Role.ORIGIN: ["Palmyra"], Role.DESTINATION: ["Tartus"]},
    ),
    "come_back": (
        "Some 200 families returned to Palmyra.",
        Kind.RETURN,
        None,
        {Role.DESTINATION: ["Palmyra"]},
    ),
    "impact": ("Rockets landed in Idlib.", Kind.STRIKE, None, {Role.AT: ["Idlib"]}),
    "kill": (
        "Rebels killed four villagers near Palmyra.",
        Kind.ATTACK_ON_CIVILIANS,
        "Rebels",
        {Role.NEAR: ["Palmyra"]},
    ),
    "send": (
        "The army sent reinforcements to Tartus.",
        Kind.REINFORCEMENT,
        "Syrian government",
        {Role.AT: ["Tartus"]},
    ),
    "withdrawal_of": (
        "The withdrawal of the army from Palmyra took a day.",
        Kind.WITHDRAWAL,
        "Syrian government",
        {Role.ORIGIN: ["Palmyra"]},
    ),
    "change_hands": (
        "Palmyra changed hands again on Friday.",
        Kind.CONTROL_CHANGE,
        None,
        {Role.AT: ["Palmyra"]},
    ),
    "slip_from": (
        "Palmyra has slipped from the army's grip.",
        Kind.CONTROL_CHANGE,
        None,
        {Role.AT: ["Palmyra"]},
    ),
    "make_it": (
        "Some 900 people made it to Tartus.",
        Kind.DISPLACEMENT,
        None,
        {Role.DESTINATION: ["Tartus"]},
    ),
    "turn_up": (
        "Another 1,300 families turned up in Tartus.",
        Kind.DISPLACEMENT,
        None,
        {Role.DESTINATION: ["Tartus"]},
    ),
    "tell_to_leave": (
        "The army ordered residents of Palmyra to leave.",
        Kind.EVACUATION_ORDER,
        "Syrian government",
        {Role.AT: ["Palmyra"]},
    ),
    "order_to_leave": (
        "The army issued an evacuation order for Palmyra.",
        Kind.EVACUATION_ORDER,
        "Syrian government",
        {Role.AT: ["Palmyra"]},
    ),
    "give": (
        "The army gave up Palmyra to rebels.",
        Kind.CONTROL_CHANGE,
        "rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "stays": (
        "Palmyra remained with rebels.",
        Kind.CONTROL_STATE,
        "rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "contested": (
        "Control of Palmyra is contested.",
        Kind.CONTROL_STATE,
        None,
        {Role.AT: ["Palmyra"]},
    ),
    "add_to_gains": (
        "Rebels added Palmyra to their gains.",
        Kind.CONTROL_CHANGE,
        "Rebels",
        {Role.AT: ["Palmyra"]},
    ),
    "raise_flag": (
        "The army raised its flag over Palmyra.",
        Kind.CONTROL_CHANGE,
        "Syrian government",
        {Role.AT: ["Palmyra"]},
    ),
    "mass": ("Rebels massed near Tartus.", Kind.THREAT, "Rebels", {Role.NEAR: ["Tartus"]}),
}


@pytest.mark.parametrize("frame", sorted(POSITIVE))
def test_each_frame_reads_its_sentence(frame: str) -> None:
    sentence, kind, actor, places = POSITIVE[frame]
    found = claim(sentence, kind)
    # who admits a loss or calls a town his own says so: that is a claim, on his word
    own_word = frame in {"of_lose", "whose_town"}
    assert found.status is (Status.CLAIMED if own_word else Status.ASSERTED)
    assert (found.actor.name if found.actor else None) == actor
    assert {r: names(found, r) for r in {p.role for p in found.places}} == places


def test_every_frame_is_tested_and_used() -> None:
    assert set(POSITIVE) == set(FRAMES)
    assert {entry.frame for entry in lexicon().values()} == set(FRAMES)


def test_who_lost_a_town_is_told() -> None:
    lost = claim("The army lost Palmyra to rebels.", Kind.CONTROL_CHANGE)
    assert lost.from_actor is not None
    assert lost.from_actor.id == "syria:gov"
    admitted = claim("The army admitted the loss of Palmyra.", Kind.CONTROL_CHANGE)
    assert admitted.from_actor is not None
    assert admitted.from_actor.id == "syria:gov"


def test_people_who_are_driven_out_are_displaced() -> None:
    text = "The clashes drove 20,000 people out of Palmyra."
    assert [(c.kind, names(c, Role.ORIGIN)) for c in claims(text)] == [
        (Kind.DISPLACEMENT, ["Palmyra"])
    ]


def test_a_country_that_acts_stands_for_its_forces() -> None:
    found = claim("Ukraine lost Robotyne to Russia.", Kind.CONTROL_CHANGE, "UA")
    assert found.actor is not None
    assert found.from_actor is not None
    assert (found.actor.id, found.from_actor.id) == ("ukraine:rus", "ukraine:ukr")


def test_a_siege_that_was_lifted_is_over() -> None:
    assert drawn("The siege of Douma was lifted.") == []


def test_a_state_of_control_is_no_change() -> None:
    assert [c.kind for c in claims("Palmyra is in the hands of rebels.")] == [Kind.CONTROL_STATE]


def test_several_towns_of_one_verb() -> None:
    found = claim("Rebels captured Saraqib, Idlib and Maarat al-Numan.", Kind.CONTROL_CHANGE)
    assert names(found) == ["Saraqib", "Idlib", "Maarat al-Numan"]


def test_a_passive_names_who_did_it_last() -> None:
    found = claim("Aleppo was retaken by the army.", Kind.CONTROL_CHANGE)
    assert found.actor is not None
    assert found.actor.id == "syria:gov"


def test_a_distance_is_kept_in_kilometres() -> None:
    found = claim("Rebels stand six miles from Palmyra.", Kind.ADVANCE)
    assert found.places[0].distance_km == pytest.approx(9.66)


def test_a_figure_keeps_its_bounds() -> None:
    found = claim("More than 900 people crossed into Lebanon from Tartus.", Kind.DISPLACEMENT)
    assert found.quantity is not None
    assert (found.quantity.low, found.quantity.high) == (900, None)


def test_a_cut_road_is_not_open() -> None:
    assert claim("Rebels cut the highway to Palmyra.", Kind.SUPPLY_LINE).state == "cut"
    assert claim("Palmyra is a gateway to Deir ez-Zor.", Kind.SUPPLY_LINE).state == "open"


def test_the_city_and_it_are_the_town_told_of() -> None:
    text = (
        "Rebels captured Palmyra. The army still shells the city. Some 3,000 people fled from it."
    )
    assert {c.places[0].name for c in claims(text)} == {"Tadmur"}


def test_where_people_stay_is_no_movement() -> None:
    assert claims("Displaced families are sheltering in Tartus.") == []


def test_the_total_of_a_country_stands_on_its_area() -> None:
    found = claim("More than 50,000 people have been displaced.", Kind.DISPLACEMENT)
    assert [(p.place_id, p.precision) for p in found.places] == [("iso:SY", Precision.COUNTRY)]


def test_a_town_that_is_not_found_leaves_the_area_the_text_puts_it_in() -> None:
    found = claim("Three thousand people fled from Homs, Maryland.", Kind.DISPLACEMENT)
    (place,) = found.places
    assert place.place_id == "within:Homs:iso:US-MD"  # somewhere in Maryland, never Homs in Syria
    assert (place.role, place.precision) == (Role.ORIGIN, Precision.PROVINCE)


PEACE = [
    ("Leeds captured the cup in Bristol on Sunday.", "GB"),
    ("The visitors fell to Norwich after extra time.", "GB"),
    ("Thousands of fans left Cardiff after the match.", "GB"),
    ("The champion defended his title against a rival from Lyon.", "FR"),
    ("The bank seized a rival's assets in Frankfurt.", "DE"),
    ("Families returned to London after the holidays.", "GB"),
    ("Families from Lyon arrived in Paris for the concert.", "FR"),
    ("Tourists arrived in Palermo from Naples.", "IT"),
    ("The delegates returned to Lyon after the congress.", "FR"),
    ("A plane landed in Antwerp with engine trouble.", "BE"),
    ("The board ousted the director of the bank in Munich.", "DE"),
    ("Norwich is in the hands of a new coach.", "GB"),
    ("Shares retreated from a record high in London.", "GB"),
    ("A start-up from Munich captured a fifth of the market.", "DE"),
    ("Police in Naples seized 90 kilos of cocaine.", "IT"),
    ("Officers captured the thief in Palermo.", "IT"),
    ("The union in Antwerp called a strike on Monday.", "BE"),
]


@pytest.mark.parametrize(("sentence", "country"), PEACE)
def test_sport_finance_and_crime_stay_off_the_map(sentence: str, country: str) -> None:
    assert drawn(sentence, country) == []


SENTENCES = [
    "Rebels captured Palmyra on Monday.",
    "“We have taken Saraqib,” commander Omar Haddad said.",
    "Some 3,000 people fled from Palmyra to Tartus, the UN said.",
    "Could Deir ez-Zor fall?",
    "The army (which had held Idlib) withdrew from the town — without a fight.",
    "El Níhüd — “naïve” — wasn't shelled…",
    "Fighting went on along the Iraqi border.",
]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5),
    st.sampled_from([" ", "  ", "\n", "\n\n", "\r\n", "\t", "\u2028"]),
    st.integers(20, 90),
    st.booleans(),
)
def test_offsets_are_exact(parts: list[str], gap: str, width: int, wrap: bool) -> None:
    text = gap.join(parts)
    if wrap:
        text = f"{text}\n\nA last word.".replace(" ", "\n", width)
    found = extract(text)
    for c in found.claims:
        assert c.quote == text[c.start : c.end]
        assert c.quote.strip() == c.quote != ""
        for p in c.places:
            if p.surface:
                assert p.surface == " ".join(text[p.start : p.end].split())
    for s in found.sentences:
        assert s.text == text[s.start : s.end]
    assert [s.start for s in found.sentences] == sorted(s.start for s in found.sentences)


def test_a_bare_number_that_acts_is_people() -> None:
    found = claim("Around 9,000 reached Palmyra from Homs in four days.", Kind.DISPLACEMENT)
    assert found.quantity is not None
    assert found.quantity.low == 9000
    assert names(found, Role.ORIGIN) == ["Homs"]
    assert names(found, Role.DESTINATION) == ["Palmyra"]


def test_an_item_of_a_list_is_read() -> None:
    found = claim("Palmyra: 54,300 IDPs, including 9,100 in schools", Kind.DISPLACEMENT)
    assert found.quantity is not None
    assert found.quantity.low == 54_300
    assert names(found, Role.DESTINATION) == ["Palmyra"]


def test_who_announces_a_capture_made_it() -> None:
    found = claim("The Syrian army announced the capture of Palmyra.", Kind.CONTROL_CHANGE)
    assert found.actor is not None
    assert found.actor.id == "syria:gov"


def test_its_forces_are_those_of_the_state_that_speaks() -> None:
    text = "Russia's Defence Ministry said on Tuesday that its forces had captured Selydove."
    found = claim(text, Kind.CONTROL_CHANGE, "UA")
    assert actor_name(found) == "Russian forces"


def test_an_unlisted_village_is_told_without_a_point() -> None:
    found = claim("Rebels captured the village of Xqqrt on Monday.", Kind.CONTROL_CHANGE)
    assert [(p.surface, p.place_id, p.lat) for p in found.places] == [("Xqqrt", None, None)]


OFF_SUBJECT = {
    "market": (
        "Shares fell in Kyiv as investors fled to the safety of the dollar. Brokers said the "
        "battle for Ukraine's biggest bank was lost and its rival had captured a tenth of the"
        " market. The war of words went on all week and traders retreated from Kharkiv and "
        "Lviv, where two factories surrendered the gains of the month. Steel makers advanced."
        " The central bank defended the currency again on Thursday and said it would hold its"
        " ground until the end of the year. Analysts in London expect prices to fall further,"
        " and for the index to lose another tenth before the summer. Families left Odesa for "
        "cheaper towns as rents rose, and an estimated 250,000 people left the capital for "
        "the coast, the statistics office said. The finance ministry will sell bonds worth "
        "two billion dollars next week in Frankfurt."
    ),
    "flood": (
        "More than 400,000 people fled their homes in Maiduguri after the dam burst and the "
        "flood submerged half of the city. Families left Gwange for Bulabulin on rafts. "
        "Soldiers brought bread and blankets to the schools. The governor said that 8,600 "
        "families had been displaced from Gwange since Tuesday, and that the rains would go "
        "on for another week at least. The zoo said that snakes and crocodiles had been "
        "washed into the streets. Aid workers fear cholera, as wells are under water and "
        "thousands of people sleep on the roads. The last flood of this size came thirty "
        "years ago, when the same dam gave way after a storm."
    ),
}


@pytest.mark.parametrize("subject", sorted(OFF_SUBJECT))
def test_only_a_conflict_is_mapped(subject: str) -> None:
    assert drawn(OFF_SUBJECT[subject], None) == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Rebels have imposed a blockade on Palmyra.", "Hayat"),
        ("Palmyra has been under blockade for weeks.", None),
        ("The blockade of Palmyra goes on.", None),
    ],
)
def test_a_blockade_is_a_siege(text: str, actor: str | None) -> None:
    found = claim(text, Kind.SIEGE)
    assert names(found) == ["Palmyra"]
    assert (found.actor is not None) is (actor is not None)


def test_a_blockade_that_ends_is_none() -> None:
    assert claims("The army lifted the blockade on Palmyra.") == []


def test_a_base_at_a_town_is_not_the_town() -> None:
    text = "Rebels captured the headquarters of the army's western command in Palmyra."
    found = claim(text, Kind.CONTROL_CHANGE)
    assert [(p.surface, p.role) for p in found.places] == [("Palmyra", Role.NEAR)]


@pytest.mark.parametrize(
    ("text", "origins", "goals"),
    [
        ("Some 900 people fled Palmyra, many of them toward Idlib.", ["Palmyra"], ["Idlib"]),
        ("Some 900 people fled Palmyra last week, mostly to Idlib.", ["Palmyra"], ["Idlib"]),
        ("Several hundred people have made it to Idlib since Friday.", [], ["Idlib"]),
        ("Aid workers bussed 900 people from Palmyra to Idlib.", ["Palmyra"], ["Idlib"]),
    ],
)
def test_where_part_of_them_went(text: str, origins: list[str], goals: list[str]) -> None:
    found = claim(text, Kind.DISPLACEMENT)
    assert names(found, Role.ORIGIN) == origins
    assert names(found, Role.DESTINATION) == goals


def test_many_in_a_clause_of_its_own_went_nowhere() -> None:
    found = claim("Some 900 people fled Palmyra; many talk of Idlib.", Kind.DISPLACEMENT)
    assert names(found, Role.DESTINATION) == []


def test_one_of_a_number_is_not_one() -> None:
    found = claim("He is one of 300 people who fled Palmyra.", Kind.DISPLACEMENT)
    assert found.quantity is not None
    assert (found.quantity.low, found.quantity.high) == (300, 300)


def test_whose_flag_it_is_tells_who_came() -> None:
    text = "On Wednesday the Azerbaijani flag was hoisted over Shusha."
    found = claim(text, Kind.CONTROL_CHANGE, "AZ")
    assert actor_name(found) == "Azerbaijani forces"
