"""What was said at a GFMD meeting, by whom, on which GCM objective.

``load()`` gives the data; coverage and network functions take and return DataFrames; figure functions return Axes.
Importing the package costs little more than pandas: drawing and statistics are imported where they are used.
"""

from gfmd_analysis.dataset.schema import dictionary
from gfmd_analysis.dataset.tables import Dataset, load, select, validate
from gfmd_analysis.errors import DataError, GfmdError, NoDataError, Problem

__version__ = "1.0.0"
__all__ = ["DataError", "Dataset", "GfmdError", "NoDataError", "Problem", "dictionary", "load", "select", "validate"]
