"""The sentence encoder against transformers' BERT, and a network that learns its states."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
tokenizers = pytest.importorskip("tokenizers", reason="needs tokenizers, to make an encoder")
transformers = pytest.importorskip("transformers", reason="needs transformers, to make an encoder")

from recipes.small import distil as d  # noqa: E402
from recipes.small.encoder import SentenceEncoder  # noqa: E402
from recipes.small.large_encoder import LargeEncoder  # noqa: E402
from spacy_privacy_filter.checkpoints.registry import read_checkpoint  # noqa: E402
from spacy_privacy_filter.checkpoints.sizes import NetworkConfig  # noqa: E402
from spacy_privacy_filter.labels.tags import OPENAI_LABELS  # noqa: E402
from spacy_privacy_filter.networks.openai_privacy_filter.torch.backbone import TorchBackbone  # noqa: E402

WORDS = "the a cat dog bird sat ran flew on over under mat tree house and but , . !".split()


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small BERT with random weights that are far from their first values."""
    folder = tmp_path_factory.mktemp("bert")
    vocab = {word: i for i, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocab, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    tokenizer.normalizer = tokenizers.normalizers.BertNormalizer()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(vocab),
        hidden_size=32,
        num_hidden_layers=6,
        num_attention_heads=4,
        intermediate_size=48,
        initializer_range=0.1,
    )
    model = transformers.BertModel(config, add_pooling_layer=False).eval()
    model.save_pretrained(folder)
    return folder


def texts(n: int, seed: int) -> list[str]:
    rng = np.random.default_rng(seed)
    return [" ".join(rng.choice(WORDS, rng.integers(3, 12))) for _ in range(n)]


def test_the_encoder_is_bert(bert: Path) -> None:
    reference = transformers.BertModel.from_pretrained(bert, add_pooling_layer=False).eval()
    encoder = SentenceEncoder(bert)
    for text, (states, starts, ends) in zip(
        texts(5, 1), encoder.states(texts(5, 1), (3, 6)), strict=True
    ):
        (ids,) = encoder.word_pieces([text], special=True)
        with torch.inference_mode():
            out = reference(torch.tensor([ids]), output_hidden_states=True).hidden_states
        wanted = torch.cat([out[3], out[6]], dim=-1)[0, 1:-1]
        torch.testing.assert_close(states, wanted, atol=1e-5, rtol=1e-5)
        found = [text[a:b] for a, b in zip(starts, ends, strict=True)]
        assert found == text.split()


@pytest.mark.parametrize("n_pieces", [1, 40, 4096])
def test_any_encoder_of_transformers_gives_the_mean_of_its_states(
    bert: Path, n_pieces: int
) -> None:
    """Whatever lies beside a text in its batch."""
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(bert / "tokenizer.json"),
        pad_token="[PAD]",
        model_input_names=["input_ids"],
    )
    fast.save_pretrained(bert)
    some = texts(9, 3)
    found = LargeEncoder(bert).encode(some, n_pieces)
    wanted = SentenceEncoder(bert).encode(some, n_pieces)
    assert found.shape == (9, 32)
    # it runs in bfloat16
    np.testing.assert_allclose(found, wanted, atol=0.06)
    assert np.abs(wanted[0] - wanted[1]).max() > 0.5


def test_targets_lie_on_the_pieces_of_their_words(bert: Path) -> None:
    encoder = SentenceEncoder(bert)
    batch = d.make_batch(["cat  sat", "中 dog"], encoder)
    states = [found for found, _, _ in encoder.states(["cat  sat", "中 dog"], d.LAYERS)]
    assert batch.segments.tolist() == sorted(batch.segments.tolist())
    first, last = batch.targets[0], batch.targets[-1]
    torch.testing.assert_close(first, states[0][0])
    torch.testing.assert_close(last, states[1][-1])
    # every piece with a visible character that the encoder has read is known
    assert batch.known.sum() >= 4


def test_a_network_learns_the_encoders_states(bert: Path) -> None:
    """What was distilled tells more of the encoder's states in texts that it has not seen."""
    encoder = SentenceEncoder(bert)
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(200064, 32)).astype("f")
    config = NetworkConfig.from_dict(NETWORK)
    told: list[str] = []

    def run(n_steps: int) -> TorchBackbone:
        return d.distil(
            texts(600, 2), encoder, config, vectors, n_steps=n_steps, n_chars=700, rate=1e-2,
            tell=told.append,
        )  # fmt: skip

    before, after = explained(run(1), encoder), explained(run(80), encoder)
    assert after > before + 0.1
    assert not told  # a line every hundred steps


def test_the_command_writes_a_checkpoint_to_train_from(bert: Path, tmp_path: Path) -> None:
    config = tmp_path / "tiny.cfg"
    config.write_text(CONFIG, encoding="utf8")
    np.save(tmp_path / "vectors.npy", np.ones((200064, 32), dtype="f"))
    rows = "".join(json.dumps({"text": text}) + "\n" for text in texts(20, 2))
    (tmp_path / "texts.jsonl").write_text(rows, encoding="utf8")
    names = [config, tmp_path / "vectors.npy", tmp_path / "out", tmp_path / "texts.jsonl"]
    d.main([*map(str, names), "--encoder", str(bert), "--steps", "2"])
    learnt = read_checkpoint(tmp_path / "out")
    assert learnt.config == NetworkConfig.from_dict(NETWORK)
    assert learnt.tags is not None
    assert set(learnt.tags.labels) == set(OPENAI_LABELS)


def explained(backbone: TorchBackbone, encoder: SentenceEncoder) -> float:
    """Share of the encoder's variance that a linear map of the network's states gives, unseen."""
    found = []
    for seed in (3, 4):
        batch = d.make_batch(texts(150, seed), encoder)
        with torch.inference_mode():
            hidden, _ = backbone.eval()(batch.ids, batch.positions, batch.segments)
        found.append((hidden[batch.known].double(), batch.targets[batch.known].double()))
    (x, y), (x_new, y_new) = found
    solution = torch.linalg.lstsq(x, y - y.mean(0)).solution
    rest = (x_new @ solution - (y_new - y.mean(0))).square().sum()
    return float(1 - rest / (y_new - y.mean(0)).square().sum())


def test_nothing_to_learn_from_is_said(tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text('{"text": "  "}\n', encoding="utf8")
    with pytest.raises(ValueError, match="no text to learn from"):
        d.read_texts([tmp_path / "texts.jsonl"])


NETWORK = {
    "width": 32,
    "n_layers": 2,
    "n_heads": 2,
    "n_kv_heads": 1,
    "head_dim": 16,
    "n_experts": 4,
    "experts_per_piece": 2,
    "expert_width": 16,
    "window": 8,
    "vocab_size": 200064,
}
SECTIONS = ["components", "privacy_filter", "model", "backbone", "network"]
CONFIG = "\n".join(
    [f"[{'.'.join(SECTIONS[: n + 1])}]\n" for n in range(len(SECTIONS))]
    + [f"{key} = {value}" for key, value in NETWORK.items()]
)
