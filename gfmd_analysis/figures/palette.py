"""The colours and marks of every figure, and whether text can be read in them or on them.

Every colour has one meaning. Navy to pale says how an objective was taken up (under its number, on its subject, in
passing); red is the finding; grey is context and what chairs and facilitators said for the session.
"""

from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

INK, MUTED, GREY, PALE, ACCENT = "#1B2A3A", "#56616E", "#A9B1BA", "#E8EBEE", "#C8283C"
NUMBER, SUBJECT, PASSING = "#16324F", "#7FA3C7", "#DCE3EA"
CONSTITUENCY_COLOURS = {
    "states": "#0072B2",
    "intergovernmental": "#332288",
    "un_system": "#56B4E9",
    "civil_society": "#D55E00",
    "business": "#E69F00",
    "mayors": "#009E73",
    "youth": "#CC79A7",
    "other": "#7A7A7A",
}
CONSTITUENCY_MARKERS = dict(zip(CONSTITUENCY_COLOURS, "oD^svPXh", strict=True))
READABLE = 4.5  # contrast of text, WCAG 2 AA


def sequential() -> LinearSegmentedColormap:
    """Cut the palest and darkest ends off the blues, so that one mention is seen and numbers can be read."""
    return LinearSegmentedColormap.from_list("cut", mpl.colormaps["Blues"](np.linspace(0.16, 0.92, 64)))


def contrast(colour: Any, other: Any = "white") -> float:
    """Compute the contrast of two colours, 1 to 21 (WCAG 2)."""
    channels = np.array([mpl.colors.to_rgb(colour), mpl.colors.to_rgb(other)])
    linear = np.where(channels <= 0.03928, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    dark, light = sorted(linear @ [0.2126, 0.7152, 0.0722])
    return float((light + 0.05) / (dark + 0.05))


def readable(colour: Any) -> tuple[float, float, float]:
    """Darken a colour until it can be read as text on white."""
    red, green, blue = mpl.colors.to_rgb(colour)
    while contrast((red, green, blue)) < READABLE:
        red, green, blue = red * 0.97, green * 0.97, blue * 0.97
    return red, green, blue


def on(colour: Any) -> str:
    """Choose white or black for text on a colour, whichever is read better."""
    return max(("white", "black"), key=lambda ink: contrast(ink, colour))
