"""People whom a town takes in are counted once, at the end of their way."""

from __future__ import annotations

from coding_kit import claims, gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Kind


def test_hosts_of_those_who_fled_and_the_border_they_crossed_are_told_once() -> None:
    text = (
        "Mandera, across the Kenyan border, is hosting 31,000 people from Beled Hawo, the county "
        "government says."
    )
    found = TwoReaders(gazetteer()).code(Article(id="t", text=text, country="SO"))[0]
    assert [c.kind for c in found] == [Kind.DISPLACEMENT]
    assert {(p.surface, p.role.value) for p in found[0].places} == {
        ("Beled Hawo", "origin"),
        ("Mandera", "destination"),
    }


def test_a_town_that_hosts_others_as_well_keeps_both() -> None:
    text = "Some 5,000 people fled Singa for Gedaref. Gedaref hosts 270,000 displaced people."
    found = TwoReaders(gazetteer()).code(Article(id="t", text=text, country="SD"))[0]
    assert [c.kind for c in found] == [Kind.DISPLACEMENT, Kind.HOSTING]


def test_residents_who_block_a_road_cut_no_supplies() -> None:
    text = "The attack on Goma failed when residents blocked the road with burning lorries."
    assert not any(c.kind is Kind.SUPPLY_LINE for c in claims(text, "CD"))
    text = "M23 rebels blocked the road to Goma on Saturday."
    assert any(c.kind is Kind.SUPPLY_LINE for c in claims(text, "CD"))
