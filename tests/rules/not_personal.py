"""Texts that hold nobody's data, made by seed: each kind as machines, shops and papers write it."""

from __future__ import annotations

from random import Random

from spacy_privacy_filter.identifiers.checks import fix_ean, fix_isbn_10

_SAFE = "bcdfghjklmnpqrstvwxz2456789"  # what a cluster ends its names with
_METHODS = """
Wilcoxon signed-rank test|Student's t-test|Mann-Whitney U test|Kaplan-Meier curves
Fisher's exact test|Bonferroni correction|Kruskal-Wallis test|Kolmogorov–Smirnov test
Shapiro-Wilk test|Levene's test|Bartlett's test|Welch's t-test|Tukey's HSD|Dunnett's test
Scheffé's method|Friedman test|McNemar's test|Cochran's Q test|Pearson correlation
Spearman's rho|Kendall's tau|Cohen’s kappa|Cronbach's alpha|Hosmer-Lemeshow test
Durbin-Watson statistic|Breusch-Pagan test|Jarque-Bera test|Anderson-Darling test
Dickey-Fuller test|Granger causality test|Cox regression|Mantel-Haenszel test
Bland-Altman plot|Benjamini-Hochberg procedure|Holm correction|Dunn's test|Hedges' g
Mauchly's test|Ljung-Box test|Hausman test|Chow test|Cohen's d|Fleiss' kappa
Krippendorff's alpha|Grubbs' test|Wald test|Parkinson's disease|Hodgkin lymphoma
Glasgow Coma Scale|Apgar score|Ohm's law|Dijkstra's algorithm|Alzheimer's disease
Crohn's disease|Graves' disease|Down syndrome|Guillain-Barré syndrome|Murphy's sign
""".strip().replace("\n", "|")
METHODS = tuple(_METHODS.split("|"))


def _hex(rng: Random, n: int) -> str:
    return "".join(rng.choice("0123456789abcdef") for _ in range(n - 2)) + "a7"


def _hash(rng: Random) -> str:
    form = rng.choice(
        [
            "sha256:{} pulled",
            "app@sha256:{}",
            "Digest: sha256:{}",
            "SHA256 (a.iso) = {}",
            "etag: {}",
        ]
    )
    return form.format(_hex(rng, 64))


def _commit(rng: Random) -> str:
    form = rng.choice(["revert {} on main", "Revert commit {}", "cherry-pick {}", "fixed in {}"])
    return form.format(_hex(rng, rng.choice([7, 8, 40])))


def _seconds(rng: Random) -> str:
    form = rng.choice(
        ["ts={} level=info", '{{"timestamp": {}}}', "created_at={}", "epoch: {}", "exp={}"]
    )
    return form.format(rng.randint(1_300_000_000, 1_900_000_000))


def _milliseconds(rng: Random) -> str:
    form = rng.choice(
        ["cursor {} next", "{} is the cursor", "timestamp={}", '"createdAt": {},', "offset={} p=3"]
    )
    return form.format(rng.randint(1_300_000_000_000, 1_900_000_000_000))


def _training(rng: Random) -> str:
    form = rng.choice(
        ["loss={:.6f} lr={:.8f}", "val_loss: {:.5f} momentum: {:.3f}", "step={1:.0f} acc={0:.4f}"]
    )
    return form.format(rng.uniform(0.1, 9), rng.uniform(1e-4, 1e-1))


def _row(rng: Random) -> str:
    n_digits = rng.choice([(4, 4, 3), (3, 5, 2), (4, 3, 5), (5, 1, 4)])
    return " ".join(str(rng.randint(10 ** (n - 1), 10**n - 1)) for n in n_digits)


def _table(rng: Random) -> str:
    rows = [[rng.randint(0, 9999) for _ in range(3)] for _ in range(3)]
    return "\n".join(" ".join(map(str, row)) for row in [*rows, [7, 80, 900]])


def _pod(rng: Random) -> str:
    end = "".join(rng.choice(_SAFE) for _ in range(5)) + "x"
    name = f"{rng.choice(['api', 'api-server', 'auth-proxy', 'web'])}-{_hex(rng, 10)}-{end[1:]}"
    return rng.choice(["pod {} restarted", "{} 1/1 Running", "kubectl logs {}"]).format(name)


def _product(rng: Random) -> str:
    digits = "".join(rng.choice("0123456789") for _ in range(10))
    form, value = rng.choice(
        [
            ("ISBN {}", fix_ean(f"978{digits}")),
            ("ISBN-10: {}", fix_isbn_10(digits)),
            ("EAN {} in aisle 14", fix_ean(f"400{digits}")),
            ("barcode {} scanned", fix_ean(f"400{digits}")),
            ("UPC {}", fix_ean(f"003{digits}")[1:]),
        ]
    )
    return form.format(value)


def _method(rng: Random) -> str:
    form = rng.choice(
        ["We used the {}.", "a {} was run", "{} showed p < 0.05.", "with {} (paired)"]
    )
    return form.format(rng.choice(METHODS))


_MAKERS = (
    _hash, _commit, _seconds, _milliseconds, _training, _row, _table, _pod, _product, _method,
)  # fmt: skip
KINDS = tuple(maker.__name__.removeprefix("_") for maker in _MAKERS)


def make_texts(kind: str, n_texts: int, seed: int = 3) -> list[str]:
    """Make texts of one of `KINDS`."""
    rng = Random(f"{kind} {seed}")
    maker = _MAKERS[KINDS.index(kind)]
    return [maker(rng) for _ in range(n_texts)]
