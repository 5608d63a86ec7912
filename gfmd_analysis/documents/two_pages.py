"""The two-page coverage brief: what it says, computed from the data."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from gfmd_analysis.coverage.counts import choices, coverage, least_discussed
from gfmd_analysis.coverage.uncertainty import DRAWS, LEVEL, rank_intervals, uniform_attention
from gfmd_analysis.dataset.citing import Citations
from gfmd_analysis.dataset.reliability import alpha_of_mentions, intercoder_agreement
from gfmd_analysis.dataset.tables import LEADING_ROLES, Dataset, rows_of
from gfmd_analysis.errors import GfmdError
from gfmd_analysis.figures.display import Caption
from gfmd_analysis.figures.names import CONSTITUENCY_NAMES
from gfmd_analysis.figures.style import BOUNDARY_NOTE
from gfmd_analysis.practices.catalogue import one_sided, practices_against_recommendations
from gfmd_analysis.practices.recommendations import asks, merge_similar, recommendations_by_addressee
from gfmd_analysis.text import count, listing, objectives, sentence

FIGURES = (
    ("coverage_ranking",),
    ("lists_compared", "rank_intervals"),
    ("practices_and_recommendations", "attention_places"),
)

SURE = 0.9

SIGNIFICANT = 0.05


def brief(data: "Dataset", captions: Sequence[Caption]) -> dict[str, Any]:
    """Compute what the coverage brief says.

    Parameters
    ----------
    data
        A loaded dataset.
    captions
        The figures that there are.

    Returns
    -------
    dict
        ``title``, ``subtitle``, ``messages`` (``lead``, ``text``, ``cite``), ``method`` (lines), ``figures`` (``name``,
        ``number``, ``caption``, ``alt``).

    Raises
    ------
    GfmdError
        Where a figure that the brief shows is missing.
    """
    long = data.long()
    return {
        "title": "Who spoke to which GCM objective: coverage brief",
        "subtitle": meetings_named(data),
        "messages": [*_coverage_messages(data, long), *_practice_messages(data)],
        "method": _method(data, long),
        "figures": _figures(captions),
    }


def meetings_named(data: "Dataset") -> str:
    """Name the meetings with place and date."""
    return "; ".join(f"{row.title}, {row.place}, {day(row.date)}" for row in rows_of(data.meetings))


def day(date: Any) -> str:
    """Write a date as 18 November 2021."""
    return f"{date.day} {date:%B %Y}"


def _figures(captions: Sequence[Caption]) -> list[dict[str, Any]]:
    found = {entry.figure: entry for entry in captions}
    chosen = [next((found[name] for name in names if name in found), None) for names in FIGURES]
    missing = [" or ".join(names) for names, entry in zip(FIGURES, chosen, strict=True) if entry is None]
    if missing:
        raise GfmdError(
            f"no figure {', '.join(missing)} for the coverage brief; there are: {', '.join(sorted(found)) or 'none'}"
        )
    return [
        {
            "name": entry.figure,
            "number": number,
            "caption": f"{entry.caption.split('. ')[0].rstrip('.')}.",
            "alt": entry.alt,
        }
        for number, entry in enumerate(filter(None, chosen), start=1)
    ]


def _coverage_messages(data: "Dataset", long: pd.DataFrame) -> list[dict[str, str]]:
    cite, table = Citations(data), coverage(long)
    titles = dict(zip(table["objective"].astype(int), table["objective_title"], strict=True))
    spoken = long[long["objective"].notna()]
    few = least_discussed(table)
    in_all = sorted(set(few).intersection(*(least_discussed(coverage(part)) for part in choices(long).values())))
    most = table.nlargest(3, "substantive_actors")
    top = [int(number) for number in most["objective"]]
    spoke = sentence(
        listing(f"{count(int(n), 'actor')} spoke to {o}" for n, o in zip(most["substantive_actors"], top, strict=True))
    )
    intervals = rank_intervals(long)
    sure = _numbers(intervals[intervals["in_lowest_third"] >= SURE])
    even = uniform_attention(long)
    odd = even[even["p_adjusted"] < SIGNIFICANT]
    less, more = _numbers(odd[odd["observed"] < odd["expected"]]), _numbers(odd[odd["observed"] > odd["expected"]])

    def named(numbers: Iterable[int]) -> str:
        return listing(f"{number} ({titles[number].lower()})" for number in numbers)

    def where(numbers: Iterable[int]) -> str:
        return cite(spoken.loc[spoken["objective"].astype(int).isin(list(numbers)), "intervention"])

    return [
        {
            "lead": f"{sentence(count(len(few), 'objective'))} had at most one actor with something to say: {named(few)}.",
            "text": f"{sentence(_same(few, in_all))} under every choice of what to count (with or without inferred mentions, chairs and facilitators).",
            "cite": where(few),
        },
        {
            "lead": f"Attention went to objectives {named(top)}.",
            "text": f"{spoke}, of {spoken['actor'].nunique()} who spoke to any.",
            "cite": where(top),
        },
        {
            "lead": f"The ranking is uncertain: {f'only {objectives(sure)}' if sure else 'no objective'} {'are' if len(sure) > 1 else 'is'} among the least discussed third in {SURE:.0%} of resampled rankings.",
            "text": f"Against even attention inside and outside the roundtables, {objectives(less) if less else 'no objective'} had less and {objectives(more) if more else 'no objective'} more than chance gives.",
            "cite": where({*sure, *less}),
        },
    ]


def _same(few: list[int], always: list[int]) -> str:
    return (
        "the same holds for all of them"
        if few == always
        else f"this holds for {objectives(always) if always else 'none of them'}"
    )


def _numbers(table: pd.DataFrame) -> list[int]:
    return sorted(int(number) for number in table["objective"])


def _practice_messages(data: "Dataset") -> list[dict[str, str]]:
    cite, asked = Citations(data), asks(data)
    sides = one_sided(practices_against_recommendations(data))
    told = data.practice_citations
    one = [*sides["practices only"], *sides["recommendations only"]]
    cited = told.loc[told["objective"].isin(one), "intervention"].tolist()
    cited += [
        code for code, named in zip(asked["intervention"], asked["objectives"], strict=True) if set(named) & set(one)
    ]
    shared = merge_similar(asked)
    shared = shared[shared["number_of_actors"] > 1].drop_duplicates("recommendations")
    matrix = recommendations_by_addressee(asked)
    total, makers = len(asked), matrix.sum(axis=1)
    floor = int((shared["floor"] > 1).sum())
    led = int(asked["role"].isin(LEADING_ROLES).sum())
    addressed = int(matrix["member_states"].sum()) if "member_states" in matrix else 0
    messages = []
    if total or len(data.practices):
        messages.append(
            {
                "lead": f"{len(data.practices)} practices were told and {total} recommendations made, not on the same objectives.",
                "text": f"{sentence(_only(sides['practices only']))} practices but no recommendation; {_only(sides['recommendations only'])} recommendations but no practice.",
                "cite": cite(cited),
            }
        )
    if total:
        messages.append(
            {
                "lead": f"{addressed} of {total} recommendations are addressed to member states; few are shared.",
                "text": f"Chairs and facilitators made {led}. {listing(f'{CONSTITUENCY_NAMES[str(name)]} made {number}' for name, number in makers.head(3).items())}. "
                f"{sentence(count(len(shared), 'call'))} {'is' if len(shared) == 1 else 'are'} made by several actors in like words, "
                f"{count(floor, 'call')} by two who neither chaired nor facilitated.",
                "cite": cite(code for codes in shared["interventions"] for code in codes),
            }
        )
    return messages


def _only(numbers: list[int]) -> str:
    return f"{objectives(numbers) if numbers else 'no objective'} {'have' if len(numbers) > 1 else 'has'}"


def _method(data: "Dataset", long: pd.DataFrame) -> list[str]:
    spoken = long[long["objective"].notna()]
    inferred = int((spoken["basis"] == "inferred").sum())
    lines = [
        f"Source: {listing(data.meetings['source'])}. {count(len(data.interventions), 'intervention')} by {count(long['actor'].nunique(), 'actor')}, "
        f"coded in our own words; {len(spoken)} mentions of an objective, of which {inferred} are inferred because the paragraph does not give the number. "
        "Numbers in brackets are paragraphs of the report.",
    ]
    if "coding_mentions" in data.tables:
        alpha = alpha_of_mentions(intercoder_agreement(data))
        lines[0] += (
            f" Two independent codings agree on which objectives are mentioned (Krippendorff’s alpha {alpha:.2f})."
        )
    return [
        *lines,
        f"Rank intervals ({LEVEL:.0%}) come from {DRAWS:,} bootstrap samples of the actors; even attention is a null model, computed exactly, that keeps "
        f"who spoke where and how many objectives they named, false discovery rate {SIGNIFICANT:.0%}.",
        f"Limits: {count(len(data.meetings), 'meeting')}, few speakers, and a summary instead of a transcript: what is not in the report may still have been said. "
        f"Little attention is not little importance. {BOUNDARY_NOTE}",
    ]
