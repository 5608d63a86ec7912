"""Findings on the actor–objective network, all of it: what speakers share, who spans roundtables, what chance explains."""

from typing import Any

import pandas as pd

from gfmd_analysis.claims.evidence import Claim, Part, fitting, leading, marked, of, registered
from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.text import N_, NN_, listing, number_word, translator

LEVEL, NAMED = 0.05, 4


@registered
def most_shared(part: Part) -> Claim | None:
    """Say which objective drew the largest number of speakers, in the whole network."""
    counts, total = part.counts, part.cells["actor"].nunique()
    most = int(part.base.max())
    top = marked(part.base == most)
    if most < 2 or len(top) == counts.shape[1]:
        return None
    messages = (
        NN_(
            "By our reading, {objectives} drew the largest number of speakers, {n} of the {total} who took up any objective",
            "By our reading, {objectives} drew the largest number of speakers, {n} each (of {total} who took up any objective)",
        ),
        NN_(
            "By our reading, {objectives} drew the largest number of speakers, {n}",
            "By our reading, {objectives} drew the largest number of speakers, {n} each",
        ),
    )
    texts = [part.ngettext(*each, len(top), top, n=most, total=total) for each in messages]
    if most == total:
        message = N_("By our reading, {objectives} drew each of the {total} speakers who took up any objective")
        texts[0] = part.gettext(message, top, total=total)
    texts.append(part.gettext("By our reading, no objective drew more than {n} speakers", n=most))
    held = counts[top].min(axis=1) > counts.drop(columns=top).max(axis=1)
    return part.claim(texts, "rank", of(part.cells, top), held=held)


@registered
def brokers(part: Part) -> Claim | None:
    """Say who took up objectives of the largest number of roundtables, and how many stayed with those of one."""
    reach, top, held = leading(part.data, "actor", "objective_roundtable")
    if len(reach) < 3 or reach.max() < 2:
        return None
    few, widest = int((reach == 1).sum()), int(reach.max())
    messages = NN_(
        "By our reading, of the {total} speakers who took up any objective, {count} took up objectives of {n} roundtables, the "
        "largest number; {k} kept to those of one",
        "By our reading, of the {total} speakers who took up any objective, {count} took up objectives of {n} roundtables, the "
        "largest number; {k} each kept to those of one",
    )
    short = N_("{count} of {total} speakers took up objectives of {n} roundtables")
    words: dict[str, Any] = {"speakers": part.names(top), "n": widest, "count": len(top), "total": len(reach), "k": few}
    if not few or len(top) <= NAMED:
        messages = (N_("{speakers} took up objectives of {n} roundtables, the largest number"),) * 2
    texts = [part.ngettext(*messages, few, **words), part.gettext(short, **words)]
    return part.claim(texts, "rank", part.cells[part.cells["actor"].isin(top)], held=held)


def chance(tested: pd.DataFrame, *, locale: str = "en") -> Claim:
    """Say how many pairs of objectives share more speakers than chance explains, all pairs tested together.

    Parameters
    ----------
    tested
        Table of :func:`gfmd_analysis.networks.null_models.pair_tests` for objectives: ``shared``, ``expected``,
        ``p_adjusted`` (over all pairs).
    locale
        ``en``, ``fr`` or ``es``.
    """
    require_columns(tested, "shared", "expected", "p_adjusted")
    _, sure = translator(locale), tested[(tested["p_adjusted"] <= LEVEL) & (tested["shared"] > tested["expected"])]
    pairs = [_.gettext("{a} with {b}").format(a=row[0], b=row[1]) for row in sure.iloc[:, :2].itertuples(index=False)]
    message = (
        N_(
            "Of {total} pairs of objectives, {n} share more speakers than chance explains at 5 per cent over all: {pairs}"
        )
        if pairs
        else N_("Of {total} pairs of objectives, none can be shown to share more speakers than chance explains")
    )
    short = N_("Of {total} pairs of objectives, {n} share more speakers than chance explains")
    words = {"total": len(tested), "n": number_word(len(pairs), locale), "pairs": listing(pairs, locale)}
    text, short = (_.gettext(each).format(**words) for each in (message, short))
    return Claim("chance", text, "count", short=fitting(text, short))


def grouping(tested: pd.DataFrame, *, locale: str = "en") -> Claim | None:
    """Say whether speakers group around objectives more than chance explains.

    Parameters
    ----------
    tested
        Table of :func:`gfmd_analysis.networks.null_models.network_tests`: ``measure`` (a row ``modularity``),
        ``observed``, ``expected``, ``p_adjusted``.
    locale
        ``en``, ``fr`` or ``es``.
    """
    require_columns(tested, "measure", "observed", "expected", "p_adjusted")
    row = tested[tested["measure"] == "modularity"]
    if row.empty:
        return None
    beyond = (row["p_adjusted"] <= LEVEL) & (row["observed"] > row["expected"])
    text = translator(locale).gettext(
        N_("Speakers group around objectives more than chance explains")
        if beyond.iloc[0]
        else N_("Groups of speakers around objectives cannot be told from chance")
    )
    return Claim("grouping", text, "count", short=text)
