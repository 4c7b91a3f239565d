"""A sentence encoder's states -> a small network that gives them too: where training starts.

The network learns two layers of the encoder at each piece, and its sentence vector from the mean
over the text, which is what the category head reads. Any text will do; no label is used.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import torch
from thinc.api import Config
from torch import Tensor, nn
from torch.nn import functional

from spacy_privacy_filter.checkpoints.checkpoint import Checkpoint
from spacy_privacy_filter.checkpoints.registry import NATIVE, write_checkpoint
from spacy_privacy_filter.checkpoints.sizes import TAG_HEAD, NetworkConfig
from spacy_privacy_filter.checkpoints.tensors.safetensors import StoredTensor
from spacy_privacy_filter.corpus.rows import read_objects
from spacy_privacy_filter.labels.tags import OPENAI_LABELS, TagSet
from spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone import TorchBackbone
from spacy_privacy_filter.networks.openai_privacy_filter.torch.weights import from_torch
from spacy_privacy_filter.text.o200k import encode_batch
from spacy_privacy_filter.types import Ints1d, Pieces

from .encoder import SentenceEncoder, find_encoder

# The middle of the encoder knows more of names and word classes, its end more of what it is about.
LAYERS = (3, 6)
LONGEST = 900  # characters of a text; the encoder reads 256 word pieces
N_MEASURED = 400  # texts whose states set the scale of the targets


class Batch(NamedTuple):
    """Texts end to end, with what the encoder says of them.

    ids, positions, segments (Tensor): As in `types.PackedBatch`. Shape: (n,).
    targets (Tensor): States of LAYERS, side by side. Shape: (n, 2 * encoder width).
    known (Tensor): Pieces that the encoder has read. Shape: (n,), bool.
    sentences (Tensor): The encoder's sentence vectors. Shape: (n_texts, encoder width).
    """

    ids: Tensor
    positions: Tensor
    segments: Tensor
    targets: Tensor
    known: Tensor
    sentences: Tensor


class Student(nn.Module):
    """The network, and a map from its states to the encoder's that is thrown away afterwards."""

    def __init__(self, config: NetworkConfig, encoder_width: int) -> None:
        super().__init__()
        self.backbone = TorchBackbone(config, dropout=0.0)
        self.backbone.init_weights()
        self.to_states = nn.Linear(config.width, len(LAYERS) * encoder_width)
        self.to_sentence = nn.Linear(config.width, encoder_width)

    def forward(self, batch: Batch, scale: Scale) -> tuple[Tensor, Tensor, Tensor]:
        """RETURNS: Loss at the pieces and of the sentences, in variances; the imbalance."""
        hidden, imbalance = self.backbone(batch.ids, batch.positions, batch.segments)
        states = self.to_states(hidden[batch.known])
        piece_loss = functional.mse_loss(states, scale.states(batch.targets[batch.known]))
        n_texts = len(batch.sentences)
        sums = hidden.new_zeros(n_texts, hidden.shape[1]).index_add(0, batch.segments, hidden)
        means = sums / batch.segments.bincount(minlength=n_texts)[:, None]
        sentence_loss = functional.mse_loss(
            self.to_sentence(means), scale.sentences(batch.sentences)
        )
        return piece_loss, sentence_loss, imbalance


@dataclass
class Scale:
    """Mean and spread of the targets, each number on its own. Shapes: (width,)."""

    state_mean: Tensor
    state_std: Tensor
    sentence_mean: Tensor
    sentence_std: Tensor

    @classmethod
    def of(cls, batch: Batch) -> Scale:
        """Measure some texts."""
        states = batch.targets[batch.known]
        return cls(states.mean(0), states.std(0), batch.sentences.mean(0), batch.sentences.std(0))

    def states(self, values: Tensor) -> Tensor:
        """Bring states to mean 0 and spread 1."""
        return (values - self.state_mean) / self.state_std

    def sentences(self, values: Tensor) -> Tensor:
        """Bring sentence vectors to mean 0 and spread 1."""
        return (values - self.sentence_mean) / self.sentence_std


def make_batch(texts: Sequence[str], encoder: SentenceEncoder) -> Batch:
    """Run the encoder over texts, and lay its states to the pieces of our vocabulary."""
    found = encoder.states(texts, LAYERS)
    pieces = encode_batch(texts)
    targets, known = [], []
    for text, own, (states, word_starts, word_ends) in zip(texts, pieces, found, strict=True):
        words = np.full(len(text), -1)
        for i, (start, end) in enumerate(zip(word_starts, word_ends, strict=True)):
            words[start:end] = i
        first, last = _words_at(words, own)
        targets.append((states[first] + states[last]) / 2)
        known.append(torch.from_numpy(first >= 0))
    sizes = [len(own) for own in pieces]
    return Batch(
        torch.from_numpy(np.concatenate([own.ids for own in pieces]).astype(np.int64)),
        torch.cat([torch.arange(size) for size in sizes]),
        torch.repeat_interleave(torch.arange(len(texts)), torch.tensor(sizes)),
        torch.cat(targets),
        torch.cat(known),
        torch.stack([states[:, -encoder.width :].mean(0) for states, _, _ in found]),
    )


def _words_at(words: Ints1d, pieces: Pieces) -> tuple[Ints1d, Ints1d]:
    """Find the first and the last word piece that each piece lies on; -1 where there is none.

    words (Ints1d): The word piece of each character, -1 for none. Shape: (n_chars,).
    """
    seen = words >= 0
    before = np.concatenate([[0], np.cumsum(seen)])  # characters of word pieces before each offset
    listed = np.append(words[seen], -1)
    first, last = before[pieces.starts], before[pieces.ends]
    none = last <= first
    return np.where(none, -1, listed[first]), np.where(none, -1, listed[last - 1])


