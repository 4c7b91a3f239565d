"""What the tests here may ask for."""

from .heads import source  # noqa: F401
from .runs import checkpoint, corpora  # noqa: F401
