# The face: what `import gfmd_analysis as ga` offers. Each name is loaded when it is first used.
from . import claims as claims, figures as figures
from .claims.profiles import profile as profile
from .coverage.counts import (
    coverage_by_setting as coverage_by_setting,
    coverage_matrix as coverage_matrix,
    coverage_table as coverage_table,
    speaker_counts as speaker_counts,
    taken_up as taken_up,
)
from .coverage.least import compare_lists as compare_lists
from .coverage.least import least_discussed as least_discussed
from .coverage.least import rank_sensitivity as rank_sensitivity
from .coverage.uncertainty import (
    rank_intervals as rank_intervals,
    share_change as share_change,
    uniform_attention as uniform_attention,
)
from .dataset.describe import (
    coded_interventions as coded_interventions,
    inventory as inventory,
    source_line as source_line,
)
from .dataset.descriptor import dictionary as dictionary
from .dataset.reliability import intercoder_agreement as intercoder_agreement
from .dataset.selecting import select as select
from .dataset.tables import Dataset as Dataset, load as load, validate as validate
from .documents.one_page import brief as brief
from .errors import GfmdError as GfmdError, NoDataError as NoDataError
from .figures.display import save_figure as save_figure, searchable as searchable, show as show
from .figures.tables import readable as readable
from .networks.communities import find_communities as find_communities
from .networks.edges import edge_table as edge_table, incidence as incidence, two_mode_graph as two_mode_graph
from .networks.measures import brokerage as brokerage, node_measures as node_measures
from .networks.null_models import pair_tests as pair_tests
from .networks.projection import project as project
from .practices.catalogue import partnerships as partnerships, practice_table as practice_table
from .practices.recommendations import (
    consolidated_recommendations as consolidated_recommendations,
    recommendation_table as recommendation_table,
)
from .quantities.metrics import (
    campaign_reach as campaign_reach,
    quantity_table as quantity_table,
    remittance_levels as remittance_levels,
)

__version__: str
