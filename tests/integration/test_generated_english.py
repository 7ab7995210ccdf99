"""Every sentence that mapgen writes itself reads as a newsroom would write it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import mapgen
from gazetteer import Gazetteer
from mapgen.export.report.content import report_of
from mapgen.export.report.markdown import markdown
from mapgen.situation.explain import explain
from mapgen.situation.shown import shown
from tests.integration.story_table import CORRECTIONS, DISPATCHES

ROOT = Path(__file__).parents[2]

# Invented. Each strains another part of the wording: claims and denials, totals by a count, an
# unknown village, undated news with a distance, and much that is only planned or feared.
INVENTED = {
    "claims-and-denials": """---
published_on: 2031-05-12
---
Hayat Tahrir al-Sham captured the town of Morek from the Syrian army on Sunday. The rebels also
said they had taken Khan Shaykhun. The Syrian army denied that Khan Shaykhun had fallen. Fighting
raged in Saraqib. Warplanes bombed Saraqib and Maarat al-Numan. Shelling killed nine civilians in
Ariha, the Syrian Observatory for Human Rights (SOHR) said.
""",
    "people-on-the-move": """---
published_on: 2031-05-13
---
Government forces shelled Morek. About 12,000 people fled from Morek to Hama on Monday, the mayor
of Hama said. Fighting between rebels and the army drove residents out of Saraqib. More than 300,000
people have been displaced in Syria, according to the United Nations. Residents fled Saraqib for
Idlib. Families returned to Ariha on Tuesday. Hundreds of families left Ariha for the coast.
""",
    "unknown-village": """---
published_on: 2031-05-14
---
Rebels captured the village of Qasr Dhahabi Bala near Homs, the Ministry of Defence said. Government
forces withdrew from Salamiyah. Reinforcements reached Masyaf, state television reported. Both sides
said on Tuesday that they hold Talbisseh. The army controls Hama.
""",
    "no-day-printed": """Hayat Tahrir al-Sham fighters are five kilometres from Homs, SOHR said.
They besieged Rastan and advanced in the countryside of Hama province. If Homs falls, the road
between Damascus and the coast would be cut. The road through Homs from Damascus to Tartus is
still open.
""",
    "only-spoken-of": """---
published_on: 2031-05-15
---
Hayat Tahrir al-Sham may attack Homs next week. The army could withdraw from Palmyra. A spokesman
rejected reports that Rastan had been captured. In 2016, the army recaptured Palmyra. The army said
it had repelled an attack on Masyaf. Hundreds fled, the mayor of Masyaf and the UN said.
""",
}
OTHERS_WORDS = {"text", "quotes", "names", "base", "words", "url", "inputs", "towns", "shapes"}


def paths_of(case: str, folder: Path) -> list[Path]:
    if case == "seeds":
        return sorted(ROOT.glob("seeds/homs-*.md"))
    if case.startswith("story"):
        return DISPATCHES
    path = folder / f"{case}.md"
    path.write_text(INVENTED[case], encoding="utf-8")
    return [path]


@pytest.fixture(scope="module", params=["seeds", "story", "story-corrected", *INVENTED])
def read(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    paths = paths_of(request.param, folder)
    more = {"baseline": ROOT / "seeds" / "baseline.csv"} if request.param == "seeds" else {}
    if request.param == "story-corrected":
        more = {"corrections": CORRECTIONS}
    situation = mapgen.build(paths, **more)
    with Gazetteer.open() as gazetteer:
        report = markdown(report_of(shown(situation, gazetteer, situation.settings)))
    page = re.search(r'id="mg-data">(.*?)</script>', situation.to_html(), re.DOTALL)
    data = json.loads(page[1])
    generated = [*strings(data), *prose(report), *reasons(situation)]
    articles = " ".join(p.read_text(encoding="utf-8") for p in paths)
    return [without_quotes(s) for s in generated], articles + " ".join(names(data))


def strings(value: object, key: str = "") -> list[str]:
    """Return all sentences in page data, but not what articles and tables say."""
    if isinstance(value, str):
        return [value] if " " in value.strip() or value != value.strip() else []
    if isinstance(value, dict):
        return [s for k, v in value.items() if k not in OTHERS_WORDS for s in strings(v, k)]
    if isinstance(value, list):
        return [s for v in value for s in strings(v, key)]
    return []


def names(data: dict) -> list[str]:
    return [side["name"] for side in data["sides"].values()]


def prose(report: str) -> list[str]:
    """Return the lines of a report in Markdown without the tables, which quote articles."""
    lines = [line for line in report.splitlines() if not line.startswith("|")]
    return [re.sub(r"\\(.)", r"\1", line) for line in lines if not line.startswith("![")]


def reasons(situation: mapgen.Situation) -> list[str]:
    """Return what ``mapgen explain`` says of each sentence and claim; not the codes under it."""
    with Gazetteer.open() as gazetteer:
        lines = list(explain(shown(situation, gazetteer, situation.settings), width=5000))
    return [line[4:] for line in lines if line.startswith(("  - ", "  * "))]


def without_quotes(sentence: str) -> str:
    return re.sub(r"“[^”]+”", "“…”", sentence)


def test_no_punctuation_is_doubled_and_no_bracket_is_empty(read):
    sentences, _ = read
    wrong = re.compile(
        r"\.\.|,,|;;|::|[,;:][.]|[.,][,;:]|  | [.,;:!?)]|\( |\(\W*\)|\[\s*\]|“\s*”|^[,;.]|^\s|\s$"
    )
    assert [s for s in sentences if wrong.search(s)] == []


def test_no_word_is_repeated(read):
    sentences, _ = read
    assert [s for s in sentences if re.search(r"\b([A-Za-z]+) \1\b", s, re.IGNORECASE)] == []


def test_a_clause_after_a_semicolon_begins_with_a_capital_only_for_a_name(read):
    sentences, articles = read
    # What stands with a capital inside a sentence of an article, or of a table of names, is a name.
    is_name = {m[1] for m in re.finditer(r"(?<=[\w,(] )([A-Z][\w’'-]*)", articles)}
    found = [(m[1], s) for s in sentences for m in re.finditer(r"; ([A-Z][\w’'-]*)", s)]
    assert [pair for pair in found if pair[0] not in is_name and not pair[0].isupper()] == []


def test_no_jargon_and_nothing_past_as_present(read):
    sentences, _ = read
    wrong = re.compile(
        r"\b(?:are leaving|inferred day|day inferred|by the account of|by the count of|no happening"
        r"|is told|are told|was told|not told|tells? of|told to|spoken of|in no list)\b"
    )
    assert [s for s in sentences if wrong.search(s)] == []
