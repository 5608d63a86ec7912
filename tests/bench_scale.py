"""A corpus of 1,000 invented meetings: loaded, validated, counted and projected, beside polars on the same work.

The coverage table of ten million rows is counted side by side with it. Run ``make bench``. Times are of the
processor, of this machine; the ratios are what to compare.
"""

import itertools
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import psutil

from tests.synthetic import write_meetings

ROWS, ACTORS, TIMES_POLARS = 10_000_000, 500, 2
MEETINGS, PARAGRAPHS, MENTIONS_EACH = 1_000, 500, 1_000
SECONDS, GIGABYTES, GROWTH = 11, 1.25, 12


def work(folder: Path) -> None:
    """Load, validate, count and project one corpus and print the seconds of each step and the memory at its peak."""
    from gfmd_analysis import load
    from gfmd_analysis.coverage.counts import coverage_table
    from gfmd_analysis.networks.edges import edge_table
    from gfmd_analysis.networks.projection import project

    marks = [time.process_time()]
    data = load(folder)
    marks.append(time.process_time())
    long = data.long()
    coverage_table(long)
    marks.append(time.process_time())
    project(edge_table(long), onto="actor", through="objective")
    marks.append(time.process_time())
    steps = [after - before for before, after in itertools.pairwise(marks)]
    print(*(f"{step:.2f}" for step in steps), f"{peak_gigabytes():.2f}")


def peak_gigabytes() -> float:
    """Measure the memory that this process held at most; Linux counts to `ru_maxrss` what the process held that started it."""
    if sys.platform == "linux":
        return float(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[1]) / 1e6
    try:
        import resource
    except ImportError:  # Windows
        return float(psutil.Process().memory_info().peak_wset) / 1e9
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)


def polars_work(folder: Path) -> None:
    """Read, count and project the same files with polars: no validation, as a yardstick of what reading alone costs."""
    import polars as pl

    start = time.process_time()
    interventions = pl.read_csv(folder / "interventions.csv", infer_schema=False)
    base = pl.read_csv(folder / "mentions.csv", infer_schema=False).join(interventions, on="intervention")
    counted = base.group_by("objective").agg(pl.n_unique("intervention", "actor"))
    pairs = base.select("actor", "objective").unique()
    pairs = pairs.join(pairs, on="objective").filter(pl.col("actor") < pl.col("actor_right"))
    projected = pairs.group_by("actor", "actor_right").len()
    assert len(counted) == 23
    assert len(projected)
    print(f"{time.process_time() - start:.2f}")


def measured(function: str, folder: Path) -> list[float]:
    """Run a function of this module in a process of its own and read the numbers that it prints."""
    code = f"from pathlib import Path; from tests.bench_scale import {function}; {function}(Path({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


def long_table(rows: int) -> pd.DataFrame:
    """Draw a long table of so many rows, its columns categoricals as `load` gives them."""
    from gfmd_analysis.dataset.capacity import EVERY_ACT
    from gfmd_analysis.dataset.objectives import OBJECTIVES

    draw = np.random.default_rng(1)
    values = {
        "objective": [*OBJECTIVES.categories],
        "actor": [f"A{number:03d}" for number in range(ACTORS)],
        "basis": ["explicit", "inferred"],
        "engagement": ["substantive", "passing", "reference"],
        "act": list(EVERY_ACT),
    }
    columns = {
        name: pd.Categorical.from_codes(draw.integers(len(known), size=rows, dtype="int16"), known, ordered=True)
        for name, known in values.items()
    }
    return pd.DataFrame({"intervention": np.arange(rows) // 2, **columns})


def polars_coverage(long: pd.DataFrame) -> Callable[[], list[int]]:
    """Load the table into polars and give the task of counting its coverage: how many actors went farthest by number."""
    import polars as pl

    table = pl.DataFrame({"objective": long["objective"].cat.codes.to_numpy()})
    for name in ("actor", "basis", "engagement", "act"):
        known = list(long[name].cat.categories)
        table = table.with_columns(
            pl.Series(known, dtype=pl.Enum(known)).gather(long[name].cat.codes.to_numpy()).alias(name)
        )
    own, said = pl.col("act").is_in(["statement", "update"]), pl.col("engagement") != "reference"
    subject = pl.col("engagement") == "substantive"
    passed = [said, said & own, subject & own, subject & own & (pl.col("basis") == "explicit")]
    depth = sum(each.cast(pl.Int8) for each in passed).alias("depth")
    steps = table.lazy().select("objective", "actor", depth, (~said).alias("listed"))
    furthest = steps.group_by("objective", "actor").agg(pl.col("depth").max(), pl.col("listed").sum())
    counted = furthest.group_by("objective").agg((pl.col("depth") == 4).sum(), pl.col("listed").sum()).sort("objective")
    return lambda: counted.collect()["depth"].to_list()


def coverage_side_by_side(rows: int = ROWS) -> None:
    """Count the coverage table of many rows with each and print the best of three times, after checking that all agree."""
    from gfmd_analysis.coverage.counts import coverage_table

    long = long_table(rows)
    tasks = {"coverage_table": lambda: coverage_table(long)["by_number"].tolist(), "polars": polars_coverage(long)}
    best, counts = {}, {}
    for name, task in tasks.items():
        best[name] = float("inf")
        for _ in range(3):
            start = time.process_time()
            counts[name] = task()
            best[name] = min(best[name], time.process_time() - start)
    if counts["coverage_table"] != counts["polars"]:
        raise AssertionError(f"the counts differ: {counts}")
    print(
        f"coverage of {rows:,} rows: {', '.join(f'{name} {taken:.2f} s' for name, taken in best.items())} of processor time"
    )
    print(f"{best['coverage_table'] / best['polars']:.2f} times polars (to reach: {TIMES_POLARS} times polars)")


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        small = write_meetings(Path(folder) / "small", MEETINGS // 10, PARAGRAPHS)
        large = write_meetings(Path(folder) / "large", MEETINGS, PARAGRAPHS)
        print(
            f"{'mentions':>12} {'load+validate':>14} {'coverage':>9} {'projection':>11} {'total s':>8} {'GB':>5} {'polars s (no validation)':>25}"
        )
        totals = []
        for name, meetings in (("small", MEETINGS // 10), ("large", MEETINGS)):
            path = small if name == "small" else large
            load, coverage, projection, memory = measured("work", path)
            (beside,) = measured("polars_work", path)
            totals.append(load + coverage + projection)
            print(
                f"{meetings * MENTIONS_EACH:>12,} {load:>14.2f} {coverage:>9.2f} {projection:>11.2f} {totals[-1]:>8.2f} {memory:>5.2f} {beside:>25.2f}"
            )
        print(
            f"Ten times the rows cost {totals[1] / totals[0]:.1f} times the time (to reach: {GROWTH}); {totals[1]:.1f} s (to reach: {SECONDS}), {memory:.2f} GB (to reach: {GIGABYTES})."
        )
    coverage_side_by_side()


if __name__ == "__main__":
    main()
