"""Text -> a token that only the holder of the key can turn back, AES-SIV; and the way back."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from ...compat import missing
from ...errors import WrongUseError
from ...labels.kinds import short
from ..people.mentions import Mention
from ..result import Restored
from ..secrets.keys import check_key, derive
from .base import ENCRYPT, Operator, Scope

try:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV
except ImportError:
    raise missing("cryptography", "The operator encrypt") from None

# No bracket inside: a token begins and ends where it was written, whatever stands around it.
TOKEN = re.compile(r"\[([A-Z0-9_]+):~([A-Za-z0-9_-]+)~\]")
USE = "spacy-privacy-filter encrypt v1"
N_BYTES = 64  # AES-256-SIV


def make_encrypt() -> Operator:
    """Replace by the encrypted text in a token, "[PERSON:~...~]", that `reidentify` turns back.

    The same text gives the same token under the same key and label, so that records still join.
    SOURCE: RFC 5297 (AES-SIV), as `cryptography` has it.
    """

    def apply(mention: Mention, scope: Scope) -> str:
        return seal(mention.text, short(mention.label), check_key(scope.key, "Encryption"))

    return Operator(apply, ENCRYPT, needs_key=True, writes=TOKEN)


def seal(text: str, label: str, key: bytes) -> str:
    """Encrypt a text into a token.

    text (str): Any text.
    label (str): A short label; nobody can change it in the token.
    key (bytes): The caller's key.
    """
    box = AESSIV(derive(key, USE, N_BYTES))
    code = box.encrypt(b"+" + text.encode("utf8", "surrogatepass"), [label.encode("utf8")])
    return f"[{label}:~{urlsafe_b64encode(code).rstrip(b'=').decode('ascii')}~]"


def unseal_counted(text: str, key: bytes) -> Restored:
    """Turn every token of a text back.

    text (str): What `encrypt` made, or a part or new order of it.
    key (bytes): The key with which it was made.
    RETURNS (Restored): The text with what the tokens held, and how many there were.
    RAISES (ValueError): A token that was made with another key, or changed.
    """
    box = AESSIV(derive(key, USE, N_BYTES))
    edits = []

    def opened(match: re.Match[str]) -> str:
        try:
            code = urlsafe_b64decode(match[2] + "=" * (-len(match[2]) % 4))
            source = box.decrypt(code, [match[1].encode("utf8")])[1:]
            edits.append((match.start(), match.end(), source.decode("utf8", "surrogatepass")))
            return edits[-1][2]
        except (InvalidTag, ValueError):
            raise WrongUseError(
                f"The token at character {match.start()} cannot be decrypted: it was made with "
                "another key, or changed. Nothing was restored."
            ) from None

    opened_text = TOKEN.sub(opened, text)
    return Restored(opened_text, len(edits), edits=tuple(edits))
