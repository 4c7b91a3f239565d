"""The tags of other models: what scheme they are in, and what is none."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.labels.schemes import read_tags
from spacy_privacy_filter.labels.tags import BIO, BIOES, LOOSE

# Names of outputs -> ours, and the scheme.
SETS = {
    "BIO": ("O B-x I-x B-y I-y", "O B-x I-x B-y I-y", BIO),
    "BIO with labels of one piece": ("O B-x I-x B-y", "O B-x I-x B-y", BIO),
    "BIOES, O last": ("B-x I-x E-x S-x O", "B-x I-x E-x S-x O", BIOES),
    "BILOU": ("O B-x I-x L-x U-x", "O B-x I-x E-x S-x", BIOES),
    "BMEWO": ("o B-x M-x E-x W-x", "O B-x I-x E-x S-x", BIOES),
    "with a line": ("O B_x_1 I_x_1", "O B-x_1 I-x_1", BIO),
    "inside alone": ("I-x I-y O", "I-x I-y O", LOOSE),
    "IOB1": ("O I-x I-y B-y", "O I-x I-y B-y", LOOSE),
    "BIOES with gaps": ("O B-x I-x E-x S-y", "O B-x I-x E-x S-y", LOOSE),
    "plain": ("NAME Outside PIN", "I-NAME O I-PIN", LOOSE),
    "plain, like tags": ("O S_NUMBER E_MAIL", "O I-S_NUMBER I-E_MAIL", LOOSE),
    "a zero": ("0 x", "O I-x", LOOSE),
}


@pytest.mark.parametrize("what", SETS)
def test_the_scheme_is_found_out_and_the_order_is_kept(what: str) -> None:
    names, ours, scheme = SETS[what]
    tags = read_tags(names.split())
    assert (tags.names, tags.scheme) == (tuple(ours.split()), scheme)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("LABEL_0 LABEL_1 LABEL_2", "no names, only 'LABEL_0'.*id2label"),
        ("", "no names"),
        ("x y z", "there is none; found: 'x', 'y', 'z'"),
        ("B-x I-x", "there is none"),
        ("O 0 x", "there are 'O', '0'"),
        ("O B-x I-x x", "such as 'B-x', and others have none: 'x'"),
        ("O B-x B-x", "twice: B-x"),
        ("O E-x L-x", "twice: E-x"),
        ("O", "no label"),
    ],
)
def test_what_is_no_scheme_is_refused(names: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_tags(names.split())


def test_many_names_are_not_all_shown() -> None:
    with pytest.raises(ValueError, match=r"'a0', 'a1', 'a2', 'a3', 'a4', \.\.\.\. Is"):
        read_tags([f"a{i}" for i in range(500)])
