"""The brief of two pages: five messages with what follows for whom, two figures, how the numbers came about."""

from typing import Any

from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.documents.messages import key_messages
from gfmd_analysis.documents.structure import (
    Block,
    abbreviations,
    caveat,
    document,
    figure,
    heading,
    limits,
    meetings_named,
    paragraph,
    strong,
    words_of,
)
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.figures.display import picture
from gfmd_analysis.figures.sets import draw
from gfmd_analysis.text import translator

AFTER = {"coverage": 2, "shared_recommendations": 3}  # each figure, and the message that it stands behind


def brief(data: "Dataset", *, locale: str = "en") -> tuple[dict[str, Any], dict[str, bytes]]:
    """Word the brief and draw its figures.

    Parameters
    ----------
    data
        A loaded dataset.
    locale
        ``en``, ``fr`` or ``es``.

    Returns
    -------
    document, pictures
        As :func:`gfmd_analysis.documents.word.to_docx` and :func:`gfmd_analysis.documents.pdf.fitted` take them. What the
        data do not hold is left out.
    """
    _ = translator(locale)
    title = _.gettext("What was said on the Global Compact’s objectives, and what follows")
    drawn, pictures = _figures(data, locale)
    blocks: list[Block | None] = [paragraph(meetings_named(data, locale), style="subtitle"), _status(locale)]
    for place, message in enumerate(key_messages(data, locale=locale), start=1):
        blocks += _told(place, message, locale)
        blocks += [drawn.pop(name) for name, after in AFTER.items() if after == place and name in drawn]
    blocks += [*drawn.values(), heading(_.gettext("How this was made"))]
    counted = _.gettext(
        "Speakers are counted in statements and updates, also those of chairs and facilitators on their own practice or position; "
        "their presentations of the objectives and their summaries are shown apart."
    )
    blocks += [paragraph(text, style="note") for text in (caveat(data, locale), limits(data, locale), counted)]
    text = f"{title}\n{words_of({'blocks': [block for block in blocks if block]})}"
    if spelled := abbreviations(data, text, locale):
        told = _.gettext("Abbreviations. {list}.").format(list="; ".join(spelled))
        blocks.append(paragraph(told, style="note"))
    return document(data, title, blocks, locale=locale, most=2), pictures


def _status(locale: str) -> Block:
    return paragraph(translator(locale).gettext("An analyst’s brief, not a GFMD document"), style="status")


def _told(place: int, message: dict[str, Any], locale: str) -> list[Block]:
    first, *more = message["text"] or [""]
    follows = translator(locale).gettext("What follows:")
    if more:
        first, more = "", message["text"]
    return [
        paragraph(strong(f"{place}. {message['lead']}. "), first),
        *(paragraph(text, number="–") for text in more),
        paragraph(strong(f"{follows} "), message["follows"], style="item"),
    ]


def _figures(data: "Dataset", locale: str) -> tuple[dict[str, Block], dict[str, bytes]]:
    """Draw the figures that the data carry, at their own size."""
    blocks, pictures = {}, {}
    for name in AFTER:
        try:
            png, size, words = picture(draw(name, data, locale=locale))
        except NoDataError:
            continue
        blocks[name] = figure(name, *size, f"{words.subtitle}.", f"{words.title} {words.description}".strip())
        pictures[name] = png
    return blocks, pictures
