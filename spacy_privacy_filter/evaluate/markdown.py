"""A report of plain numbers -> Markdown that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

MEASURES: Final = {
    "strict": "Strict (same characters, same label)",
    "boundary": "Exact boundary (same characters, any label)",
    "partial": "Partial (same label, intersection over union)",
    "chars": "Characters (each that bears a label)",
}


def write_markdown(report: Mapping[str, Any], plots: Sequence[str] = ()) -> str:
    """Write a report.

    report (Mapping): From `measure.make_report`.
    plots (Sequence[str]): Names of picture files beside it.
    RETURNS (str): Markdown. It holds names of pipelines, sources and labels, but no text.
    """
    gold = report["gold"]
    parts = [
        "# How well personal data is found\n",
        (
            f"{report['documents']:,} documents, {gold['characters']:,} characters. "
            f"{gold['documents']:,} have gold for personal data ({gold['spans']:,} spans), "
            f"{gold['with_category']:,} a category.\n"
        ),
        (
            "Figures in brackets are 95 % intervals: bootstrap over documents "
            f"({report['settings']['n_draws']:,} draws, seed {report['settings']['seed']}), Wilson "
            "for rates. F2 weighs a missed span more than a false alarm.\n"
        ),
        _summary(report["pipelines"]),
    ]
    parts += [_comparison(own) for own in report["comparisons"]]
    parts += [f"![{name}]({name})\n" for name in plots]
    parts += [_pipeline(name, own) for name, own in report["pipelines"].items()]
    return "\n".join(parts)


def _summary(pipelines: Mapping[str, Any]) -> str:
    rows = []
    for name, own in pipelines.items():
        cats = own["categories"]
        accuracy = _sure(cats["accuracy"], cats["interval"]) if cats else "-"
        if "spans" not in own:
            rows.append([name, *"-----", accuracy])
            continue
        strict, chars = own["spans"]["strict"]["all"], own["spans"]["chars"]["all"]
        leaked = own["leaks"]["rates"].get("all", {}).get("documents")
        rows.append(
            [
                name,
                _figure(strict, "f"),
                _figure(strict, "f2"),
                _figure(strict, "r"),
                _figure(chars, "r"),
                _sure(leaked["rate"], leaked["interval"]) if leaked else "-",
                accuracy,
            ]
        )
    head = ["pipeline", "strict F1", "strict F2", "strict recall", "recall of characters"]
    return table([*head, "documents that leak", "category accuracy"], rows)


def _pipeline(name: str, own: Mapping[str, Any]) -> str:
    parts = [f"## {name}\n"]
    if "spans" in own:
        for key, title in MEASURES.items():
            parts += [f"### {title}\n", _labels(own["spans"][key])]
        parts += ["### By source (strict)\n", _sources(own["by_source"])]
        parts += ["### Leaks\n", _leaks(own["leaks"])]
        parts += ["### After redaction\n", _utility(own)]
    if own["categories"]:
        parts += ["### Categories\n", _categories(own["categories"])]
    return "\n".join(parts)


def _labels(found: Mapping[str, Any]) -> str:
    rows = [
        [label, f"{own['gold']:,.0f}", f"{own['found']:,.0f}"]
        + [_figure(own, key) for key in ("p", "r", "f", "f2")]
        for label, own in found.items()
    ]
    return table(["label", "gold", "found", "precision", "recall", "F1", "F2"], rows)


def _sources(groups: Mapping[str, Any]) -> str:
    rows = [
        [
            group or "-",
            str(own["documents"]),
            label,
            f"{one['gold']:.0f}",
            f"{one['found']:.0f}",
            *(_number(one[key]) for key in "prf"),
        ]
        for group, own in groups.items()
        for label, one in own["labels"].items()
    ]
    head = ["source", "documents", "label", "gold", "found", "precision", "recall", "F1"]
    return table(head, rows)


def _leaks(leaks: Mapping[str, Any]) -> str:
    rows = []
    for kind, rates in leaks["rates"].items():
        for what, own in rates.items():
            sure = _sure(own["rate"], own["interval"])
            rows.append([kind, what, f"{own['n']:,}", f"{own['leaked']:,}", sure])
    fragments = leaks["fragments"]
    docs = fragments["documents"]
    text = (
        "A span leaks if a letter or digit of it is not covered, whatever the label; a document, "
        "subject or entity if any of its spans does.\n\n"
        f"Fragments of {fragments['least_length']} or more characters left behind: "
        f"{fragments['fragments']:,} ({fragments['characters']:,} characters), in "
        f"{docs['leaked']:,} of {docs['n']:,} documents; shorter ones: {fragments['shorter']:,}.\n"
    )
    return table(["identifiers", "of", "there are", "leak", "rate"], rows) + "\n" + text


def _utility(own: Mapping[str, Any]) -> str:
    use, same = own["utility"], own["consistency"]
    lines = [
        (
            f"- Words kept that are not personal: {_sure(use['words_kept'], use['interval'])} of "
            f"{use['words']:,}; disruption: {_number(use['disruption'], 1)} of 1,000 such words "
            f"hidden, by {_number(use['false_alarms'], 1)} false alarms."
        ),
        (
            f"- Pseudonyms: the same entity has one in {_share(same['same'])} of cases; different "
            f"entities have different ones in {_share(same['apart'])}."
        ),
    ]
    rows = [
        [name, *(_number(p[k]) for k in ("leaked", "information", "distinctions", "length"))]
        for name, p in own["operators"].items()
    ]
    head = ["operator", "spans that can be read", "information kept", "spans told apart"]
    note = f"\nOperators on {own['operators_documents']:,} documents:\n"
    return "\n".join([*lines, note, table([*head, "change of length"], rows)])


def _categories(own: Mapping[str, Any]) -> str:
    rows = [["all", str(own["n"]), _sure(own["accuracy"], own["interval"]), "-"]]
    rows += [
        [name, str(one["n"]), _sure(one["accuracy"], one["interval"]), _number(one["precision"])]
        for name, one in own["by_class"].items()
    ]
    confusion = [
        [name, *map(str, line)] for name, line in zip(own["classes"], own["confusion"], strict=True)
    ]
    return "\n".join(
        [
            table(["class", "documents", "accuracy", "precision"], rows),
            "Confusion: a row for each gold class, a column for each predicted one.\n",
            table(["gold", *own["classes"]], confusion),
        ]
    )


def _comparison(own: Mapping[str, Any]) -> str:
    rows = []
    for measure in ("strict", "chars"):
        for name, found in own.get(measure, {}).items():
            what = {"f": "F1", "f2": "F2", "r": "recall"}[name]
            sure = _sure(found["difference"], found["interval"], sign=True)
            rows.append([f"{measure} {what}", sure, "paired bootstrap", _p(found["p"])])
    names = {"documents": "documents without leak", "gold_spans": "gold spans found exactly"}
    for key in ("documents", "gold_spans", "categories"):
        if key in own:
            one = own[key]
            what = f"only first {one['only_one']:,}, only second {one['only_other']:,}"
            rows.append([names.get(key, key), what, "McNemar, exact", _p(one["p"])])
    title = f"## {own['other']} against {own['one']}\n\n"
    return title + table(["figure", "difference", "test", "p"], rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; a bar in a cell does not end it."""
    lines = [head, ["---"] * len(head), *rows]
    cells = ([cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells) + "\n"


def _figure(own: Mapping[str, Any], key: str) -> str:
    return _sure(own[key], own["intervals"][key])


def _sure(value: float | None, interval: Sequence[float] | None, sign: bool = False) -> str:
    form = "+.3f" if sign else ".3f"
    if value is None:
        return "-"
    bounds = f" ({interval[0]:{form}} to {interval[1]:{form}})" if interval else ""
    return f"{value:{form}}{bounds}"


def _number(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _share(own: Mapping[str, Any]) -> str:
    return f"{_sure(own['share'], own['interval'])} of {own['n']:,}"


def _p(value: float | None) -> str:
    if value is None:
        return "-"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
