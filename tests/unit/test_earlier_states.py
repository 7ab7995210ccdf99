"""What was so on an earlier day, and what the articles printed by a day had reported."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from situation_kit import ARMY, RIVALS, Desk, FakeAtlas, place

from mapgen.drawing.data.earlier_states import MOST_DAYS, as_reported
from mapgen.drawing.data.legend_rows import rows_by_day
from mapgen.drawing.data.page_data import page_data, picture_data
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Status
from mapgen.settings import Settings
from mapgen.situation.earlier import on_day, report_days, reported_by
from mapgen.situation.shown import shown

FIRST = date(2031, 5, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def on(number: int) -> tuple[date, date, str]:
    return day(number), day(number), f"{number} May"


def desk() -> Desk:
    """Alba is taken on the 2nd, and the army denies it on the 5th; Bero is taken on the 3rd.

    That Bero was taken is printed on the 6th only.
    """
    made = Desk()
    for name, number in (("a", 2), ("b", 5), ("c", 6)):
        made.article(name, published_on=day(number))
    take = {"actor": RIVALS, "from_actor": ARMY}
    made.say("a", "The River Front took Alba.", Kind.CONTROL_CHANGE, place("t:alba"),
             days=on(2), **take)  # fmt: skip
    made.say("b", "The River Front did not take Alba, the army said.", Kind.CONTROL_CHANGE,
             place("t:alba"), status=Status.NEGATED, days=on(2), **take)  # fmt: skip
    made.say("c", "The River Front took Bero on 3 May.", Kind.CONTROL_CHANGE, place("t:bero"),
             days=on(3), **take)  # fmt: skip
    return made


def seen(settings: Settings | None = None, made: Desk | None = None):
    given = settings or Settings()
    situation = situation_of((made or desk()).extraction(), title=given.title)
    return shown(situation, FakeAtlas(), given)


def test_what_had_happened_and_what_was_known_are_two_things():
    whole = seen()
    assert report_days(whole) == [day(2), day(5), day(6)]
    assert {p.name for e in on_day(whole, day(3)).situation.events for p in e.places} == {
        "Alba",
        "Bero",
    }
    then = reported_by(whole, day(3))
    assert [(e.places[0].name, e.standing) for e in then.situation.events] == [("Alba", "stated")]
    assert then.situation.as_of == day(3)
    assert then.sides is whole.sides
    later = reported_by(whole, day(5))
    assert [(e.places[0].name, e.standing) for e in later.situation.events] == [
        ("Alba", "contested")
    ]


def test_an_article_without_a_day_is_not_said_to_have_been_known():
    made = desk()
    made.article("d", published_on=None)
    made.say("d", "The River Front took Caro.", Kind.CONTROL_CHANGE, place("t:caro"), actor=RIVALS)
    names = {e.places[0].name for e in reported_by(seen(made=made), day(6)).situation.events}
    assert names == {"Alba", "Bero"}


def test_claims_of_another_situation_are_refused():
    other = situation_of(desk().extraction())
    with pytest.raises(ValueError, match="not added"):
        seen().remade(other)


def test_the_page_has_a_record_for_each_earlier_day_of_publication():
    page = page_data(seen())
    first, second = page["reported"]
    assert [first["day"], second["day"]] == ["2031-05-02", "2031-05-05"]
    assert first["summary"] == [["Taken.", "The River Front took Alba from the Northern army."]]
    assert second["summary"] == [["Taken.", "Who holds Alba is contested."]]
    then = as_reported(page, first)
    assert [c["standing"] for c in then["cards"]] == ["stated"]
    assert [s["standing"] for s in then["signs"]] == ["stated"]
    quotes = [q["text"] for c in then["cards"] for q in c["quotes"]]
    assert quotes == ["The River Front took Alba."]
    # on the 5th Alba was as it is on the map: named, not repeated
    assert second["cards"] == [c["id"] for c in page["cards"] if c["standing"] == "contested"]
    assert all(isinstance(sign, int) for sign in second["signs"])
    assert "reported" not in picture_data(seen())


def test_headline_and_summary_of_an_earlier_day():
    days = page_data(seen())["earlier"]
    assert [d["day"] for d in days] == ["2031-05-02", "2031-05-03"]
    assert [d["title"] for d in days] == ["", ""]  # one source is too little for a headline
    assert "Bero" not in str(days[0]["summary"])
    assert "The River Front took Bero" in str(days[1]["summary"])
    asked = page_data(seen(Settings(headline="events")))["earlier"]
    assert "Bero" in asked[1]["title"]
    given = page_data(seen(Settings(title="Upper Nile")))["earlier"]
    assert {d["title"] for d in given} == {None}


def test_the_rows_of_the_key_are_told_apart_by_day():
    rows, drawn = rows_by_day(page_data(seen()))
    words = [row.words for row in rows]
    contested, sure = words.index("Contested"), words.index("Holder: one article says so")
    assert contested in drawn[""]["2031-05-02"]
    assert sure not in drawn[""]["2031-05-02"]
    assert sure in drawn[""]["2031-05-03"]
    assert contested not in drawn["2031-05-02"]["2031-05-02"]
    assert sure in drawn["2031-05-02"]["2031-05-02"]


def test_a_side_has_one_row_also_if_it_only_has_an_area_on_some_days():
    made = desk()
    made.say("a", "The River Front took ground in eastern Sudan.", Kind.CONTROL_CHANGE,
             place("part:SD:east", surface="eastern Sudan"), days=on(1), actor=RIVALS)  # fmt: skip
    rows, drawn = rows_by_day(page_data(seen(made=made)))
    (front,) = [n for n, row in enumerate(rows) if row.words == "River Front"]
    assert all(front in now for now in drawn[""].values() if now)


def test_coarser_places_and_articles_of_one_day_have_no_earlier_reports():
    assert "reported" not in page_data(seen(Settings(coarsen_displacement="admin1")))
    one = Desk().article("a", published_on=day(2))
    one.say("a", "The River Front took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS)
    assert "reported" not in page_data(seen(made=one))


def test_many_days_of_change_are_only_named():
    made = Desk().article("a", published_on=day(MOST_DAYS + 10))
    for number in range(1, MOST_DAYS + 4):
        made.say("a", f"On day {number} a strike hit Esta.", Kind.STRIKE, place("t:esta"),
                 days=on(number))  # fmt: skip
    page = page_data(seen(made=made))
    assert "earlier" not in page
    titled = page_data(seen(Settings(title="Upper Nile"), made))["earlier"]
    assert titled == [{"day": page["days"][0], "title": None, "summary": []}]
