"""What opens the folder of figures and the page to mail: five messages, and how far to trust them; then all figures."""

from collections.abc import Sequence

from gfmd_analysis import claims
from gfmd_analysis.dataset.tables import Dataset
from gfmd_analysis.documents.messages import key_messages
from gfmd_analysis.documents.structure import caveat, meetings_named
from gfmd_analysis.figures.captions import Caption, gallery
from gfmd_analysis.text import plain

CARRYING = ("coverage", "shared_recommendations", "road_to_imrf")


def gallery_page(data: "Dataset", captions: Sequence[Caption]) -> str:
    """Write the Markdown page of the figures, five messages and the figures that carry them first.

    Parameters
    ----------
    data
        A loaded dataset.
    captions
        What travels with the figures.

    Returns
    -------
    str
        Markdown; figures that there are none of are left out.
    """
    carrying = [entry for name in CARRYING for entry in captions if entry.figure == name and entry.language == "en"]
    rest = [entry for entry in captions if entry not in carrying]
    how = "Numbers in square brackets are paragraphs of the report. Documents to send: `briefing/`."
    lines = [f"# {plain(meetings_named(data))}\n"]
    for place, message in enumerate(key_messages(data), 1):
        lines.append(f"{place}. **{plain(message['lead'])}.** {plain(' '.join(message['items']))}")
    lines += [*[""] * (len(lines) > 1), f"{plain(caveat(data))} {how}\n", gallery(carrying)]
    return "\n".join([*lines, *(["# All other figures\n", gallery(rest)] if rest else [])])


def first_screen(data: "Dataset") -> str:
    """Write what the page to mail opens with: the meeting, the five messages in a sentence each, one line on how far to trust them.

    Parameters
    ----------
    data
        A loaded dataset.

    Returns
    -------
    str
        Markdown.
    """
    agreed = claims.agreement(data)
    trust = f"{agreed.short}." if agreed else caveat(data)
    told = [f"{place}. {plain(message['lead'])}." for place, message in enumerate(key_messages(data), 1)]
    how = "*Paras.* are the paragraphs of the report that a finding rests on; after *but see* stand those that could be held against it."
    return "\n".join([f"{plain(meetings_named(data))}\n", *told, f"\n{plain(trust)} {how}"])
