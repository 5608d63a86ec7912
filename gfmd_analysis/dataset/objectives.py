"""Load a data package, or several as one, into tidy, typed, read-only tables."""

import pandas as pd

OBJECTIVES = pd.CategoricalDtype(list(range(1, 24)), ordered=True)

ROUNDTABLES = pd.CategoricalDtype(["RT1", "RT2", "RT3", "RT4"], ordered=True)

IMRF_ROUNDTABLES = {
    "RT1": (2, 5, 6, 12, 18),
    "RT2": (4, 8, 9, 10, 11, 13, 21),
    "RT3": (14, 15, 16, 19, 20, 22),
    "RT4": (1, 3, 7, 17, 23),
}
