"""Two reviewers' corrections become one file; what they disagree on is listed and left out."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from situation_kit import FakeAtlas

from mapgen.command import cli
from mapgen.errors import FormatError
from mapgen.merging.corrections.merging import merge_corrections

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "target_type,target_id,action,field,value,by,why,on"


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def merged(tmp_path, a, b):
    return merge_corrections(
        table(tmp_path / "a.csv", *a), table(tmp_path / "b.csv", *b), FakeAtlas()
    )


def decided(rows):
    return [(r["target_id"], r["action"], r["value"]) for r in rows]


def test_what_both_decided_alike_is_one_row_by_both(tmp_path):
    made = merged(
        tmp_path,
        ["claim,c1,accept,,,Ann,seen on video,2031-05-10"],
        ["claim,c1,accept,,,Ben,two papers,2031-05-12"],
    )
    (row,) = made.rows
    assert (row["by"], row["on"]) == ("Ann and Ben", "2031-05-12")
    assert row["why"] == "Ann: seen on video; Ben: two papers"
    assert made.conflicts == ()
    assert (made.n_both, made.n_agreed) == (1, 1)


def test_what_only_one_decided_is_kept(tmp_path):
    made = merged(
        tmp_path,
        ["claim,c1,accept,,,Ann,seen,2031-05-10"],
        ["event,e2,reject,,,Ben,an old report,2031-05-12"],
    )
    assert decided(made.rows) == [("c1", "accept", ""), ("e2", "reject", "")]
    assert (made.n_both, made.n_agreed, made.kappa) == (0, 0, None)


CONTRADICTIONS = [
    ("claim,c1,accept,,", "claim,c1,reject,,"),
    ("claim,c1,accept,,", "claim,c1,set,date,2031-05-01"),
    ("claim,c1,reject,,", "claim,c1,set,figure,500 people"),
    ("claim,c1,set,date,2031-05-01", "claim,c1,set,date,2031-05-02"),
    ("claim,c1,set,figure,500", "claim,c1,set,figure,900"),
    ("claim,c1,set,place,Alba -> 15.1, 32.1", "claim,c1,set,place,Alba -> 16.1, 32.1"),
]


@pytest.mark.parametrize(("a", "b"), CONTRADICTIONS)
def test_a_contradiction_is_listed_and_left_out(tmp_path, a, b):
    a, b = (",".join([*r.split(",", 4)[:4], f'"{r.split(",", 4)[4]}"']) for r in (a, b))
    made = merged(tmp_path, [f"{a},Ann,seen,2031-05-10"], [f"{b},Ben,heard,2031-05-12"])
    assert made.rows == ()
    (conflict,) = made.conflicts
    assert conflict.startswith("claim c1: Ann ")
    assert "; Ben " in conflict
    assert "(seen)" in conflict
    assert "(heard)" in conflict
    assert (made.n_both, made.n_agreed) == (1, 0)


def test_changes_of_different_fields_do_not_contradict(tmp_path):
    made = merged(
        tmp_path,
        ["claim,c1,set,date,2031-05-01,Ann,printed,2031-05-10"],
        ["claim,c1,set,figure,500 people,Ben,the UN,2031-05-12"],
    )
    assert len(made.rows) == 2
    assert made.conflicts == ()


def test_equal_values_in_other_words_agree(tmp_path):
    made = merged(
        tmp_path,
        ['claim,c1,set,figure,"500..500",Ann,x,2031-05-10'],
        ["claim,c1,set,figure,500,Ben,x,2031-05-12"],
    )
    assert len(made.rows) == 1
    assert made.n_agreed == 1


def test_the_later_decision_of_one_reviewer_counts(tmp_path):
    made = merged(
        tmp_path,
        ["claim,c1,reject,,,Ann,doubt,2031-05-10", "claim,c1,accept,,,Ann,video,2031-05-11"],
        ["claim,c1,accept,,,Ben,video,2031-05-12"],
    )
    assert made.conflicts == ()
    assert [r["by"] for r in made.rows] == ["Ann and Ben"]


def test_agreement_is_measured_beyond_chance(tmp_path):
    words = ["accept", "accept", "reject", "reject"]
    other = ["accept", "reject", "reject", "reject"]
    made = merged(
        tmp_path,
        [f"claim,c{i},{w},,,Ann,x,2031-05-10" for i, w in enumerate(words)],
        [f"claim,c{i},{w},,,Ben,x,2031-05-10" for i, w in enumerate(other)],
    )
    assert (made.n_both, made.n_agreed) == (4, 3)
    # they agree on 3 of 4; by chance 1/2 * 1/4 + 1/2 * 3/4 = 1/2, so kappa is (3/4 - 1/2) / (1/2)
    assert made.kappa == pytest.approx(0.5)


FORMULAS = ["=HYPERLINK(1)", "+44", "-1", "@SUM(1)", " =1", "＝1"]


@pytest.mark.parametrize("why", FORMULAS)
def test_no_cell_of_the_merged_table_is_a_formula(tmp_path, why):
    made = merged(tmp_path, [f'claim,c1,accept,,,Ann,"{why}",2031-05-10'], [])
    [row] = csv.DictReader(made.to_csv().splitlines())
    assert row["why"] == f"'{why.strip()}"
    assert row["by"] == "Ann"


@pytest.mark.parametrize("value", ["-1.68, 29.23", "'-1.68, 29.23"])
def test_the_merged_table_reads_as_what_was_merged(tmp_path, value):
    where = 'claim,c2,set,place,"Alba -> -1.68, 29.23",Ann,seen,2031-05-10'
    guarded = f'claim,c1,reject,,,Ann,"{value}",2031-05-10'
    first = merged(tmp_path, [where, guarded], [])
    (tmp_path / "c.csv").write_text(first.to_csv(), "utf-8", newline="")
    again = merge_corrections(tmp_path / "c.csv", tmp_path / "b.csv", FakeAtlas())
    assert again == first
    [point] = [row for row in again.rows if row["target_id"] == "c2"]
    [told] = [row for row in again.rows if row["target_id"] == "c1"]
    assert point["value"] == "Alba -> -1.68, 29.23"
    assert told["why"] == "-1.68, 29.23"


def test_a_damaged_file_is_refused_by_row(tmp_path):
    with pytest.raises(FormatError, match=r"b\.csv: row 2, by: is empty"):
        merged(tmp_path, [], ["claim,c1,accept,,,,seen,2031-05-10"])


def test_the_command_writes_the_file_and_tells_the_agreement(tmp_path, capsys):
    a = table(
        tmp_path / "a.csv",
        "claim,c1,accept,,,Ann,seen,2031-05-10",
        "claim,c2,accept,,,Ann,seen,2031-05-10",
    )
    b = table(
        tmp_path / "b.csv",
        "claim,c1,accept,,,Ben,seen,2031-05-10",
        "claim,c2,reject,,,Ben,a namesake,2031-05-10",
    )
    out = tmp_path / "c.csv"
    assert cli.main(["corrections", "merge", str(a), str(b), "-o", str(out)]) == 1
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(r["target_id"], r["by"], r["why"]) for r in rows] == [("c1", "Ann and Ben", "seen")]
    told = capsys.readouterr().err
    assert "They agree on 1 of 2 decisions that both made (50 %)." in told
    assert "claim c2: Ann accepts (seen); Ben rejects (a namesake)" in told


def test_without_a_conflict_the_command_is_done(tmp_path):
    a = table(tmp_path / "a.csv", "claim,c1,accept,,,Ann,seen,2031-05-10")
    b = table(tmp_path / "b.csv", "claim,c2,accept,,,Ben,seen,2031-05-10")
    assert cli.main(["corrections", "merge", str(a), str(b), "-o", str(tmp_path / "c.csv")]) == 0
