"""Charts as SVG, drawn by matplotlib: the same in the report page, the desk and the mail.

matplotlib takes half a second to load, so it is imported when the first chart is drawn.
"""

import io
from collections.abc import Sequence

from search.pickups import Day

INK = "#5b6472"
BAR = "#2f6f9f"


def timeline(days: Sequence[Day]) -> str:
    """Articles and stories a day as an SVG element that scales; empty without days.

    Its words are told by the table beside it, so the picture itself is marked as presentation.
    """
    if not days:
        return ""
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "pickup", "font.size": 9}):
        figure = Figure(figsize=(7.2, 2.0), layout="constrained")
        axes = figure.add_subplot()
        places = range(len(days))
        axes.bar(places, [d.articles for d in days], width=0.55, color=BAR, alpha=0.4)
        axes.bar(places, [d.stories for d in days], width=0.55, color=BAR)
        step = max(1, len(days) // 8)
        axes.set_xticks(list(places)[::step], [d.date for d in days][::step])
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.tick_params(colors=INK, length=0)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(INK)
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    svg = written.getvalue()
    return svg[svg.index("<svg") :].replace("<svg", '<svg role="presentation"', 1)
