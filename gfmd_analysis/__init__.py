"""What was said at a GFMD meeting, by whom, on which GCM objective.

``load()`` gives the data; coverage and network functions take and return DataFrames; figure functions return Axes.
Importing the package costs little more than pandas: drawing and statistics are imported where they are used.
"""

from gfmd_analysis.errors import DataError, GfmdError, NoDataError, Problem
from gfmd_analysis.loading import Dataset, load
from gfmd_analysis.schema import dictionary
from gfmd_analysis.selection import select
from gfmd_analysis.validation import validate

__version__ = "1.0.0"
__all__ = ["DataError", "Dataset", "GfmdError", "NoDataError", "Problem", "dictionary", "load", "select", "validate"]
