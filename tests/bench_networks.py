"""Benchmark: the projection as a tidy edge table against networkx, scipy's bare product and igraph; a large one's memory.

Run it with ``python tests/bench_networks.py`` (part of ``make bench``); networkx alone takes about 20 seconds.
"""

import resource
import time
from collections.abc import Callable
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from gfmd_analysis.networks.projection import project

ACTORS, OBJECTIVES, EDGES = 2_000, 500, 100_000


def random_edges(actors: int = ACTORS, objectives: int = OBJECTIVES, edges: int = EDGES) -> pd.DataFrame:
    """Draw a random two-mode network with exactly this many edges."""
    cells = np.random.default_rng(2021).choice(actors * objectives, size=edges, replace=False)
    names = [f"actor {i:04d}" for i in range(actors)], [f"objective {j:03d}" for j in range(objectives)]
    chosen = {"actor": np.take(names[0], cells // objectives), "objective": np.take(names[1], cells % objectives)}
    return pd.DataFrame(chosen).assign(weight=1)


def seconds(task: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """Time a task; the best of some repeats counts."""
    best, result = float("inf"), None
    for _ in range(repeats):
        start = time.perf_counter()
        result = task()
        best = min(best, time.perf_counter() - start)
    return best, result


def main() -> None:
    """Print times and ratios, after checking that all four give the same network."""
    edges = random_edges()
    actors = sorted(edges["actor"].unique())
    graph = nx.Graph(list(zip(edges["actor"], edges["objective"], strict=True)))
    codes = [pd.factorize(edges[name], sort=True)[0] for name in ("actor", "objective")]
    matrix = csr_array((np.ones(len(edges)), tuple(codes)), shape=(len(actors), OBJECTIVES))
    two_mode = igraph.Graph.Bipartite(
        [0] * ACTORS + [1] * OBJECTIVES, np.column_stack([codes[0], codes[1] + ACTORS]).tolist()
    )
    ours, table = seconds(lambda: project(edges, "actor", "objective"), 5)
    product, bare = seconds(lambda: matrix @ matrix.T, 5)
    from_igraph, projected = seconds(lambda: two_mode.bipartite_projection(multiplicity=True, which=0), 3)
    from_networkx, reference = seconds(lambda: nx.bipartite.weighted_projected_graph(graph, actors), 1)
    checksums = {
        "edge table": table["weight"].sum(),
        "scipy": (bare.sum() - bare.trace()) / 2,
        "igraph": sum(projected.es["weight"]),
        "networkx": reference.size(weight="weight"),
    }
    if len(set(map(int, checksums.values()))) != 1:
        raise AssertionError(f"the projections differ: {checksums}")
    print(f"projection of {ACTORS:,} actors x {OBJECTIVES} objectives, {EDGES:,} edges, {len(table):,} ties")
    for name, taken in (
        ("tidy edge table (project)", ours),
        ("scipy's bare product", product),
        ("igraph bipartite_projection", from_igraph),
        ("networkx weighted_projected_graph", from_networkx),
    ):
        print(f"{name:<35} {taken:8.3f} s   {taken / ours:7.2f} x the edge table")
    print(f"faster than networkx: {from_networkx / ours:.0f} times (aim: 50 or more)")
    print(f"scipy's bare product times: {ours / product:.2f} (aim: 3 or less)")


def large() -> None:
    """Print time and peak memory of a projection of 20,000 actors through 5,000 objectives."""
    edges = random_edges(20_000, 5_000, 1_000_000).astype({"actor": "category", "objective": "category"})
    taken, table = seconds(lambda: project(edges), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"20,000 actors x 5,000 objectives, {len(edges):,} edges, {len(table):,} ties: {taken:.1f} s")
    print(f"peak memory: {peak:.2f} GB (aim: under 3)")


if __name__ == "__main__":
    large()  # first: the peak is the process's
    main()
