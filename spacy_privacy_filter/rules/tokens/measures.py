"""Forms of measures, hyper-parameters, statistics, prices and other amounts."""

from __future__ import annotations

from typing import Final

from ...labels.kinds import ADDRESS, DATE, SECRET
from ...language.tables import read_table
from .fields import any_word
from .token import ASSIGN, NUMBERS, PLAIN, SURE, Form, named, shaped, sure

_INTEGER: Final = r"[-+]?\d{1,9}"
_FLOAT: Final = r"[-+]?\d{0,9}\.\d{1,18}(?:[eE][-+]?\d{1,3})?"
_NUMBER: Final = rf"(?:{_FLOAT}|{_INTEGER}(?:,\d{{1,4}}|[eE][-+]?\d{{1,3}})?)(?:/\d{{1,9}})?%?"
_MEASURED: Final = read_table("field_names")["measures"]
_MEASURES: Final = rf"(?:[a-z]{{1,15}}[_/])?(?:{any_word(_MEASURED)})"
_COUNTED: Final = (
    r"steps?|epochs?|iter(?:ation)?s?|lines?|pages?|rows?|columns?|cols?|ports?|pid|batch|chunk"
    r"|attempt|retry|exit code|status|seed|index|shelf|aisle|rack"
)
_PLACES: Final = r"lat|lon|lng|long|latitude|longitude|gps|coords?"
_UNITS: Final = (
    r"%|‰|°[ \t]?[CFK]?|℃|℉|ns|[uµμ]s|ms|secs?|seconds?|k?bps|[MG]bps|[KMGTP]i?B(?:/s)?|kB"
    r"|bytes?|bits?|[kMGT]?Hz|[mkMG]?[WV]|mA|kWh"
    r"|mAh|rpm|dB|fps|px|dpi|[nmckµμ]m|mi|miles?|ft|feet|inch(?:es)?|yards?|km/h|mph|m/s|[mµμk]g"
    r"|kgs?|lbs?|oz|tonnes?|tons?|[mcdµμ]l|mL|litres?|liters?|gal|sq[ \t]?(?:ft|m)|m2|m²|m³|ha"
    r"|acres?|kcal|cal|k?J|[khM]?Pa|bar|psi|mmHg|[mµμn]?mol(?:/[lL])?|m?Eq/L|IU(?:/[mL]{1,2})?|U/L"
    r"|[mµμnpk]?g/(?:d?l|dL|mL|L|kg|day)|bpm|mSv|mGy|FLOPS|params|tokens?|steps?|epochs?|rows?"
    r"|records?|items?|pcs|pieces|units|points|million|billion"
)
_SPELLS: Final = r"mins?|minutes?|hrs?|hours?|days?|weeks?|months?|years?"
# Of tests and models, after names that a table need not have: "Jarque-Bera test 12.3".
_TESTED: Final = (
    r"(?:(?:[a-z]{3,14}-){1,2}[a-z]{3,14}(?: (?:normality|rank[ -]sum|signed[ -]rank"
    r"|unit[ -]root))?(?: test(?: statistic)?| statistic)|jarque-bera|shapiro-wilk|anderson-darling"
    r"|kolmogorov-smirnov|durbin-watson|breusch-pagan|ljung-box|dickey-fuller|mann-whitney"
    r"|kruskal-wallis|hosmer-lemeshow|(?:test |wald |lm |lr |q |f |t |z )?statistic|chi-?squared?"
    r"|[tzf]-(?:test|score|value)|aicc?|s?bic|dic|waic|hqic|deviance|log-?lik(?:elihood)?"
    r"|skewness|kurtosis)(?: (?:of|is|was|value|=))?"
)
_QUANTITY: Final = r"(?<![\w.+/-])[-+~≈<>]?\d{1,7}(?:[.,]\d{1,6})?[ \t]?"
_CURRENCIES: Final = (
    r"USD|EUR|GBP|JPY|CHF|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|TRY|RUB"
)
_AMOUNT: Final = r"(?:\d{1,3}(?:[ ,.']\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,4})?)"
_STATISTIC: Final = (
    r"(?<![^\W_])(?:p|P|t|F|z|r|rho|χ2|χ²|n|N|df|d|OR|RR|HR|CI)"
    r"(?:[ \t]?\(\d{1,5}(?:\.\d{1,3})?(?:,[ \t]?\d{1,6}(?:\.\d{1,3})?)?\))?"
    r"[ \t]?[<=>≤≥][ \t]?[-+]?(?:\d{1,6}(?:[.,]\d{1,8})?|\.\d{1,8})(?!\w)"
)

