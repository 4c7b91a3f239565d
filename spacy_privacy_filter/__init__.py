"""Find personal data in text with spaCy, and hand on a version without it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("spacy-privacy-filter")
except PackageNotFoundError:  # the source tree, not installed
    __version__ = "0.0.0"
