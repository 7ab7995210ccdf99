"""What ended long before the report is past; a capture of then may still stand."""

from __future__ import annotations

import pytest
from coding_kit import claims, drawn

from mapgen.model import Kind, Status

OVER = [  # told on 6 December 2024
    ("During the fighting in July, Israeli jets struck Baalbek.", "LB", Kind.STRIKE),
    ("The army left Khan Younis in April.", "PS", Kind.WITHDRAWAL),
    ("Israeli troops pulled out of Jabalia on 31 May.", "PS", Kind.WITHDRAWAL),
    ("Some 40,000 people fled Bara for El Obeid in August.", "SD", Kind.DISPLACEMENT),
    ("Soldiers and rebels fought in Sake on 3 September.", "CD", Kind.CLASH),
    ("In September the army ordered residents of Kupiansk to leave.", "UA", Kind.EVACUATION_ORDER),
]


@pytest.mark.parametrize(("text", "country", "kind"), OVER)
def test_what_ended_long_ago_is_past(text: str, country: str, kind: Kind) -> None:
    now = "Rebels shelled the army this week. " + text
    assert kind not in {k for k, _ in drawn(now, country)}
    assert Status.HISTORICAL in {c.status for c in claims(now, country) if c.kind is kind}


OF_NOW = [
    ("M23 rebels took Masisi on 4 October.", "CD", Kind.CONTROL_CHANGE),
    ("Israeli jets struck Baalbek on 20 October.", "LB", Kind.STRIKE),
    ("In October some 40,000 people fled Bara for El Obeid.", "SD", Kind.DISPLACEMENT),
    ("Since August some 40,000 people have fled Bara for El Obeid.", "SD", Kind.DISPLACEMENT),
    ("Israeli jets struck Baalbek.", "LB", Kind.STRIKE),
    ("The RSF has besieged El Fasher since May.", "SD", Kind.SIEGE),
]


@pytest.mark.parametrize(("text", "country", "kind"), OF_NOW)
def test_what_still_stands_or_is_recent_is_drawn(text: str, country: str, kind: Kind) -> None:
    now = "Rebels shelled the army this week. " + text
    assert kind in {k for k, _ in drawn(now, country)}
