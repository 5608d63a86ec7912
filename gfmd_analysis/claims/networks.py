"""Findings on the actor–objective network, all of it: what speakers share, who spans roundtables, what chance explains."""

from typing import Any

import pandas as pd

from gfmd_analysis.claims.evidence import SPEAKERS, Claim, Part, fitting, leaders, numbers_of, of, registered, speakers
from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.text import listing, number_word, translator

LEVEL, NAMED = 0.05, 4


@registered
def most_shared(part: Part) -> Claim | None:
    """Say which objective drew the largest number of speakers, in the whole network."""
    every, total = numbers_of(part.data.objectives), part.cells["actor"].nunique()
    counts = speakers(part.cells, every)
    if counts.max() < 2 or counts.max() == counts.min():
        return None
    top = [int(number) for number in counts.index[counts == counts.max()]]
    rest = [number for number in every if number not in top]
    message = part.ngettext(
        "By our reading, {objectives} drew the largest number of speakers, {n} of the {total} who took up any objective",
        "By our reading, {objectives} drew the largest number of speakers, {n} each (of {total} who took up any objective)",
        len(top),
    )
    if counts.max() == total:
        message = part.gettext(
            "By our reading, {objectives} drew each of the {total} speakers who took up any objective"
        )
    short = part.ngettext(
        "By our reading, {objectives} drew the largest number of speakers, {n}",
        "By our reading, {objectives} drew the largest number of speakers, {n} each",
        len(top),
    )
    last = part.gettext("No objective drew more than {n} speakers")
    return part.claim(
        part.fill(message, top, n=int(counts.max()), total=total),
        "rank",
        of(part.cells, top)["intervention"],
        short=[part.fill(each, top, n=int(counts.max())) for each in (short, last)],
        test=lambda cells: speakers(cells)[top].min() > speakers(cells)[rest].max(),
    )


@registered
def brokers(part: Part) -> Claim | None:
    """Say who took up objectives of the largest number of roundtables, and how many stayed with those of one."""
    reach = part.cells.groupby("actor", observed=True)["objective_roundtable"].nunique()
    every, widest = part.cells["objective_roundtable"].nunique(), int(reach.max()) if len(reach) else 0
    if widest < 2 or len(reach) < 3:
        return None
    top = leaders(part.cells, "actor", "objective_roundtable")
    if widest == every > 2:
        named = part.gettext("{speakers} took up objectives of all {n} roundtables")
        message = part.gettext(
            "Of the {total} speakers who took up any objective, {count} took up objectives of all {n} roundtables; {k} kept to "
            "those of one"
        )
    else:
        named = part.gettext("{speakers} took up objectives of {n} roundtables, the largest number")
        message = part.gettext(
            "Of the {total} speakers who took up any objective, {count} did so across {n} roundtables, none across more; {k} "
            "kept to the objectives of one"
        )
    few = int((reach == 1).sum())
    words: dict[str, Any] = {"speakers": part.names(top), "n": widest, "count": len(top), "total": len(reach), "k": few}
    plain = part.fill(part.gettext("{count} of {total} speakers took up objectives of {n} roundtables"), **words)
    return part.claim(
        part.fill(message if few and len(top) > NAMED else named, **words),
        "rank",
        part.cells.loc[part.cells["actor"].isin(top), "intervention"],
        short=[plain],
        test=lambda rows: set(leaders(rows, "actor", "objective_roundtable")) == set(top),
    )


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
        _.gettext(
            "Of {total} pairs of objectives, {n} share more speakers than chance explains at 5 per cent over all: {pairs}"
        )
        if pairs
        else _.gettext("Of {total} pairs of objectives, none can be shown to share more speakers than chance explains")
    )
    words = {"total": len(tested), "n": number_word(len(pairs), locale), "pairs": listing(pairs, locale)}
    text = message.format(**words)
    short = _.gettext("Of {total} pairs of objectives, {n} share more speakers than chance explains").format(**words)
    return Claim("chance", text, "count", "subject", SPEAKERS, short=fitting(text, short))


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
    _, beyond = (
        translator(locale),
        bool((row["p_adjusted"] <= LEVEL).iloc[0] and (row["observed"] > row["expected"]).iloc[0]),
    )
    text = (
        _.gettext("Speakers group around objectives more than chance explains")
        if beyond
        else _.gettext("Groups of speakers around objectives cannot be told from chance")
    )
    return Claim("grouping", text, "count", "subject", SPEAKERS, short=text)
