"""Charts as SVG, drawn by pygal. Each bar carries its value in print and there is one series a chart: nothing has to be
told by colour."""

from collections.abc import Sequence
from decimal import Decimal

import pygal
from pygal.style import Style

INK = "#1b2426"
STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle="#56646a",
    colors=("#0f5c57",),
    value_colors=(INK,),
    font_family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
    label_font_size=13,
    major_label_font_size=13,
    value_font_size=13,
    value_label_font_size=13,
    no_data_font_size=16,
)
ROW_HEIGHT = 24
WIDTH = 460


def bars(values: Sequence[tuple[str, int | Decimal]]) -> bytes:
    """Horizontal bars, in the order given from the top."""
    common = _common(height=16 + ROW_HEIGHT * max(1, len(values)))
    chart = pygal.HorizontalBar(**common, show_y_labels=True, show_x_labels=False, truncate_label=-1)  # y: the names
    shown = list(reversed(values))  # pygal begins at the bottom
    chart.x_labels = [f"{label}: {_number(float(value))}" for label, value in shown]  # beside a bar it would be cut
    chart.add("", [float(value) for _, value in shown], formatter=_number)
    return bytes(chart.render())


def columns(values: Sequence[tuple[str, int | Decimal]]) -> bytes:
    """Upright bars, in time's order."""
    turned = 0 if len(values) < 7 else 45
    common = _common(height=210)
    chart = pygal.Bar(
        **common, show_y_labels=False, print_values=True, print_values_position="top", x_label_rotation=turned
    )
    chart.x_labels = [label for label, _ in values]
    chart.add("", [float(value) for _, value in values], formatter=_number)
    return bytes(chart.render())


def _common(height: int) -> dict[str, object]:
    return {
        "style": STYLE,
        "js": (),
        "width": WIDTH,
        "height": height,
        "explicit_size": True,
        "show_legend": False,
        "show_y_guides": False,
        "show_x_guides": False,
        "min_scale": 1,
        "value_formatter": _number,
        "no_data_text": "nothing yet",
        "margin": 8,
    }


def _number(value: float) -> str:
    return f"{value:,.2f}" if value % 1 else f"{value:,.0f}"
