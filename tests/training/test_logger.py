"""The table and the bar that training shows."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.training.logger import make_logger_v1


def test_an_unknown_bar_is_refused() -> None:
    with pytest.raises(ValueError, match="progress_bar = 'bar' is not known"):
        make_logger_v1("bar")
