"""A report of plain numbers -> pictures of it. Needs matplotlib, the extra "evaluate"."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from ..compat import missing

try:
    import matplotlib as mpl
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
except ImportError:
    raise missing("matplotlib", "Drawing plots (leave them out with --no-plots)") from None

# Told apart also without colours (Okabe and Ito 2008), and by their marks.
COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKS: Final = ("o", "s", "^", "D", "v", "P")
STYLE: Final[Any] = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "axes.axisbelow": True,
}


def draw_plots(report: Mapping[str, Any]) -> dict[str, bytes]:
    """Draw what a report has figures for.

    report (Mapping): From `measure.make_report`.
    RETURNS (dict[str, bytes]): File name -> PNG.
    """
    own = {name: one for name, one in report["pipelines"].items() if "spans" in one}
    made = {}
    with mpl.rc_context(STYLE):
        if own:
            made["labels.png"] = _png(_labels(own))
            made["thresholds.png"] = _png(_thresholds(own))
            made["operators.png"] = _png(_operators(own))
        for i, (_, one) in enumerate(report["pipelines"].items()):
            if one["categories"]:
                name = "confusion.png" if i == 0 else f"confusion-{i + 1}.png"
                made[name] = _png(_confusion(one["categories"]))
    return made


def _png(figure: Figure) -> bytes:
    file = BytesIO()
    # No date and no version in it: the same report gives the same bytes.
    figure.savefig(file, format="png", dpi=150, metadata={"Software": None})
    return file.getvalue()


def _figure(width: float, height: float) -> Figure:
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _labels(pipelines: Mapping[str, Any]) -> Figure:
    """Bars of strict precision, recall and F1 by label, with intervals."""
    labels = list(
        dict.fromkeys(label for own in pipelines.values() for label in own["spans"]["strict"])
    )
    titles = {"p": "Precision", "r": "Recall", "f": "F1"}
    height = max(2.6, 0.8 + len(labels) * (0.16 + 0.22 * len(pipelines)))
    figure = _figure(10, height)
    axes = figure.subplots(1, 3, sharey=True)
    thick = 0.8 / len(pipelines)
    for axis, (key, title) in zip(axes, titles.items(), strict=True):
        for i, (name, own) in enumerate(pipelines.items()):
            _bars(axis, own["spans"]["strict"], labels, key, (i, thick, name))
        axis.set(title=title, xlim=(0, 1.02), yticks=range(len(labels)), yticklabels=labels)
        axis.grid(visible=False, axis="y")
    axes[0].invert_yaxis()
    if len(pipelines) > 1:
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    figure.suptitle("Strict, by label, with 95 % intervals (bootstrap over documents)")
    return figure


def _bars(
    axis: Axes, found: Mapping[str, Any], labels: list[str], key: str, which: tuple[int, float, str]
) -> None:
    i, thick, name = which
    rows = [(j, found[label]) for j, label in enumerate(labels) if label in found]
    rows = [(j, own) for j, own in rows if own[key] is not None]
    places = [j - 0.4 + thick * (i + 0.5) for j, _ in rows]
    values = [own[key] for _, own in rows]
    bounds = [own["intervals"][key] or (own[key], own[key]) for _, own in rows]
    errors = [
        [max(0.0, value - low) for value, (low, _) in zip(values, bounds, strict=True)],
        [max(0.0, high - value) for value, (_, high) in zip(values, bounds, strict=True)],
    ]
    colour = COLOURS[i % len(COLOURS)]
    axis.barh(places, values, 0.9 * thick, color=colour, alpha=0.75, label=name)
    axis.errorbar(values, places, xerr=errors, fmt="none", ecolor="#222", capsize=2, lw=1)


def _thresholds(pipelines: Mapping[str, Any]) -> Figure:
    """Curves over the least score of a span."""
    figure = _figure(10, 4.4)
    left, right = figure.subplots(1, 2)
    for i, (name, own) in enumerate(pipelines.items()):
        rows, colour = own["thresholds"], COLOURS[i % len(COLOURS)]
        start = f"{name}: " if len(pipelines) > 1 else ""
        for key, style, what in [("p", "--", "precision"), ("r", ":", "recall"), ("f", "-", "F1")]:
            _line(left, rows, key, (colour, style, start + what))
        _line(right, rows, "documents_leaked", (colour, "-", f"{start}documents leak"))
        _line(right, rows, "char_r", (colour, ":", f"{start}recall of characters"))
    left.set(title="Strict", xlabel="least score of a span", xlim=(0, 1), ylim=(0, 1.02))
    right.set(title="Leaks", xlabel="least score of a span", xlim=(0, 1), ylim=(0, 1.02))
    for axis in (left, right):
        axis.legend(fontsize=8)
    return figure


def _line(axis: Axes, rows: list[dict[str, Any]], key: str, look: tuple[str, str, str]) -> None:
    points = [(row["threshold"], row[key]) for row in rows if row[key] is not None]
    colour, style, name = look
    axis.plot([x for x, _ in points], [y for _, y in points], style, color=colour, label=name)


def _operators(pipelines: Mapping[str, Any]) -> Figure:
    """The frontier of operators: what can still be read against what is kept of use."""
    n_columns = min(2, len(pipelines))
    n_rows = -(-len(pipelines) // n_columns)
    figure = _figure(7.4 * n_columns, 4.9 * n_rows)
    axes = list(figure.subplots(n_rows, n_columns, squeeze=False).flat)
    for axis in axes[len(pipelines) :]:
        axis.set_visible(False)
    for i, (axis, (name, own)) in enumerate(zip(axes, pipelines.items(), strict=False)):
        points = {
            operator: (point["leaked"], point["distinctions"])
            for operator, point in own["operators"].items()
        }
        _frontier_plot(axis, points, i)
        axis.set(
            title=f"{name}: operators, privacy against use",
            xlabel="spans of which 4 or more characters can be read (left is more private)",
            ylabel="spans told apart (share of bits; up is more useful)",
        )
        axis.legend(fontsize=8, loc="lower right")
    return figure


def _frontier_plot(axis: Axes, points: Mapping[str, tuple[float, float]], i: int) -> None:
    """Points with a name for each, beside the axes: many share a place."""
    colour, mark = COLOURS[i % len(COLOURS)], MARKS[i % len(MARKS)]
    best = _frontier(list(points.values()))
    axis.plot(
        *zip(*best, strict=True), "-", color=colour, alpha=0.5, lw=2.5, zorder=1,
        label="frontier: no operator is better in both",
    )  # fmt: skip
    axis.plot(*zip(*points.values(), strict=True), mark, color=colour, zorder=3)
    for name, height in label_heights(points).items():
        x, y = points[name]
        axis.annotate(
            f"{name} ({x:.2f}, {y:.2f})", (x, y), (1.05, height), va="center", fontsize=9,
            textcoords=("axes fraction", "data"), annotation_clip=False,
            fontweight="bold" if points[name] in best else None,
            arrowprops={"arrowstyle": "-", "lw": 0.6, "color": "#777", "shrinkB": 3},
        )  # fmt: skip
    axis.set(xlim=(-0.04, 1.04), ylim=(-0.06, 1.06))


def label_heights(points: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Heights of the names of points: near their own, in their order, and none on another.

    points (Mapping[str, tuple[float, float]]): Name -> place, both of 0 to 1.
    RETURNS (dict[str, float]): Name -> height.
    """
    gap, low = min(0.085, 1.0 / max(1, len(points) - 1)), -0.02
    names = sorted(points, key=lambda name: (points[name][1], points[name][0], name))
    made: dict[str, float] = {}
    for name in names:
        made[name] = low = max(low, points[name][1])
        low += gap
    high = 1.02
    for name in reversed(names):
        made[name] = high = min(high, made[name])
        high -= gap
    return made


def _frontier(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Those points than which none is better in both respects, from the left."""
    kept: list[tuple[float, float]] = []
    for x, y in sorted(points, key=lambda point: (point[0], -point[1])):
        if not kept or y > kept[-1][1]:
            kept.append((x, y))
    return kept


def _confusion(own: Mapping[str, Any]) -> Figure:
    """Shares of each gold class, as a table of colours with counts."""
    classes, counts = own["classes"], own["confusion"]
    side = 2.6 + 0.55 * len(classes)
    figure = _figure(side, side)
    axis = figure.subplots()
    shares = [[n / max(1, sum(row)) for n in row] for row in counts]
    axis.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for i, row in enumerate(counts):
        for j, n in enumerate(row):
            if n:
                colour = "white" if shares[i][j] > 0.5 else "#222"
                axis.text(j, i, str(n), ha="center", va="center", color=colour, fontsize=8)
    axis.set_xticks(range(len(classes)), classes, rotation=45, ha="right")
    axis.set_yticks(range(len(classes)), classes)
    axis.set(xlabel="predicted", ylabel="gold", title="Categories")
    axis.grid(visible=False)
    return figure
