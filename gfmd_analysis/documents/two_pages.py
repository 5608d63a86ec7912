"""The brief of two pages: five messages with what follows for whom, two figures, how the numbers came about."""

from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.documents.messages import key_messages
from gfmd_analysis.documents.structure import Block, Document, figure, paragraph, short_document, strong
from gfmd_analysis.errors import NoDataError
from gfmd_analysis.figures.display import picture
from gfmd_analysis.figures.sets import draw
from gfmd_analysis.text import translator

AFTER = {"coverage": 2, "shared_recommendations": 3}  # each figure, and the message that it stands behind


def brief(data: "Dataset", *, locale: str = "en") -> tuple[Document, dict[str, bytes]]:
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
        As :func:`gfmd_analysis.documents.pdf.rendered` takes them. What the data do not hold is left out.
    """
    _ = translator(locale)
    drawn, pictures = _figures(data, locale)
    blocks: list[Block] = []
    for place, message in enumerate(key_messages(data, locale=locale), start=1):
        blocks += [
            paragraph(strong(f"{place}. {message['lead']}.")),
            *(paragraph(text, number="–") for text in message["items"]),
            paragraph(strong(f"{_.gettext('What follows:')} "), message["follows"]),
            *(drawn.pop(name) for name, after in AFTER.items() if after == place and name in drawn),
        ]
    counted = _.gettext(
        "Speakers are counted in statements and updates, also those of chairs and facilitators on their own practice or position; "
        "their presentations of the objectives and their summaries are not. Speakers of a joint "
        "statement count each, but as one where they share a recommendation."
    )
    title = _.gettext(
        "What was said on the objectives of the Global Compact for Safe, Orderly and Regular Migration, and what follows"
    )
    blocks += drawn.values()
    return short_document(data, title, blocks, most=2, locale=locale, notes=[counted]), pictures


def _figures(data: "Dataset", locale: str) -> tuple[dict[str, Block], dict[str, bytes]]:
    """Draw the figures that the data carry, at their own size."""
    blocks, pictures = {}, {}
    for name in AFTER:
        try:
            pictures[name], size, words = picture(draw(name, data, locale=locale))
        except NoDataError:
            continue
        blocks[name] = figure(name, *size, f"{words.subtitle}.", f"{words.title} {words.description}".strip())
    return blocks, pictures
