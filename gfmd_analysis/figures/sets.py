"""The figures of the briefing, each drawn from a dataset by its name: tables, finding, scope and source put together."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from gfmd_analysis import claims
from gfmd_analysis.claims.selection import require_dataset
from gfmd_analysis.coverage.counts import coverage_matrix, coverage_table, taken_up
from gfmd_analysis.coverage.least import least_discussed, listed_objectives
from gfmd_analysis.coverage.levels import mention_levels
from gfmd_analysis.dataset.capacity import CHAIRED
from gfmd_analysis.dataset.tables import Dataset, rows_of
from gfmd_analysis.errors import GfmdError, NoDataError, require_known
from gfmd_analysis.figures.coverage import constituencies_objectives, speakers_objectives
from gfmd_analysis.figures.networks import actor_objective_network
from gfmd_analysis.figures.objectives import coverage
from gfmd_analysis.figures.practices import practices_by_region, road_to_imrf, shared_recommendations
from gfmd_analysis.figures.quantities import campaign, remittances
from gfmd_analysis.figures.style import full_stop, is_short, set_alt
from gfmd_analysis.practices import catalogue
from gfmd_analysis.practices.recommendations import consolidated_recommendations, milestones
from gfmd_analysis.quantities.metrics import campaign_reach, remittance_levels
from gfmd_analysis.text import clauses, long_date, paras, translated, translator

MANY = 12  # paragraphs that a source line lists one by one
REPORTED = ("remittances", "campaign")  # their numbers are older than the meeting

Drawn = tuple[pd.DataFrame, dict[str, Any], pd.DataFrame]  # table, context, rows whose paragraphs are the source
Briefed = tuple[Callable[..., Axes], Callable[[Dataset, set[int]], Drawn], Callable[..., claims.Claim | None]]


def draw(name: str, data: "Dataset", *, locale: str = "en", title: str | None = None, **selection: Any) -> Axes:
    """Draw a figure of the briefing from a dataset, whole or for a selection that its title then says.

    Parameters
    ----------
    name
        One of the nine: ``coverage``, ``constituencies_objectives``, ``speakers_objectives``,
        ``actor_objective_network``, ``remittances``, ``campaign``, ``shared_recommendations``, ``practices_by_region``,
        ``road_to_imrf``.
    data
        A loaded dataset.
    locale
        ``en``, ``fr`` or ``es``.
    title
        A title of your own in place of the finding.
    **selection
        Of ``actor``, ``actor_type``, ``constituency``, ``meeting``, ``objective``, ``roundtable`` and ``section``, as
        :func:`gfmd_analysis.select` takes them: ``section="RT3"``, ``constituency="states"``, ``objective=13``;
        ``roundtable="RT2"`` for the objectives of a roundtable. Of a section, the objectives are shown that belong to it
        and those that were touched on in it.

    Returns
    -------
    Axes
        As of the function of that name.

    Raises
    ------
    GfmdError
        For another name, or a table in place of the dataset; :class:`NoDataError` where the selection holds nothing to draw.

    Examples
    --------
    >>> import gfmd_analysis as ga
    >>> ax = draw("coverage", ga.load(), section="RT3", locale="fr")
    """
    if not isinstance(name, str):
        raise GfmdError(f"draw: found a {type(name).__name__} first; allowed: a name, as in draw('coverage', data)")
    if language := selection.get("language"):
        raise GfmdError(f"draw: found language={language!r}; did you mean locale={language!r}?")
    require_known("draw, a figure", [name], BRIEFING)
    require_dataset("draw", data)
    function, table_of, finding = BRIEFING[name]
    part = claims.narrow(data, **selection) if selection else data
    if part.interventions.empty:
        raise NoDataError(f"nothing was said in this selection: {claims.scope(data, **selection)}")
    claim = finding(data, locale=locale, **selection) if title is None else None
    if claim:
        title = full_stop(claim.text if is_short(claim.text) else claim.short)
    selected = claims.scope(data, locale=locale, **selection) if selection else ""
    selected = "" if (title or "").startswith(selected) else selected  # the title says it
    table, context, rows = table_of(part, _looked_at(part, whole="section" not in selection))
    scope, source = _scope(part, locale, selected, reported=name in REPORTED), _source(part, rows["paragraph"], locale)
    ax = function(table, **context, title=title, scope=scope, source=source, locale=locale)
    return set_alt(ax, claim.short) if claim else ax


def _looked_at(data: "Dataset", *, whole: bool) -> set[int]:
    """Find the objectives of a selection whose gaps mean something: the chosen ones; of a section its own and those touched on."""
    numbers = data.objectives["objective"].astype(int)
    if whole:
        return set(numbers)
    own = data.objectives["roundtable"].astype("str").isin(set(data.interventions["section"].astype("str")))
    return set(numbers[own | numbers.isin(claims.touches(data)["objective"])])


def _scope(data: "Dataset", locale: str, selected: str, *, reported: bool) -> str:
    """Say what was selected and when the meeting was, which is not the date of the numbers that it was told."""
    days = sorted({day.date() for day in data.meetings["date"]})
    told = "–".join(long_date(day, locale) for day in dict.fromkeys((days[0], days[-1])))
    when = translator(locale).gettext("as reported on {date}").format(date=told) if reported else told
    return f"{selected}, {when}" if selected else when


def _source(data: "Dataset", numbers: Iterable[int], locale: str) -> str:
    _, cited = translator(locale), sorted({int(number) for number in numbers if not pd.isna(number)})
    report = _.gettext("Summary report, {title}, {date}").format
    meetings = [(translated(str(row.title), locale), row.date.date()) for row in rows_of(data.meetings)]
    reports = [report(title=title, date=long_date(date, locale)) for title, date in meetings]
    if len(reports) > 1 or not cited:
        return clauses(reports, locale)
    spanned = _.gettext("paras. {first}–{last}").format(first=cited[0], last=cited[-1])
    return f"{reports[0]}, {spanned if len(cited) > MANY else paras(cited, locale)}"


def _coverage(data: "Dataset", shown: set[int]) -> Drawn:
    long = data.long()
    table = coverage_table(long)
    context = {
        "balance": catalogue.practices_and_recommendations(data),
        "lists": listed_objectives(data).set_index("list")["objectives"].to_dict(),
        "least": least_discussed(long)["objective"].astype(int).tolist(),
    }
    return table[table["objective"].astype(int).isin(shown)], context, long.dropna(subset="objective")


def _constituencies(data: "Dataset", shown: set[int]) -> Drawn:
    long = data.long()
    matrix, said = coverage_matrix(long), taken_up(long, reading="trace", acts=CHAIRED)
    chairs = said.groupby("objective", observed=True)["actor"].nunique()
    return matrix.loc[:, matrix.columns.astype(int).isin(shown)], {"chairs": chairs}, long.dropna(subset="objective")


def _speakers(data: "Dataset", shown: set[int]) -> Drawn:
    long = data.long()
    return mention_levels(long), {"objectives": shown}, long.dropna(subset="objective")


def _network(data: "Dataset", _shown: set[int]) -> Drawn:
    return mention_levels(data.long()), {}, taken_up(data.long())


def _shared(data: "Dataset", _shown: set[int]) -> Drawn:
    table = consolidated_recommendations(data)
    return table, {}, table[table["supporters"] > 1].explode("paragraphs").rename(columns={"paragraphs": "paragraph"})


def _regions(data: "Dataset", _shown: set[int]) -> Drawn:
    return catalogue.practices_by_region(data), {}, catalogue.presented_practices(data)


def _alone(table: pd.DataFrame) -> Drawn:
    return table, {}, table


BRIEFING: dict[str, Briefed] = {
    "coverage": (coverage, _coverage, claims.fewest_speakers),
    "constituencies_objectives": (constituencies_objectives, _constituencies, claims.constituencies_compared),
    "speakers_objectives": (speakers_objectives, _speakers, claims.widest_speaker),
    "actor_objective_network": (actor_objective_network, _network, claims.most_shared),
    "remittances": (remittances, lambda data, _: _alone(remittance_levels(data.quantities)), claims.remittances_held),
    "campaign": (campaign, lambda data, _: _alone(campaign_reach(data.quantities)), claims.campaign_reached),
    "shared_recommendations": (shared_recommendations, _shared, claims.converging),
    "practices_by_region": (practices_by_region, _regions, claims.practices_by_world_region),
    "road_to_imrf": (road_to_imrf, lambda data, _: _alone(milestones(data, kind="due")), claims.due_next),
}
