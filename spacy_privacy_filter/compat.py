"""Which optional dependencies are present, and the message that names the pip extra.

Looks for a module without importing it, so that asking costs nothing.
"""

from __future__ import annotations

from importlib.util import find_spec

# module -> the extra of this package that installs it
EXTRAS = {
    "torch": "torch",
    "mlx": "mlx",
    "onnx": "onnx",
    "onnxruntime": "onnx",
    "tokenizers": "onnx",
    "transformers": "encoders",
    "cryptography": "redact",
    "faker": "redact",
    "datasets": "datasets",
    "matplotlib": "evaluate",
    "pyarrow": "parquet",
    "lxml": "documents",
    "pypdfium2": "documents",
    "jsonpath": "records",
    "pandas": "pandas",
    "polars": "polars",
}


def has(module: str) -> bool:
    """Say whether a module is installed, without importing it."""
    return find_spec(module) is not None


def missing(module: str, why: str) -> ImportError:
    """Make the error for an optional dependency that is needed and absent.

    module (str): The module, a key of `EXTRAS`.
    why (str): What needs it, as the start of a sentence.
    RETURNS (ImportError): To be raised by the caller.
    """
    return ImportError(
        f"{why} needs {module}, which is not installed here. "
        f"Install it: pip install 'spacy-privacy-filter[{EXTRAS[module]}]'"
    )
