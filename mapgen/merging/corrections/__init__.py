"""Read an analyst's corrections, apply them to claims, and report what they changed.

A file of corrections comes in (`rows`). Corrected claims and decisions go out (`applying`), with
texts for the reader (`wording`).
"""

from mapgen.merging.corrections.applying import Corrected, apply_corrections, situation_with
from mapgen.merging.corrections.merging import MergedCorrections, merge_corrections
from mapgen.merging.corrections.rows import read_corrections
from mapgen.merging.corrections.wording import counted, decision_text

__all__ = [
    "Corrected",
    "MergedCorrections",
    "apply_corrections",
    "counted",
    "decision_text",
    "merge_corrections",
    "read_corrections",
    "situation_with",
]
