"""Small tokenizers of every kind, made offline."""

from __future__ import annotations

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

WORDS = "the of dear patient anna lovelace lives in paris was seen by doctor call 0 1 2 3".split()
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,:;@-'()/+éüß田中ｆｕｌ"


def wordpiece() -> Tokenizer:
    """As BERT: lower case, accents off, marks apart, pieces with ##."""
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS, *LETTERS, *(f"##{c}" for c in LETTERS)]
    vocab = {name: i for i, name in enumerate(dict.fromkeys(names))}
    made = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    return _around(made, "[CLS]", "[SEP]", ["[PAD]", "[UNK]", "[CLS]", "[SEP]"])


def unigram() -> Tokenizer:
    """As XLM-R and DeBERTa-v3: NFKC, blanks as ▁, and pieces of bytes for the rest."""
    names = ["<s>", "<pad>", "</s>", "<unk>", "▁", *(f"▁{word}" for word in WORDS), *LETTERS]
    names += ["A", "D", "L", "P", *(f"<0x{i:02X}>" for i in range(256))]
    scores = [(name, -float(i) / 50) for i, name in enumerate(dict.fromkeys(names))]
    made = Tokenizer(models.Unigram(scores, unk_id=3, byte_fallback=True))
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return _around(made, "<s>", "</s>", ["<s>", "<pad>", "</s>", "<unk>"])


def byte_level() -> Tokenizer:
    """As RoBERTa and ModernBERT: bytes as letters, of which some are merged."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocab = {name: i for i, name in enumerate(["<s>", "<pad>", "</s>", "<unk>", *alphabet])}
    merges = [("t", "h"), ("th", "e"), ("Ġ", "the"), ("a", "n"), ("i", "n"), ("Ġ", "in")]
    for left, right in merges:
        vocab.setdefault(left + right, len(vocab))
    made = Tokenizer(models.BPE(vocab, merges))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    made.post_processor = processors.RobertaProcessing(
        ("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False
    )
    return made


def _around(made: Tokenizer, first: str, last: str, special: list[str]) -> Tokenizer:
    made.add_special_tokens(special)
    ids = [(name, made.token_to_id(name)) for name in (first, last)]
    made.post_processor = processors.TemplateProcessing(f"{first} $A {last}", None, ids)
    # As many have been saved; nothing may be cut off.
    made.enable_truncation(16)
    made.enable_padding(length=16)
    return made


TOKENIZERS = {"wordpiece": wordpiece, "unigram": unigram, "byte_level": byte_level}
