"""Mark captures whose sentence goes on with what failed: "X captured Y but could not take Z".

Drafts of a sentence come in and go out. The second reader, which weighs the sentence as a whole,
would take Y for a town that was not captured either; so the reason says that the words are plain.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.model import Kind
from mapgen.reasons import PLAIN, Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import ClaimDraft


def but_no_further(drafts: Sequence[ClaimDraft]) -> list[ClaimDraft]:
    """Return the drafts, where a plain capture beside a failure says that it is plain.

    Parameters
    ----------
    drafts
        What a sentence says.
    """
    plain = Reason(ReasonKind.WORDS, PLAIN)
    return [replace(d, reasons=[*d.reasons, plain]) if _is_told(d) else d for d in drafts]


def _is_told(draft: ClaimDraft) -> bool:
    """Whether a capture is told by a finite verb, and only the verb joined to it fails."""
    verb = draft.trigger
    if draft.kind is not Kind.CONTROL_CHANGE or draft.actor is None or verb.tag_ != "VBD":
        return False
    if _not_another(verb):
        return True
    but = any(c.lower_ in {"but", "yet"} for c in kids(verb, "cc"))
    return but and not kids(verb, "neg") and any(_fails(c) for c in kids(verb, "conj"))


def _not_another(verb: Token) -> bool:
    """Whether another town is excluded behind the one taken: "took X, not Y", "X but not Y"."""
    if kids(verb, "neg"):
        return False
    behind = (t for o in kids(verb, "dobj") for t in o.subtree if t.i > o.i)
    return any(t.lower_ == "not" and t.i + 1 < t.sent.end and t.nbor(1).is_title for t in behind)


def _fails(verb: Token) -> bool:
    """Whether a verb says that something did not come about."""
    unable = any(c.lower_ == "unable" for c in kids(verb, "acomp"))
    return verb.lemma_ == "fail" or unable or bool(kids(verb, "neg"))
