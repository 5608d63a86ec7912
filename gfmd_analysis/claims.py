"""The answers of the network notebook in words, computed from its tables."""

import pandas as pd

from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.networks.null_models import backbone
from gfmd_analysis.text import count, listing, plain

QUESTION = (
    "Who speaks to what, who speaks alike, which objectives hang together, who bridges, and is it more than chance?"
)

LEVEL, ROUNDTABLES = 0.05, 4


def network_answer(
    reach: pd.DataFrame,
    names: pd.Series,
    overall: pd.DataFrame,
    agenda: pd.DataFrame,
    tested: pd.DataFrame,
    links: pd.DataFrame,
) -> str:
    """Answer the question of the notebook in three sentences, as Markdown.

    Parameters
    ----------
    reach
        Table of :func:`gfmd_analysis.networks.measures.brokerage` by roundtable.
    names
        Short names by actor.
    overall, agenda
        Tables of :func:`gfmd_analysis.networks.null_models.network_tests`, the second within roundtables.
    tested
        Table of :func:`gfmd_analysis.networks.null_models.pair_tests` for objectives.
    links
        Table of :func:`gfmd_analysis.networks.stated.stated_links`.

    Returns
    -------
    str
        The question in bold and the answer.
    """
    require_columns(reach, "actor", "groups")
    widest = int(reach["groups"].max())
    spanning = [plain(names[actor]) for actor in reach.loc[reach["groups"] == widest, "actor"]]
    alone = int((reach["groups"] == 1).sum())
    who = (
        f"Of the {len(reach)} speakers who mention an objective, {alone} keep to the objectives of one IMRF roundtable; "
        f"{listing(spanning)} {'speak' if len(spanning) > 1 else 'speaks'} to those of {'all ' if widest == ROUNDTABLES else ''}"
        f"{count(widest, 'roundtable')}."
    )
    grouped, within = _modularity(overall), _modularity(agenda)
    firmly = grouped["p_adjusted"] <= LEVEL and grouped["observed"] > grouped["expected"]
    beyond = within["p_adjusted"] <= LEVEL and within["observed"] > within["expected"]
    alike = (
        f"Speakers {'form' if firmly else 'do not form'} groups around objectives more than by chance (modularity "
        f"{grouped['observed']:.2f}, {grouped['expected']:.2f} expected, corrected p = {p_text(grouped['p_adjusted'])}), "
        f"{'and' if beyond == firmly else 'but'} {'even' if beyond else 'not'} when the agenda, which puts objectives side by side, "
        f"is allowed for (p = {p_text(within['p_adjusted'])})."
    )
    kept = backbone(tested, LEVEL)
    most = links[links["times"] == links["times"].max()]
    pairs = listing(f"{a} with {b}" for a, b in zip(most["objective_a"], most["objective_b"], strict=True))
    together = (
        f"Of {len(tested)} pairs of objectives {len(kept) or 'none'} {'is' if len(kept) < 2 else 'are'} mentioned by the same "
        f"speakers more often than chance once all are tested; the links that are sure are those that speakers state: "
        f"{count(len(links), 'pair')}, most often {pairs}."
    )
    return f"**{QUESTION}**\n\n{who} {alike} {together}"


def _modularity(table: pd.DataFrame) -> dict[str, float]:
    require_columns(table, "measure", "observed", "expected", "p_adjusted")
    row = table[table["measure"] == "modularity"]
    return {name: float(row[name].iloc[0]) for name in ("observed", "expected", "p_adjusted")}


def p_text(p: float) -> str:
    """Write a p-value to two significant digits, ``< 0.001`` below that."""
    return "< 0.001" if p < 0.001 else f"{p:.2g}" if p < 0.1 else f"{p:.2f}"
