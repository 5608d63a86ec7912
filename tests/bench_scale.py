"""A corpus of 1,000 invented meetings: loaded, validated, counted and projected, beside duckdb on the same work.

Run ``make bench``. Figures are of this machine; the ratios are what to compare.
"""

import itertools
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.synthetic import write_meetings

MEETINGS, PARAGRAPHS, MENTIONS_EACH = 1_000, 500, 1_000
SECONDS, GIGABYTES, GROWTH = 11, 1.3, 12


def work(folder: Path) -> None:
    """Load, validate, count and project one corpus and print the seconds of each step and the memory at its peak."""
    from gfmd_analysis import load
    from gfmd_analysis.coverage.counts import coverage_table
    from gfmd_analysis.networks.edges import edge_table
    from gfmd_analysis.networks.projection import project

    marks = [time.perf_counter()]
    data = load(folder)
    marks.append(time.perf_counter())
    long = data.long()
    coverage_table(long)
    marks.append(time.perf_counter())
    project(edge_table(long), onto="actor", through="objective")
    marks.append(time.perf_counter())
    steps = [after - before for before, after in itertools.pairwise(marks)]
    print(*(f"{step:.2f}" for step in steps), f"{peak_gigabytes():.2f}")


def peak_gigabytes() -> float:
    """Measure the memory that this process held at most."""
    try:
        import resource
    except ImportError:  # Windows
        return float(psutil.Process().memory_info().peak_wset) / 1e9
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)


def duckdb_work(folder: Path) -> None:
    """Read, count and project the same files with duckdb: no validation, as a yardstick of what reading alone costs."""
    import duckdb

    start = time.perf_counter()
    base = duckdb.sql(
        f"select * from read_csv('{folder}/mentions.csv') as m join read_csv('{folder}/interventions.csv') as i using (intervention)"
    )
    duckdb.sql("select objective, count(distinct intervention), count(distinct actor) from base group by 1").fetchall()
    pairs = duckdb.sql("select distinct actor, objective from base")
    duckdb.sql(
        "select a.actor, b.actor, count(*) from pairs a join pairs b using (objective) where a.actor < b.actor group by all"
    ).fetchall()
    assert base is not None
    assert pairs is not None
    print(f"{time.perf_counter() - start:.2f}")


def measured(function: str, folder: Path) -> list[float]:
    """Run a function of this module in a process of its own and read the numbers that it prints."""
    code = f"from pathlib import Path; from tests.bench_scale import {function}; {function}(Path({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        small = write_meetings(Path(folder) / "small", MEETINGS // 10, PARAGRAPHS)
        large = write_meetings(Path(folder) / "large", MEETINGS, PARAGRAPHS)
        print(
            f"{'mentions':>12} {'load+validate':>14} {'coverage':>9} {'projection':>11} {'total s':>8} {'GB':>5} {'duckdb s (no validation)':>25}"
        )
        totals = []
        for name, meetings in (("small", MEETINGS // 10), ("large", MEETINGS)):
            path = small if name == "small" else large
            load, coverage, projection, memory = measured("work", path)
            (duck,) = measured("duckdb_work", path)
            totals.append(load + coverage + projection)
            print(
                f"{meetings * MENTIONS_EACH:>12,} {load:>14.2f} {coverage:>9.2f} {projection:>11.2f} {totals[-1]:>8.2f} {memory:>5.2f} {duck:>25.2f}"
            )
        print(
            f"Ten times the rows cost {totals[1] / totals[0]:.1f} times the time (to reach: {GROWTH}); {totals[1]:.1f} s (to reach: {SECONDS}), {memory:.2f} GB (to reach: {GIGABYTES})."
        )


if __name__ == "__main__":
    main()
