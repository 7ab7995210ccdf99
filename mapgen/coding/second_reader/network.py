"""Run the network of the second reader with numpy alone.

The network is a BERT encoder of six layers (all-MiniLM-L6-v2, Apache-2.0, trained further on the
texts in ``training/``) with a head that says what each marked span is. ``training/train.py`` makes
its weights.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from mapgen.coding.second_reader.labels import LABELS, labels_of
from mapgen.coding.second_reader.wordpiece import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from mapgen.coding.second_reader.marked import Span, Window

    Array = NDArray[np.float32]

_BATCH = 16  # windows that are read together
_TINY = np.float32(1e-12)
_STEEPNESS = np.float32(1.702)  # of the sigmoid that stands for the normal distribution in GELU
_COLUMN = {label: n for n, label in enumerate(LABELS)}
_DECIMALS = 3  # probabilities are rounded, so that processors that differ in the last bits agree


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of the spans of a window.

    Parameters
    ----------
    spans
        The spans.
    probabilities
        For each span the probability of each label that fits its kind.
    """

    spans: tuple[Span, ...]
    probabilities: tuple[dict[str, float], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The weights of the network, by name, and its vocabulary."""

    weights: Mapping[str, Array]
    vocabulary: Vocabulary
    layers: int
    heads: int

    def read(self, windows: Sequence[Window]) -> list[Reading]:
        """Return what the network says of each window, in their order."""
        order = sorted(range(len(windows)), key=lambda i: len(windows[i].pieces))
        readings: dict[int, Reading] = {}
        for batch in _batches(order):
            states = self._states([windows[i].pieces for i in batch])
            readings.update({i: self._judge(windows[i], states[k]) for k, i in enumerate(batch)})
        return [readings[i] for i in range(len(windows))]

    def _linear(self, x: Array, name: str) -> Array:
        result: Array = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _normed(self, x: Array, name: str) -> Array:
        mean = x.mean(-1, keepdims=True)
        apart = x - mean
        spread = np.sqrt((apart * apart).mean(-1, keepdims=True) + _TINY)
        result: Array = apart / spread * self.weights[f"{name}.weight"]
        result += self.weights[f"{name}.bias"]
        return result

    def _states(self, pieces: Sequence[Sequence[int]]) -> Array:
        """Return the states of the last layer: windows, pieces, dimensions."""
        longest = max(map(len, pieces))
        numbers = np.zeros((len(pieces), longest), dtype=np.int64)
        outside = np.ones((len(pieces), 1, 1, longest), dtype=np.float32)
        for k, window in enumerate(pieces):
            numbers[k, : len(window)] = window
            outside[k, ..., : len(window)] = 0
        outside *= np.float32(-1e9)
        x: Array = self.weights["words"][numbers] + self.weights["positions"][:longest]
        x = self._normed(x, "norm")
        for n in range(self.layers):
            x = self._normed(x + self._attended(x, outside, n), f"{n}.attended")
            wide = self._linear(x, f"{n}.wide")
            wide /= 1 + np.exp(-_STEEPNESS * wide)
            x = self._normed(x + self._linear(wide, f"{n}.narrow"), f"{n}.out")
        return x

    def _attended(self, x: Array, outside: Array, layer: int) -> Array:
        rows, pieces, size = x.shape
        each = size // self.heads
        shape = (rows, pieces, 3, self.heads, each)
        joint = self._linear(x, f"{layer}.attend").reshape(shape).transpose(2, 0, 3, 1, 4)
        scores = joint[0] @ joint[1].swapaxes(-1, -2) / np.float32(each**0.5) + outside
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        mixed = (scores @ joint[2]).transpose(0, 2, 1, 3).reshape(rows, pieces, size)
        return self._linear(mixed, f"{layer}.mixed")

    def _judge(self, window: Window, states: Array) -> Reading:
        first, last = states[list(window.first)], states[list(window.last)]
        before = np.broadcast_to(states[window.before], first.shape)
        hidden = self._linear(np.concatenate([first, last, before], -1), "head.hidden")
        hidden /= 1 + np.exp(-_STEEPNESS * hidden)
        chances = _probability(self._linear(hidden, "head.labels"))
        told = tuple(
            _rounded(labels_of(span.kind), row)
            for span, row in zip(window.spans, chances, strict=True)
        )
        return Reading(window.spans, told)


def _batches(order: Sequence[int]) -> Iterator[Sequence[int]]:
    for k in range(0, len(order), _BATCH):
        yield order[k : k + _BATCH]


def _probability(x: Array) -> Array:
    result: Array = (1 / (1 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)
    return result


def _rounded(labels: Sequence[str], row: Array) -> dict[str, float]:
    return {label: round(float(row[_COLUMN[label]]), _DECIMALS) for label in labels}


def unpacked(stored: Mapping[str, NDArray[np.generic]]) -> dict[str, Array]:
    """Return weights as numbers of 32 bits.

    A matrix is stored as whole numbers from -127 to 127 with one scale per row, under ``NAME`` and
    ``NAME/scale``; everything else is stored as it is.
    """
    weights = {}
    for name, values in stored.items():
        if name.endswith("/scale"):
            continue
        whole = values.astype(np.float32)
        scale = stored.get(f"{name}/scale")
        weights[name] = whole if scale is None else whole * scale.astype(np.float32)[:, None]
    return weights


@functools.cache
def network() -> Network:
    """Return the network that comes with the package, loaded once."""
    folder = resources.files("mapgen") / "data" / "second_reader"
    about = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    known = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
    with resources.as_file(folder / "weights.npz") as path, np.load(path) as stored:
        weights = unpacked(stored)
    return Network(weights, Vocabulary(known), about["layers"], about["heads"])
