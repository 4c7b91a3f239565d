"""What is installed, and what to install."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

from spacy_privacy_filter.compat import EXTRAS, has, missing

SETUP = Path(__file__).parents[1] / "setup.cfg"


def test_asking_imports_nothing() -> None:
    code = (
        "import sys; from spacy_privacy_filter.compat import has; "
        "assert has('wave') and not has('no_such_module') and 'wave' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert has("pytest")


@pytest.mark.parametrize("module", EXTRAS)
def test_the_message_names_an_extra_that_installs_it(module: str) -> None:
    error = missing(module, "This command")
    assert str(error).startswith(f"This command needs {module}, which is not installed here. ")
    assert f"pip install 'spacy-privacy-filter[{EXTRAS[module]}]'" in str(error)
    config = configparser.ConfigParser()
    config.read(SETUP, encoding="utf8")
    assert module in config["options.extras_require"][EXTRAS[module]].casefold()
