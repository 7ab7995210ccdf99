"""Figures and days that no report can mean are not drawn, and one bad article stops no other."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mapgen import pipeline
from mapgen.claims.claims_file import claims_from_lines, claims_to_lines
from mapgen.coders import code_each, refused_by_coder
from mapgen.command.cli import main
from mapgen.core.bounds import MOST_PEOPLE
from mapgen.errors import FormatError, InputError
from mapgen.model import Article, Kind, Status
from mapgen.reading.articles import read
from tests.unit.coding_kit import claim, claims, extract, gazetteer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "figure", ["9" * 400, "9" * 24, "1" + "0" * 309 + ".5", "900 million", "9,999,999,999"]
)
def test_a_figure_beyond_all_the_displaced_of_the_world_is_left_out(figure: str) -> None:
    fled = claim(f"Some {figure} people fled from Kharkiv on Thursday.", Kind.DISPLACEMENT, "UA")
    assert fled.quantity is None
    assert any("left out" in rule and f"{MOST_PEOPLE:,}" in rule for rule in fled.rules)


def test_a_plausible_figure_stays() -> None:
    fled = claim("Some 1.2 million people fled from Kharkiv on Thursday.", Kind.DISPLACEMENT, "UA")
    assert fled.quantity is not None
    assert fled.quantity.best == 1_200_000
    assert not any("left out" in rule for rule in fled.rules)


@pytest.mark.parametrize(
    "when",
    [
        "9" * 30 + " days ago",
        "999999999999 weeks ago",
        "99999999 fortnights ago",
        "999999 days ago",
    ],
)
def test_days_before_all_calendars_are_never_the_present(when: str) -> None:
    made = claims(f"The army captured Goma {when}.", "CD")
    assert not [c for c in made if c.status.is_current]
    assert all(c.date is None or c.date.start is None for c in made)


@pytest.mark.parametrize("when", ["on 5 March 2034", "on 12 May 9999", "on 2031-02-03"])
def test_a_day_long_after_publication_has_not_come(when: str) -> None:
    made = claims(f"Rebels captured Goma {when}.", "CD")
    assert made
    assert {c.status for c in made} == {Status.HYPOTHETICAL}
    assert any("after publication" in rule for c in made for rule in c.rules)


def test_a_day_of_the_week_of_publication_is_the_present() -> None:
    made = claims("Rebels captured Goma on 5 December 2024.", "CD")
    assert [(c.status, c.date and c.date.start) for c in made] == [
        (Status.ASSERTED, date(2024, 12, 5))
    ]


def _lines(**changes: Any) -> list[str]:
    made = extract("Some 3,000 people fled from Kharkiv on Thursday.", "UA")
    records = [json.loads(line) for line in claims_to_lines(made)]
    for record in records:
        if record["record"] == "claim":
            for key, value in changes.items():
                part = "quantity" if key in {"low", "high", "best"} else "date"
                record[part][key] = value
    return [json.dumps(record) for record in records]


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "0001-01-01"},
        {"start": "0001-01-01", "end": "0001-01-01"},
        {"end": "9999-12-31"},
        {"best": 10**300, "high": 10**300},
        {"high": MOST_PEOPLE + 1},
    ],
)
def test_claims_beyond_the_bounds_are_refused_with_line_and_field(changes: dict[str, Any]) -> None:
    with pytest.raises(FormatError, match=r"line \d+, (quantity|date), \w+: .* is not between"):
        claims_from_lines(_lines(**changes))
    assert claims_from_lines(_lines()).claims


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_of_publication_beyond_the_bounds_is_refused(tmp_path: Path, day: str) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\npublished_on: {day}\n---\nRebels captured Goma.\n", "utf-8")
    [refusal] = read([file]).refused
    assert day in str(refusal)
    assert "between 1000 and 2199" in str(refusal)


def test_a_link_to_itself_stops_no_other_file_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("Rebels captured Goma on Thursday.", "utf-8")
    result = read([tmp_path])
    assert [a.id for a in result.articles] == ["b"]
    assert any("a.txt" in words for words in result.passed_over)


class _Failing:
    def code(self, article: Article) -> Any:
        if article.id == "bad":
            msg = "division by zero"
            raise ZeroDivisionError(msg)
        return [], []


def test_an_article_on_which_the_program_fails_is_refused_alone() -> None:
    made = code_each(
        [Article(id=i, text=f"{i} text") for i in ("a", "bad", "b")], lambda _: _Failing()
    )
    assert [a.id for a in made.articles] == ["a", "bad", "b"]
    [refusal] = refused_by_coder(made)
    assert refusal.name == "bad"
    assert "ZeroDivisionError" in str(refusal)
    assert "report" in str(refusal)


def test_the_map_of_the_other_articles_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from mapgen.coding import two_readers

    whole = two_readers.code_in_context

    def failing(article: Article, *rest: Any) -> Any:
        if article.id == "bad":
            msg = "cannot convert float infinity to integer"
            raise OverflowError(msg)
        return whole(article, *rest)

    monkeypatch.setattr(two_readers, "code_in_context", failing)
    (tmp_path / "bad.txt").write_text("Rebels captured Bukavu.", "utf-8")
    (tmp_path / "good.txt").write_text("Rebels captured Goma on 5 December 2024.", "utf-8")
    claims_file = tmp_path / "claims.jsonl"
    assert main(["extract", str(tmp_path), "--country", "CD", "-o", str(claims_file)]) == 1
    said = capsys.readouterr().err
    assert "refused: bad" in said
    assert "OverflowError" in said
    assert "Traceback" not in said
    assert [
        c.kind for c in claims_from_lines(claims_file.read_text("utf-8").split("\n")).claims
    ] == [Kind.CONTROL_CHANGE]
    extraction = pipeline.extract(
        read([tmp_path / "bad.txt", tmp_path / "good.txt"]).articles,
        gazetteer(),
        pipeline_settings(),
    )
    assert [err.name for err in pipeline.not_coded(extraction)] == ["bad"]
    assert extraction.claims


def pipeline_settings() -> Any:
    from mapgen.settings import Settings

    return Settings().updated(country="CD")


def test_a_reader_that_fails_costs_its_own_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mapgen.reading import formats

    def failing(name: str, data: bytes) -> Any:
        msg = f"unexpected in {name}: {len(data)}"
        raise RuntimeError(msg)

    monkeypatch.setattr(formats, "read_markdown", failing)
    (tmp_path / "a.md").write_text("x", "utf-8")
    (tmp_path / "b.txt").write_text("Rebels captured Goma.", "utf-8")
    result = read([tmp_path / "a.md", tmp_path / "b.txt"])
    assert [a.id for a in result.articles] == ["b"]
    [refusal] = result.refused
    assert isinstance(refusal, InputError)
    assert "RuntimeError" in str(refusal)
    assert "report" in str(refusal)


def test_a_fault_of_the_program_says_what_to_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from mapgen.command import cli

    def failing(*_: Any) -> Any:
        msg = "division by zero"
        raise ZeroDivisionError(msg)

    monkeypatch.setattr(cli, "settings_of", failing)
    assert main(["build", "a.txt", "-o", "a.html"]) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "fault of mapgen" in said
    assert "ZeroDivisionError" in said
    assert "test_bounds.py" in said


@pytest.mark.parametrize("text", ['"' * 20_000, "_" * 5_000, "\u200b" * 40 + "=" * 99])
def test_an_article_without_any_line_of_words_is_no_fault(text: str) -> None:
    told = " ".join(s.left_off or "" for s in extract(text, "CD").sentences)
    assert "fault" not in told
