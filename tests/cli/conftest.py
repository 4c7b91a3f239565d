"""What the tests here may ask for."""

from ..finding import _finder, folder, key_file  # noqa: F401
