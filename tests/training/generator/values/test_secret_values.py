"""Secrets are well formed and drawn anew."""

from __future__ import annotations

import base64
import json
import re
from random import Random

import pytest

pytest.importorskip("faker", reason="the generator needs the extra 'training'")

from spacy_privacy_filter.training.generator.values.secret_values import MAKERS as SECRET_MAKERS
from spacy_privacy_filter.training.generator.values.secret_values import make_secret


def test_tokens_and_key_blocks_are_well_formed() -> None:
    header, claims, signature = make_secret(Random(0), "jwt").split(".")
    assert json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))["typ"] == "JWT"
    assert "iat" in json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    assert signature
    block = make_secret(Random(0), "pem").splitlines()
    assert re.fullmatch(r"-----BEGIN (\w+ )?PRIVATE KEY-----", block[0])
    assert block[-1] == block[0].replace("BEGIN", "END")


@pytest.mark.parametrize("kind", SECRET_MAKERS)
def test_every_kind_of_secret_is_trimmed_and_drawn_anew(kind: str) -> None:
    secrets = {make_secret(Random(seed), kind) for seed in range(30)}
    assert len(secrets) > 20
    assert all(secret and secret == secret.strip() for secret in secrets)
    assert kind == "pem" or not any("\n" in secret for secret in secrets)