FORMS: Final[tuple[Form, ...]] = (
    # Any name with a number that has a point, but an exact place.
    sure(
        rf"(?<![\w./@-])(?![\w./-]{{0,30}}(?i:{_PLACES})[ \t]?=)[A-Za-z_][\w./@-]{{0,40}}"
        rf"[ \t]?=[ \t]?(?P<t>{_FLOAT})%?(?![\w.]?\w)",
        needs="=",
    ),
    named(
        _MEASURES,
        _NUMBER,
        NUMBERS | {SECRET},
        needs=" ".join(max(word.lower().split(), key=len) for word in _MEASURED),
        gap=rf"{ASSIGN}|[ \t]?[<>]=?[ \t]{{0,2}}|[ \t](?=[-+]?\d{{0,9}}\.\d)",
        also=r"[:=<>]|\.\d",
    ),
    named(
        _COUNTED,
        r"(?:[A-Z]-?)?\d{1,7}(?:/\d{1,7})?",
        NUMBERS | {ADDRESS},
        needs="step epoch iter line page row col port pid batch chunk attempt retry exit status"
        " seed index shelf aisle rack",
        gap=r"[ \t]|\W{1,2}",
    ),
    sure(_STATISTIC, PLAIN, needs="< = > ≤ ≥"),
    sure(rf"{_QUANTITY}(?:{_UNITS})(?![^\W_])", NUMBERS | {DATE}, lead=1),
    sure(
        rf"{_QUANTITY}(?:{_SPELLS})(?![^\W_])",
        NUMBERS,
        needs="min h day week month year",
        lead=1,
    ),
    sure(
        rf"(?:[$€£¥₹₽₩]|(?<!\w)(?:{_CURRENCIES}|Rs\.?))[ \t]?{_AMOUNT}(?!\w|[.,]\d)",
        NUMBERS,
        lead=5,
    ),
    sure(rf"(?<![\w.,+-]){_AMOUNT}[ \t]?(?:[$€£¥₹]|(?:{_CURRENCIES})(?!\w))", NUMBERS, lead=0),
    shaped(r"(?<![\w.,+-])\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?(?![\w,]|\.\d)", NUMBERS, needs=","),
    shaped(r"(?<![\w.,-])\+?\d{1,3}(?:[ .,']000){2,5}(?!\w|[ .,'-]\d)", NUMBERS, needs="000"),
    sure(
        r"(?<![\w.])\d{2,5}[ \t]?[x×][ \t]?\d{2,5}(?:[ \t]?[x×][ \t]?\d{1,5})?(?!\w)",
        NUMBERS,
        needs="x ×",
    ),
    named(
        _TESTED,
        r"-?\d{1,7}\.\d{1,8}",
        NUMBERS | {DATE, SECRET},
        needs="- statistic chi aic bic dic deviance lik skewness kurtosis",
        gap=r"[ \t]{0,2}[:=][ \t]{0,2}|[ \t]|[ \t]?\(",
        also=r"\.\d",
    ),
    sure(
        r"(?<!\w)pH(?: (?:of|is|was|value))?[ =:~]{0,3}\d{1,2}(?:\.\d{1,3})?(?!\w|\.\d)",
        SURE,
        needs="ph",
    ),
    named(
        r"(?:[er]?(?:uid|gid)|[sf]s?[ug]id|auid|pid|ppid|tid|pgid|inode|nice|oom_score_adj)",
        r"\d{1,10}(?:\([\w.-]{1,32}\))?",
        SURE | {ADDRESS},
        needs="uid gid pid tid inode nice oom",
        gap='[=:]|="|[ \t]',
    ),
    named(
        r"(?:tcp |rtp )?(?:seq(?:uence)?|ack|cseq|seqno|offset|lsn|epoch|term|generation)"
        r"(?:[ _-]?(?:numbers?|nums?|nos?|nr|id)\.?)?(?: (?:is|was))?",
        r"\d{1,20}",
        SURE,
        needs="seq ack offset lsn epoch term generation",
        gap=r"[ \t]?[:=#][ \t]?|[ \t]",
    ),
    named(
        r"units|rooms|pages|pp\.?|lines|sections|items|lots|rows|steps|chapters|figures|figs\.?"
        r"|articles",
        r"\d{1,5}[ \t]?[-–][ \t]?\d{1,5}(?!-)",
        NUMBERS | {ADDRESS},
        needs="- –",
    ),
)
