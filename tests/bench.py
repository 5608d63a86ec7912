"""``make bench``: speed of projections, speed at scale, quality of the draft coding."""

from importlib import import_module

PARTS = {
    "tests.bench_networks": "Projections against networkx, igraph and a bare sparse product",
    "tests.bench_scale": "A corpus of 1,000 invented meetings",
    "tests.bench_draft": "Draft coding against the settled coding",
}

if __name__ == "__main__":
    for module, title in PARTS.items():
        print(f"\n== {title}")
        import_module(module).main()
