"""Who speaks to what, who speaks alike, which objectives hang together, who bridges, and is it more than chance?

Everything starts from an edge table: of the rows of the long table that count, or of any table coded elsewhere.

>>> import gfmd_analysis as ga
>>> edges = ga.edge_table(ga.taken_up(ga.load().long()))  # edges: the table, the matrix, the graph for networkx's writers
>>> ties = ga.project(edges, normalisation="cosine")  # projection: who speaks alike, under eight normalisations
>>> actors = ga.node_measures(edges)  # measures: centrality; brokerage() for who spans roundtables
>>> tested = ga.pair_tests(edges, samples=100)  # null_models: what the totals alone explain

communities finds groups and how firm they are, ordination lays nodes out, stated gathers the ties that speakers state.
"""

__all__ = ["communities", "edges", "measures", "null_models", "ordination", "projection", "stated"]
