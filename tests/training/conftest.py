"""What the tests here may ask for."""

from .runs import checkpoint, corpora  # noqa: F401
