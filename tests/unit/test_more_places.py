"""The summary counts the places that it does not name."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from situation_kit import place

from mapgen.model import Kind
from mapgen.situation import summary

TOWNS = ("t:alba", "t:bero", "t:caro", "t:dumo", "t:esta", "iso:SD-NO")


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (2, "Alba and Bero"),
        (4, "Alba, Bero, Caro and Dumo"),
        (5, "Alba, Bero, Caro, Dumo and 1 more place"),
        (6, "Alba, Bero, Caro, Dumo and 2 more places"),
    ],
)
def test_one_more_place_is_no_places(n, told):
    events = [SimpleNamespace(kind=Kind.STRIKE, places=(place(key),)) for key in TOWNS[:n]]
    assert summary._names(events) == told
