"""A map says that a machine made it until an analyst has reviewed it, and then by whom and when."""

from __future__ import annotations

from datetime import date

import pytest
from situation_kit import ARMY, Desk, FakeAtlas, place

from mapgen.drawing.data.page_data import page_data
from mapgen.drawing.figure import picture_bytes
from mapgen.export.report.content import report_of
from mapgen.merging.corrections import situation_with
from mapgen.merging.corrections.rows import Action, Correction, Target
from mapgen.model import Kind
from mapgen.settings import Settings
from mapgen.situation.shown import shown


def desk():
    made = Desk().article("one")
    made.say("one", "The army took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=ARMY)
    made.say("one", "Fighting broke out in Dumo.", Kind.CLASH, place("t:dumo"), actor=ARMY)
    return made


def decided(made, *rows):
    """The situation after decisions, each (number of the claim, action, who, day of May 2031)."""
    corrections = [
        Correction(
            row=2 + i, target=Target.CLAIM, target_id=made.claims[n].id, action=action, field=None,
            which=None, new=None, by=who, why="seen", on=date(2031, 5, day),
        )
        for i, (n, action, who, day) in enumerate(rows)
    ]  # fmt: skip
    situation = situation_with(made.extraction(), corrections)
    return shown(situation, FakeAtlas(), Settings())


def told(*rows):
    return page_data(decided(desk(), *rows))["meta"]["review"]


def test_without_a_decision_nothing_is_reviewed():
    assert told() == "Machine reading, not reviewed."


def test_the_share_of_signs_that_were_reviewed():
    one = (0, Action.ACCEPT, "A. Analyst", 11)
    assert told(one) == ("Machine reading, one of 2 signs reviewed by A. Analyst on 11 May 2031.")


def test_a_reviewed_map_says_by_whom_and_when():
    rows = ((0, Action.ACCEPT, "A. Analyst", 11), (1, Action.ACCEPT, "B. Reviewer", 13))
    assert told(*rows) == "Reviewed by A. Analyst and B. Reviewer, last on 13 May 2031."


def test_a_rejected_sign_is_gone_and_the_rest_can_be_all_reviewed():
    rows = ((0, Action.REJECT, "A. Analyst", 11), (1, Action.ACCEPT, "A. Analyst", 11))
    assert told(*rows) == "Reviewed by A. Analyst on 11 May 2031."


def test_a_rejection_alone_reviews_none_of_the_signs_that_are_left():
    assert told((0, Action.REJECT, "A. Analyst", 11)) == "Machine reading, not reviewed."


def test_the_page_knows_without_words_whether_all_signs_are_reviewed():
    one, other = (0, Action.ACCEPT, "A. Analyst", 11), (1, Action.ACCEPT, "B. Reviewer", 13)
    states = [page_data(decided(desk(), *rows))["meta"]["reviewed"] for rows in ((), (one,))]
    assert states == [False, False]
    assert page_data(decided(desk(), one, other))["meta"]["reviewed"] is True


@pytest.mark.parametrize("rows", [(), ((0, Action.ACCEPT, "A. Analyst", 11),)])
def test_pictures_and_reports_say_so_too(rows):
    scene = decided(desk(), *rows)
    words = page_data(scene)["meta"]["review"]
    assert words.rstrip(".") in report_of(scene).as_of
    picture = picture_bytes(page_data(scene), "svg").decode()
    assert "Machine reading" in picture