def read_texts(paths: Sequence[Path]) -> list[str]:
    """Read the texts of JSONL rows, cut where they are long; blank ones are left out."""
    texts = []
    for path in paths:
        for where, values in read_objects(path):
            if not isinstance(values.get("text"), str):
                raise ValueError(f"{where}: 'text' must be a string.")
            texts += [part for part in cut(values["text"]) if part.strip()]
    if not texts:
        raise ValueError("There is no text to learn from. Give JSONL files with a 'text' per line.")
    return texts


def cut(text: str) -> Iterator[str]:
    """Cut a text into parts of at most LONGEST characters, where possible after a blank."""
    while len(text) > LONGEST:
        end = text.rfind(" ", LONGEST // 2, LONGEST) + 1 or LONGEST
        yield text[:end]
        text = text[end:]
    yield text


def batches(texts: Sequence[str], n_chars: int, rng: Random) -> Iterator[list[str]]:
    """Deal texts out in random order, about so many characters at a time, for ever."""
    while True:
        batch: list[str] = []
        for i in rng.sample(range(len(texts)), len(texts)):
            batch.append(texts[i])
            if sum(map(len, batch)) >= n_chars:
                yield batch
                batch = []
        if batch:
            yield batch


def distil(
    texts: Sequence[str],
    encoder: SentenceEncoder,
    config: NetworkConfig,
    embeddings: np.ndarray,
    *,
    n_steps: int,
    n_chars: int = 12_000,
    rate: float = 2e-3,
    seed: int = 0,
    tell: Callable[[str], None],
) -> TorchBackbone:
    """Train a network to give an encoder's states.

    texts (Sequence[str]): Any texts.
    encoder (SentenceEncoder): The teacher.
    config (NetworkConfig): Sizes of the network.
    embeddings (np.ndarray): Its piece embeddings to start from. Shape: (vocab_size, width).
    n_steps, n_chars (int): How many steps, of about how many characters.
    rate (float): Highest learning rate; the embeddings get 0.3 of it.
    RETURNS (TorchBackbone): The trained network.
    """
    torch.manual_seed(seed)
    rng = Random(seed)
    student = Student(config, encoder.width)
    with torch.no_grad():
        student.backbone.embedding.weight.copy_(torch.from_numpy(embeddings))
    sample = rng.sample(list(texts), min(N_MEASURED, len(texts)))
    scale = Scale.of(make_batch(sample, encoder))
    table = student.backbone.embedding.weight
    rest = [weight for weight in student.parameters() if weight is not table]
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(rest, lr=rate, betas=(0.9, 0.98), weight_decay=0.01),
        torch.optim.SparseAdam([table], lr=0.3 * rate, betas=(0.9, 0.98)),
    ]
    plans = [
        torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: plan(step, n_steps))
        for optimizer in optimizers
    ]
    student.train()
    start, mean = time.monotonic(), np.zeros(3)
    for step, batch_texts in enumerate(batches(texts, n_chars, rng), start=1):
        losses = student(make_batch(batch_texts, encoder), scale)
        (losses[0] + losses[1] + 0.01 * losses[2]).backward()
        nn.utils.clip_grad_norm_(rest, 1.0)
        for optimizer, schedule in zip(optimizers, plans, strict=True):
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
        mean += (np.array([float(loss.detach()) for loss in losses]) - mean) / min(step, 100)
        if step % 100 == 0:
            figures = "{:.3f} pieces, {:.3f} sentences, {:.2f} imbalance".format(*mean)
            tell(f"step {step}: {figures}, {time.monotonic() - start:.0f} s")
        if step >= n_steps:
            return student.backbone.eval()
    raise AssertionError("batches() never ends")


def plan(step: int, n_steps: int) -> float:
    """Share of the learning rate: a short warm-up, then a cosine down to 0."""
    warm_up = max(n_steps // 20, 1)
    if step < warm_up:
        return (step + 1) / warm_up
    return 0.5 + 0.5 * math.cos(math.pi * min(step / n_steps, 1.0))


def save(backbone: TorchBackbone, folder: Path) -> None:
    """Write a checkpoint with a fresh tag head, for the `source` of a pipeline to be trained."""
    tags = TagSet.from_labels(OPENAI_LABELS)
    tensors = {name: from_torch(weight) for name, weight in backbone.state_dict().items()}
    width = backbone.config.width
    for name, shape in (("weight", (len(tags), width)), ("bias", (len(tags),))):
        tensors[f"{TAG_HEAD}.{name}"] = StoredTensor.from_float32(np.zeros(shape, dtype="f"))
    write_checkpoint(folder, Checkpoint(NATIVE, backbone.config, tensors, tags=tags))


def say(line: str) -> None:
    """Tell how far it is, also through a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Distil from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path, help="training config with the sizes of the network")
    parser.add_argument("embeddings", type=Path, help=".npy of piece embeddings")
    parser.add_argument("out", type=Path, help="folder for the checkpoint")
    parser.add_argument("texts", type=Path, nargs="+", help="JSONL files whose rows have a text")
    parser.add_argument("--encoder", type=Path, help="folder of a BERT encoder")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    model = Config().from_disk(given.config)["components"]["privacy_filter"]["model"]
    config = NetworkConfig.from_dict(model["backbone"]["network"])
    encoder = SentenceEncoder(given.encoder or find_encoder(), dtype=torch.bfloat16)
    texts = read_texts(given.texts)
    say(f"{len(texts)} texts, {sum(map(len, texts))} characters")
    vectors = np.load(given.embeddings, allow_pickle=False)
    backbone = distil(
        texts, encoder, config, vectors, n_steps=given.steps, seed=given.seed, tell=say
    )
    save(backbone, given.out)


if __name__ == "__main__":
    main()
