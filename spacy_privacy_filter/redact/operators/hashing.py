"""An entity -> a digest that only the holder of the key can make, the same in every run."""

# No postponed annotations here: older spaCy cannot build a function of its registry from them.

from ...labels.kinds import short
from ..people.mentions import Mention
from .base import ENTITY, Operator, Scope, check_placeholder

HASHED = "[{label}_{hash}]"


def make_hash(length: int = 16, placeholder: str = HASHED) -> Operator:
    """Replace by an HMAC-SHA256 of the entity, the same in every document and run.

    length (int): Hexadecimal digits, 8 to 64. With 16, two of a million entities are the same with
        a probability of 3 in 10 million.
    placeholder (str): "{label}" becomes the short label, "{hash}" the digits.
    RAISES (ValueError): A setting with a bad value.
    """
    check_placeholder("hash", placeholder, "{hash}")
    if not 8 <= length <= 64:
        raise ValueError(f'"length" of the operator hash is 8 to 64, but is {length}.')

    def apply(mention: Mention, scope: Scope) -> str:
        entity = mention.entity
        code = scope.hmac("hash", entity.kind, entity.text, salted=False).hex()[:length]
        return placeholder.replace("{label}", short(mention.label)).replace("{hash}", code)

    return Operator(apply, "hash", needs_key=True, depends=ENTITY)
