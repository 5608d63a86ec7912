"""Every finding that is printed, worded once: with the reading it rests on, the paragraphs for it and those against it.

A claim is a function of the data, of a language, and of a selection that its text then names; it returns ``None`` where
the data do not hold it or it would be no news. An absence is held against the widest reading (:func:`touches`) and
refuses to be worded, or says its reading, where a row stands against it.

>>> import gfmd_analysis as ga
>>> from gfmd_analysis import claims
>>> data = ga.load()
>>> found = claims.fewest_speakers(data)  # a Claim; claims.fewest_speakers(data, section="RT2") for a roundtable
>>> table = claims.register(data)  # all of them, with holds and fails; written to figures/claims.csv
>>> page = claims.profile(data, objective=13)  # tables and sentences on one objective, actor or constituency
"""

from gfmd_analysis.claims.answers import answer
from gfmd_analysis.claims.coding import agreement, coded, corrected
from gfmd_analysis.claims.coverage import (
    fewest_speakers,
    in_chair_only,
    left_out,
    one_speaker,
    only_listed,
    stays_least,
    unlisted,
)
from gfmd_analysis.claims.evidence import LONGEST, Claim, caveat, register, touches
from gfmd_analysis.claims.networks import brokers, chance, grouping, most_shared
from gfmd_analysis.claims.practices import (
    both_on_objectives,
    converging,
    differing,
    due_next,
    practices_by_world_region,
)
from gfmd_analysis.claims.profiles import profile
from gfmd_analysis.claims.quantities import campaign_reached, remittances_averted, remittances_held
from gfmd_analysis.claims.selection import narrow, scope
from gfmd_analysis.claims.speakers import (
    constituencies_compared,
    meetings_compared,
    most_turns,
    states_and_others,
    widest_speaker,
)

__all__ = [
    "LONGEST", "Claim", "agreement", "answer", "both_on_objectives", "brokers", "campaign_reached", "caveat",
    "chance", "coded", "constituencies_compared", "converging", "corrected", "differing", "due_next",
    "fewest_speakers", "grouping", "in_chair_only", "left_out", "meetings_compared", "most_shared", "most_turns",
    "narrow", "one_speaker", "only_listed", "practices_by_world_region", "profile", "register", "remittances_averted",
    "remittances_held", "scope", "states_and_others", "stays_least", "touches", "unlisted", "widest_speaker",
]  # fmt: skip
