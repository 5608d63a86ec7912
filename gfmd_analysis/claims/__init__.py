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

from gfmd_analysis.claims.coding import agreement as agreement
from gfmd_analysis.claims.coding import coded as coded
from gfmd_analysis.claims.coding import corrected as corrected
from gfmd_analysis.claims.coverage import fewest_speakers as fewest_speakers
from gfmd_analysis.claims.coverage import in_chair_only as in_chair_only
from gfmd_analysis.claims.coverage import left_out as left_out
from gfmd_analysis.claims.coverage import one_speaker as one_speaker
from gfmd_analysis.claims.coverage import only_listed as only_listed
from gfmd_analysis.claims.coverage import stays_least as stays_least
from gfmd_analysis.claims.coverage import unlisted as unlisted
from gfmd_analysis.claims.evidence import LONGEST as LONGEST
from gfmd_analysis.claims.evidence import Claim as Claim
from gfmd_analysis.claims.evidence import caveat as caveat
from gfmd_analysis.claims.evidence import register as register
from gfmd_analysis.claims.evidence import touches as touches
from gfmd_analysis.claims.networks import brokers as brokers
from gfmd_analysis.claims.networks import chance as chance
from gfmd_analysis.claims.networks import grouping as grouping
from gfmd_analysis.claims.networks import most_shared as most_shared
from gfmd_analysis.claims.practices import both_on_objectives as both_on_objectives
from gfmd_analysis.claims.practices import converging as converging
from gfmd_analysis.claims.practices import differing as differing
from gfmd_analysis.claims.practices import due_next as due_next
from gfmd_analysis.claims.practices import practices_by_world_region as practices_by_world_region
from gfmd_analysis.claims.profiles import profile as profile
from gfmd_analysis.claims.quantities import campaign_reached as campaign_reached
from gfmd_analysis.claims.quantities import remittances_averted as remittances_averted
from gfmd_analysis.claims.quantities import remittances_held as remittances_held
from gfmd_analysis.claims.selection import narrow as narrow
from gfmd_analysis.claims.selection import scope as scope
from gfmd_analysis.claims.speakers import constituencies_compared as constituencies_compared
from gfmd_analysis.claims.speakers import meetings_compared as meetings_compared
from gfmd_analysis.claims.speakers import most_turns as most_turns
from gfmd_analysis.claims.speakers import states_and_others as states_and_others
from gfmd_analysis.claims.speakers import widest_speaker as widest_speaker
