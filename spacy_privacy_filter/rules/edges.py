"""Spans of a network that hold what stands beside a value -> spans without it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..labels.kinds import ACCOUNT, PHONE, SECRET, kind_of
from ..types import CharSpan
from .ages import end_before_age

_END_OF_KEY: Final = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
# Coins, behind or before the address of a wallet.
_COIN: Final = (
    r"(?:ETH|BTC|XBT|LTC|DOGE|XRP|XMR|SOL|ADA|DOT|BNB|TRX|USDT|USDC|DAI|MATIC|POL|AVAX|ATOM|DASH|ZEC|BCH"
    r"|[Ee]ther(?:eum)?|[Bb]itcoin|[Ll]itecoin)"
)
_RUN: Final = r"[0-9A-Za-z]{20,110}"
_BEFORE_COIN: Final = re.compile(rf"(?P<value>{_RUN}),?[ \t]{{1,2}}\(?{_COIN}\)?")
_AFTER_COIN: Final = re.compile(rf"{_COIN}(?:[ \t]?[:=][ \t]?|[ \t]{{1,2}})(?P<value>{_RUN})")


def cut_edges(text: str, spans: Sequence[CharSpan]) -> list[CharSpan]:
    """Take off spans what is no part of their value.

    That is the line behind the end of a private key, the coin beside the address of a wallet, and
    the number of an age behind that of a phone.

    text (str): The text.
    spans (Sequence[CharSpan]): Disjoint.
    RETURNS (list[CharSpan]): As many, in the same order.
    """
    return [_cut(text, span) for span in spans]


def _cut(text: str, span: CharSpan) -> CharSpan:
    kind, (start, end) = kind_of(span.label), span[:2]
    if kind == SECRET and (last := _END_OF_KEY.search(text, start, end)):
        end = last.end()
    elif kind == ACCOUNT:
        for form in (_BEFORE_COIN, _AFTER_COIN):
            if whole := form.fullmatch(text, start, end):
                start, end = whole.span("value")
    elif kind == PHONE:
        end = end_before_age(text, start, end)
    if (start, end) == span[:2]:
        return span
    return span._replace(start_char=start, end_char=end)
