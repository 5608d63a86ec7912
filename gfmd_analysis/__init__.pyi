# The face: what `import gfmd_analysis as ga` offers. Each name is loaded when it is first used.
from . import claims as claims
from . import figures as figures
from .claims.answers import answer as answer
from .claims.evidence import narrow as narrow
from .claims.evidence import register as register
from .claims.evidence import scope as scope
from .claims.profiles import profile as profile
from .coverage.counts import (
    coverage_by_setting as coverage_by_setting,
)
from .coverage.counts import (
    coverage_matrix as coverage_matrix,
)
from .coverage.counts import (
    coverage_table as coverage_table,
)
from .coverage.counts import (
    speaker_counts as speaker_counts,
)
from .coverage.counts import (
    taken_up as taken_up,
)
from .coverage.least import compare_lists as compare_lists
from .coverage.least import least_discussed as least_discussed
from .coverage.least import listed_objectives as listed_objectives
from .coverage.least import rank_sensitivity as rank_sensitivity
from .coverage.levels import mention_levels as mention_levels
from .coverage.uncertainty import (
    rank_intervals as rank_intervals,
)
from .coverage.uncertainty import (
    share_change as share_change,
)
from .coverage.uncertainty import (
    uniform_attention as uniform_attention,
)
from .dataset.citing import source_line as source_line
from .dataset.describe import coded_interventions as coded_interventions
from .dataset.describe import inventory as inventory
from .dataset.descriptor import dictionary as dictionary
from .dataset.reliability import intercoder_agreement as intercoder_agreement
from .dataset.selecting import select as select
from .dataset.tables import Dataset as Dataset
from .dataset.tables import load as load
from .dataset.tables import validate as validate
from .documents.one_page import brief as brief
from .errors import DataError as DataError
from .errors import GfmdError as GfmdError
from .errors import NoDataError as NoDataError
from .errors import Problem as Problem
from .figures.display import save_figure as save_figure
from .figures.display import searchable as searchable
from .figures.display import show as show
from .figures.network_explorer import explorer as explorer
from .figures.tables import readable as readable
from .networks.communities import find_communities as find_communities
from .networks.edges import (
    edge_table as edge_table,
)
from .networks.edges import (
    incidence as incidence,
)
from .networks.edges import (
    two_mode_graph as two_mode_graph,
)
from .networks.measures import brokerage as brokerage
from .networks.measures import node_measures as node_measures
from .networks.null_models import network_tests as network_tests
from .networks.null_models import pair_tests as pair_tests
from .networks.projection import project as project
from .practices.catalogue import partnerships as partnerships
from .practices.catalogue import practice_table as practice_table
from .practices.recommendations import (
    consolidated_recommendations as consolidated_recommendations,
)
from .practices.recommendations import (
    recommendation_table as recommendation_table,
)
from .quantities.metrics import (
    campaign_reach as campaign_reach,
)
from .quantities.metrics import (
    quantity_table as quantity_table,
)
from .quantities.metrics import (
    remittance_levels as remittance_levels,
)

__version__: str
