"""Which words of a sentence a claim rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import ClaimDraft
    from mapgen.reading.passages import Passage

_CUT_DEPS = {"advcl", "conj", "ccomp", "relcl", "parataxis", "punct", "cc", "mark", "csubj"}


def quote_of(draft: ClaimDraft, passage: Passage) -> tuple[int, int]:
    """Return the offsets of the clause a claim rests on: the trigger with its arguments."""
    keep = {draft.trigger.i, *(a.i for a in draft.anchors)}
    for top in [draft.trigger, *draft.anchors]:
        stack = [top]
        while stack:
            cur = stack.pop()
            keep.add(cur.i)
            stack += [
                c
                for c in cur.children
                if c.dep_ not in _CUT_DEPS
                or (
                    c.dep_ == "conj"
                    and c.pos_ not in {"VERB", "AUX"}
                    and cur.pos_ not in {"VERB", "AUX"}
                )
            ]
    sent = draft.trigger.sent
    ids = [i for i in keep if sent.start <= i < sent.end]
    start = min(passage.starts[i] for i in ids)
    end = max(passage.ends[i] for i in ids)
    lo, hi = passage.bounds(sent)
    for p in draft.places if not any(r.startswith("place:") for r in draft.rules) else ():
        if lo <= p.start and p.end <= hi and p.surface:
            start, end = min(start, p.start), max(end, p.end)
    if draft.figure is not None:
        start = min(start, lo + draft.figure.start)
        end = max(end, lo + draft.figure.end)
    while start < end and passage.text[start] in " ,;—–-":
        start += 1
    while end > start and passage.text[end - 1] in " ,;—–-":
        end -= 1
    return start, end


def with_words(
    start: int, end: int, words: str, trigger: Token, passage: Passage
) -> tuple[int, int]:
    """Widen a quote to the words that decided its status, and to the end of their clause."""
    lo, hi = passage.bounds(trigger.sent)
    found = [lo + m.start() for m in re.finditer(re.escape(words), passage.text[lo:hi])]
    if not found:
        return start, end
    at = min(found, key=lambda i: abs(i - start))
    if start <= at < end:
        return start, end
    stop = re.search(r"[,;—.?!:]|[”\"]", passage.text[at + len(words) : hi])
    return min(start, at), max(
        end,
        at + len(words) + (stop.start() if stop else hi - at - len(words)) if at > start else end,
    )
