"""Why a claim was made as it was: records inside, texts in files."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapgen.reasons import Reason, ReasonKind, reason_of, reason_text, trigger_reason

ROOT = Path(__file__).parents[2]
WITH_WORDS = [ReasonKind.KIND, ReasonKind.STATUS, ReasonKind.CODER]
HOME = "mapgen/reasons.py"
HEADS = "|".join(kind.value for kind in ReasonKind)
FORM = re.compile(rf"(?:{HEADS}):(?:$|\S.*)", re.DOTALL)

likely = st.builds(
    "".join,
    st.lists(st.sampled_from([*ReasonKind, ":", " ", "because of", "“could”", "12", "a"])),
)


@given(st.one_of(st.text(), likely))
@example("status: negated: denied")
@example("status:negated:")
@example("kind:as the model reads it: the lexicon has no word of it")
@example("other:place:x")
def test_any_text_is_written_back_as_it_was_read(text: str) -> None:
    assert reason_text(reason_of(text)) == text


@given(st.sampled_from(WITH_WORDS), st.from_regex(r"[a-z_]+", fullmatch=True), st.text(min_size=1))
def test_a_reason_with_words_is_read_back_as_it_was_made(
    what: ReasonKind, how: str, words: str
) -> None:
    made = Reason(what, how, words)
    assert reason_text(made) == f"{what.value}:{how}:{words}"
    assert reason_of(reason_text(made)) == made


@given(
    st.sampled_from([k for k in ReasonKind if k not in {*WITH_WORDS, ReasonKind.OTHER}]),
    st.text(),
)
def test_a_reason_without_words_is_read_back_as_it_was_made(what: ReasonKind, how: str) -> None:
    made = Reason(what, how)
    assert reason_text(made) == f"{what.value}:{how}"
    assert reason_of(reason_text(made)) == made


@pytest.mark.parametrize(
    ("text", "what", "how", "words"),
    [
        ("kind:control_change:seize", ReasonKind.KIND, "control_change", "seize"),
        ("kind:clash", ReasonKind.KIND, "clash", ""),
        ("status:negated:It hasn't: no", ReasonKind.STATUS, "negated", "It hasn't: no"),
        ("status:hypothetical because of “could”", ReasonKind.STATUS, "hypothetical", "“could”"),
        ("status: historical: in 2015", ReasonKind.STATUS, "historical", "in 2015"),
        ("from:inferred", ReasonKind.FROM, "inferred", ""),
        (
            "coder:llm:small at http://localhost:8080",
            ReasonKind.CODER,
            "llm",
            "small at http://localhost:8080",
        ),
        ("figure:left out: not of people", ReasonKind.FIGURE, "left out: not of people", ""),
        ("seen by the desk", ReasonKind.OTHER, "seen by the desk", ""),
        ("desk:checked:twice", ReasonKind.OTHER, "desk:checked:twice", ""),
    ],
)
def test_texts_say_what_decided(text: str, what: ReasonKind, how: str, words: str) -> None:
    found = reason_of(text)
    assert (found.what, found.how, found.words) == (what, how, words)


def test_only_a_trigger_has_a_span() -> None:
    assert trigger_reason(12, 18).span == (12, 18)
    assert reason_of("trigger:12:18") == trigger_reason(12, 18)
    assert reason_of("trigger:12").span is None
    assert reason_of("place:12:18").span is None


@pytest.mark.parametrize(
    ("what", "how", "words"),
    [
        (ReasonKind.PLACE, "the country", "Syria"),  # a place has no words
        (ReasonKind.KIND, "not one word", "seize"),
        (ReasonKind.KIND, "strike:shell", ""),  # would be read as kind and word
        (ReasonKind.OTHER, "from:inferred", ""),  # would be read as a reason of known form
    ],
)
def test_a_reason_that_no_text_stands_for_is_refused(
    what: ReasonKind, how: str, words: str
) -> None:
    with pytest.raises(ValueError, match="no text can be written"):
        Reason(what, how, words)


def reason_texts(source: str) -> list[str]:
    """Return what in a module looks like the text of a reason, or takes one from a claim."""
    found = []
    tree = ast.parse(source)
    joined = [n for n in ast.walk(tree) if isinstance(n, ast.JoinedStr)]
    later = {id(part) for n in joined for part in n.values[1:]}  # an f-string: by how it begins
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in later:
            if FORM.fullmatch(node.value):
                found.append(node.value)
        elif isinstance(node, ast.Attribute) and node.attr == "rules":
            found.append(ast.unparse(node))
    return found


def test_texts_of_reasons_are_seen() -> None:
    assert reason_texts('x = [r for r in c.rules if r.startswith("kind:")]') == ["c.rules", "kind:"]
    assert reason_texts('y = f"status:{s}:{w}"') == ["status:"]
    assert reason_texts('z = "from:inferred"') == ["from:inferred"]
    assert reason_texts('label = "kind: of event"; r.reasons; u = f"{a}:kind"') == []


def test_only_the_home_of_reasons_knows_their_texts() -> None:
    writers = {"mapgen/claims/claims_file.py": ["claim.rules"]}
    writers["mapgen/situation/explain.py"] = ["claim.rules"]
    found = {
        path.relative_to(ROOT).as_posix(): texts
        for path in sorted(ROOT.glob("mapgen/**/*.py"))
        if (texts := reason_texts(path.read_text(encoding="utf-8")))
    }
    found.pop(HOME, None)
    assert found == writers
