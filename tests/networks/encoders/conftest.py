"""Tests of encoders need what makes tiny ones, to compare with."""

from __future__ import annotations

from spacy_privacy_filter.compat import has

PEERS = {
    "test_torch.py": (),
    "test_rampart.py": ("onnxruntime",),
    "test_onnx.py": ("onnx", "onnxruntime"),
    "test_stored.py": ("onnx",),
    "test_bad_input.py": (),
}
collect_ignore = [
    name
    for name, modules in PEERS.items()
    if not all(has(module) for module in ("torch", "transformers", "tokenizers", *modules))
]
