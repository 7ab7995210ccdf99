"""Ten dispatches read one after the other: the picture a person would draw, day by day."""

from datetime import date
from pathlib import Path

import pytest

import mapgen
from mapgen.drawing.data.page_data import page_data
from mapgen.model import Kind, Standing
from mapgen.settings import Settings
from mapgen.situation.shown import shown
from tests.integration import story_table
from tests.integration.story_table import as_read, corrected, holders

ROOT = Path(__file__).parents[2]
RASTAN, TALBISSEH, SALAMIYAH, MASYAF = story_table.TOWNS


@pytest.fixture(scope="module")
def read():
    return [situation for _, situation in as_read()]


@pytest.fixture(scope="module")
def whole(read):
    return read[-1]


def events_at(situation, place_id, kind=Kind.CONTROL_CHANGE):
    found = [e for e in situation.events if e.kind is kind and e.places[0].place_id == place_id]
    return sorted(found, key=lambda e: (e.latest, e.id))


def flow(situation, kind):
    (row,) = [r for r in situation.flows().to_dict("records") if r["kind"] == kind]
    return row


def test_a_town_falls_and_people_flee(read):
    first = read[0]
    assert first.as_of == date(2031, 3, 2)
    (fall,) = events_at(first, RASTAN)
    assert (fall.actor.id, fall.from_actor.id) == ("syria:hts", "syria:gov")
    assert fall.earliest == fall.latest == date(2031, 3, 1)  # Saturday, not the day of the paper
    assert fall.rule == "Stated: one article says so in its own voice."
    fled = flow(first, "displacement")
    assert (fled["origin"], fled["destination"]) == ("Rastan", "Homs")
    assert (fled["low"], fled["high"]) == (3000, 3000)


def test_what_a_party_says_of_itself_is_claimed_until_the_other_denies_it(read):
    (claimed,) = events_at(read[1], TALBISSEH)
    assert claimed.rule == "Claimed: said only by Hayat Tahrir al-Sham."
    assert holders(read[1])["Talbisseh"] == "HTS, claimed"
    (denied,) = events_at(read[2], TALBISSEH)
    assert denied.rule == "Contested: denied by the Syrian army."
    assert len(denied.claims) == 2  # the claim and its denial, both kept
    row = read[2].control().set_index("place_id").loc[TALBISSEH]
    assert (row["holder"], row["claimants"]) == (None, "syria:hts")


def test_a_wire_story_reprinted_is_still_one_source(read):
    (wire,), (reprinted,) = events_at(read[3], SALAMIYAH), events_at(read[4], SALAMIYAH)
    assert (len(wire.claims), len(reprinted.claims)) == (1, 2)
    assert wire.rule == reprinted.rule == "Claimed: said only by Steppe Monitor."
    assert read[4].notes == (
        "05-reprint prints nearly the same text as 04-wire, so the two count as one source.",
    )
    (confirmed,) = events_at(read[6], SALAMIYAH)
    assert confirmed.standing is Standing.ASSESSED
    assert "independently by Steppe Monitor and the mayor of Salamiyah" in confirmed.rule


def test_recaptured_and_counted_twice(read):
    before, after = read[4], read[5]
    assert holders(before)["Rastan"] == "HTS, stated"
    assert holders(after)["Rastan"] == "government, stated"
    fall, recapture = events_at(after, RASTAN)
    assert fall.standing is Standing.OUTDATED
    assert recapture.from_actor.id == "syria:hts"
    fled = flow(after, "displacement")  # one movement: a range, never 8,000 or more
    assert (fled["low"], fled["high"]) == (3000, 6000)
    assert fled["standing"] == "assessed"
    assert fled["sources"] == "Red Crescent; United Nations"


def test_a_return_is_a_movement_of_its_own(read):
    back = flow(read[6], "return")
    assert (back["origin"], back["destination"]) == ("Homs", "Rastan")
    assert (back["low"], back["high"]) == (1200, 1200)
    fled = flow(read[6], "displacement")
    assert (fled["low"], fled["high"]) == (3000, 6000)  # nobody is taken off


def test_an_undated_claim_is_reported_by_the_day_of_the_paper(read):
    (masyaf,) = events_at(read[7], MASYAF)
    assert (masyaf.earliest, masyaf.latest) == (None, date(2031, 3, 11))
    assert holders(read[7].at("2031-03-10"))["Masyaf"] == "–"
    assert holders(read[7].at("2031-03-11"))["Masyaf"] == "HTS, claimed"


def test_a_correction_contests_and_an_analyst_takes_it_off(read, whole):
    (taken_back,) = events_at(read[8], MASYAF)
    assert taken_back.standing is Standing.CONTESTED
    clean = corrected(whole)
    assert holders(clean)["Masyaf"] == "–"
    assert {k: v for k, v in holders(clean).items() if k != "Masyaf"} == {
        k: v for k, v in holders(whole).items() if k != "Masyaf"
    }
    assert [(d.by, d.is_off) for d in clean.decisions] == [("A. Analyst", True)]
    rejected = clean.off_map().query("article == '08-undated'")
    assert "Rejected" in " ".join(rejected["group"])


def test_a_later_article_reopens_what_was_settled(read, whole):
    assert holders(read[8])["Rastan"] == "government, stated"
    assert holders(whole)["Rastan"] == "contested"
    fall, recapture = events_at(whole, RASTAN)
    assert recapture.rule == "Contested: denied by Steppe Monitor."
    # The denial is of the 13th: until then the picture stays as it was.
    assert holders(whole.at("2031-03-12"))["Rastan"] == "government, stated"
    assert holders(whole.at("2031-03-06"))["Rastan"] == "HTS, stated"
    assert fall.standing is Standing.OUTDATED


def test_what_changed_between_two_days(whole):
    changes = whole.diff("2031-03-06", "2031-03-10")
    rows = changes[["change", "place_id", "before", "after", "destination"]].to_numpy().tolist()
    assert rows == [
        ["holder", RASTAN, "syria:hts", "syria:gov", None],
        ["flow", "geonames:169577", None, None, "Rastan"],
    ]


def test_the_order_of_reading_makes_no_difference(whole):
    backwards = mapgen.build(story_table.DISPATCHES[::-1])
    assert set(backwards.events) == set(whole.events)


def test_the_page_shows_the_same(whole):
    from gazetteer import Gazetteer

    with Gazetteer.open() as places:
        data = page_data(shown(whole, places, Settings()))
    control = {
        (s["place"], s["day"]): s["standing"] for s in data["signs"] if s["type"] == "control"
    }
    assert control == {
        (RASTAN, "2031-03-01"): "outdated",
        (RASTAN, "2031-03-07"): "contested",
        (TALBISSEH, "2031-03-03"): "contested",
        (SALAMIYAH, "2031-03-05"): "assessed",
        (MASYAF, "2031-03-11"): "contested",
    }
    labels = [" ".join(s["label"]) for s in data["signs"] if s["type"] == "displacement"]
    assert any("3,000" in label and "5,000 and 6,000" in label for label in labels), labels
    assert any("1,200" in label for label in labels)


def test_the_document_shows_what_the_command_prints():
    text = (ROOT / "docs" / "story.md").read_text("utf-8")
    assert story_table.table() in text
