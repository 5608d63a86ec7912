"""Findings on the actor–objective network, all of it: what speakers share, who spans roundtables, what chance explains."""

import pandas as pd

from gfmd_analysis.claims.evidence import (
    SPEAKERS,
    Claim,
    Part,
    cited,
    names,
    numbers_of,
    of,
    registered,
    speakers,
    tried,
)
from gfmd_analysis.dataset.tables import require_columns
from gfmd_analysis.text import listing, number_word, objectives, sentence, translator

LEVEL, NAMED = 0.05, 4


@registered
def most_shared(part: Part) -> Claim | None:
    """Say which objective drew the largest number of speakers, in the whole network."""
    cells = part.cells
    every, total = numbers_of(part.data.objectives), part.long["actor"].nunique()
    counts = speakers(cells, every)
    if counts.max() < 2 or counts.max() == counts.min():
        return None
    top = [int(number) for number in counts.index[counts == counts.max()]]
    rest = [number for number in every if number not in top]
    message = translator(part.locale).ngettext(
        "{Objectives} drew the largest number of speakers, {n} of {total}",
        "{Objectives} drew the largest number of speakers, {n} of {total} each",
        len(top),
    )
    words = {"n": number_word(int(counts.max()), part.locale), "total": number_word(total, part.locale)}
    return Claim(
        "most_shared",
        message.format(Objectives=sentence(objectives(top, part.locale)), **words),
        "rank",
        "subject",
        SPEAKERS,
        cited(part.data, of(cells, top)["intervention"]),
        (),
        **tried(part, lambda cells: speakers(cells)[top].min() > speakers(cells)[rest].max()),
    )


@registered
def brokers(part: Part) -> Claim | None:
    """Say who took up objectives of the largest number of roundtables, and how many stayed with those of one."""
    cells = part.cells
    reach = cells.groupby("actor", observed=True)["objective_roundtable"].nunique()
    total, widest = cells["objective_roundtable"].nunique(), int(reach.max()) if len(reach) else 0
    if widest < 2 or len(reach) < 3:
        return None
    _, top = translator(part.locale), reach.index[reach == widest].tolist()
    alone = int((reach == 1).sum())
    words = {
        "k": number_word(alone, part.locale),
        "total": number_word(len(reach), part.locale),
        "n": number_word(widest, part.locale),
        "count": number_word(len(top), part.locale),
    }
    if len(top) > NAMED:
        message = (
            _.gettext(
                "Objectives of all {n} roundtables were taken up by {count} of {total} speakers; {k} stayed with those of one"
            )
            if widest == total
            else _.gettext(
                "Objectives of {n} roundtables were taken up by {count} of {total} speakers, of more by no one; {k} stayed with those of one"
            )
        )
    else:
        message = (
            _.gettext(
                "{speakers} took up objectives of all {n} roundtables; {k} of {total} speakers stayed with those of one"
            )
            if widest == total
            else _.gettext(
                "{speakers} took up objectives of {n} roundtables, the largest number; {k} of {total} speakers stayed with those of one"
            )
        )

    def widest_still(rows: pd.DataFrame) -> bool:
        found = rows.groupby("actor", observed=True)["objective_roundtable"].nunique()
        return set(found.index[found == found.max()]) == set(top) if len(found) else False

    return Claim(
        "brokers",
        sentence(message.format(speakers=listing(names(part.data, top, part.locale), part.locale), **words)),
        "rank",
        "subject",
        SPEAKERS,
        cited(part.data, cells.loc[cells["actor"].isin(top), "intervention"]),
        (),
        **tried(part, widest_still),
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
    return Claim("chance", message.format(**words), "count", "subject", SPEAKERS)


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
    return Claim("grouping", text, "count", "subject", SPEAKERS)
