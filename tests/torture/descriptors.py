"""The ways in which ``datapackage.json`` can be wrong."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from gfmd_analysis.dataset.descriptor import DEFAULT_FOLDER, DESCRIPTOR, OPTIONAL
from tests.torture.packages import Change, descriptor, writes

BAD_PATHS: list[Any] = [
    "../ties.csv", "coding/../../ties.csv", "coding/../ties.csv", "/etc/hostname", "~/ties.csv", "", ".", "..", "coding", "https://example.org/ties.csv",
    "file:///etc/hostname", "..\\ties.csv", "C:\\ties.csv", "ties.csv\0", "ties.csv\n", "x" * 5000, "a/" * 3000, None, 7, [], ["ties.csv"], ["ties.csv", "ties.csv"], {}, True,
    "ties\N{ZERO WIDTH SPACE}.csv", "\udcff.csv", "/dev/stdin", "*.csv", "linked/ties.csv",
]  # fmt: skip
OTHER_VALUES: list[Any] = [None, 7, -1, 1.5, True, "", "x", "(", [], {}, [None], ["x"], {"x": 1}, [[]]]
OWN_TABLES: list[dict[str, Any]] = [
    {},
    {"primaryKey": ["nothing"]},
    {"primaryKey": []},
    {"fields": []},
    {"fields": [{"name": "a"}, {"name": "a"}]},
    {"fields": [{"name": "a", "type": "string", "constraints": {"pattern": "("}}]},
    {"fields": [{"name": "a", "type": "string", "constraints": {"pattern": 7}}]},
    {"fields": [{"name": "a", "type": "string", "constraints": {"maxLength": "x"}}]},
    {"fields": [{"name": "a", "type": "integer", "constraints": {"minimum": "x"}}]},
    {"fields": [{"name": "a", "type": "string", "constraints": {"enum": 7}}]},
    {"fields": [{"name": "a", "type": "string", "constraints": {"enum": [{}, []]}}]},
    {"fields": [{"name": "a", "type": "no_such_type"}]},
    {"fields": [{"name": "a", "type": ["string"]}]},
    {"foreignKeys": [{"fields": ["nothing"], "reference": {"resource": "actors", "fields": ["actor"]}}]},
    {"foreignKeys": [{"fields": ["a"], "reference": {"resource": "actors", "fields": ["nothing"]}}]},
    {"foreignKeys": [{"fields": ["a"], "reference": {"resource": "nowhere", "fields": ["actor"]}}]},
    {"foreignKeys": [{"fields": ["a"], "reference": {"resource": "actors", "fields": ["actor", "name"]}}]},
    {"foreignKeys": [{"fields": ["a"], "reference": {"resource": "actors", "fields": ["actor"]}}]},
]


def broken_descriptors(random: Random, mutations: int) -> Iterator[Change]:
    """Give descriptors that are no JSON, no package, or not the contract's; paths that lead elsewhere; tables of one's own that are wrong."""
    text = (DEFAULT_FOLDER / DESCRIPTOR).read_text(encoding="utf-8")
    yield from (_named("broken JSON", name, content) for name, content in _no_json(text, random))
    yield from _bad_paths(random)
    yield from _missing_parts()
    yield from _mutated(random, mutations)
    yield from _own_tables()


def _named(
    kind: str, name: str, content: str | bytes, before: Callable[[Path], object] = lambda folder: None
) -> Change:
    def make(folder: Path) -> None:
        before(folder)
        writes(DESCRIPTOR, content)(folder)

    file = "" if kind.startswith(("path", "table of")) else DESCRIPTOR  # those may only show in the file they name
    return Change(kind, f"{DESCRIPTOR}: {name}", make, file)


def _no_json(text: str, random: Random) -> Iterator[tuple[str, str | bytes]]:
    for cut in sorted(random.sample(range(len(text) - 2), 15)):
        yield f"cut after {cut} characters", text[:cut]
    yield from {
        "empty": "", "blank": " \n", "UTF-16": text.encode("utf-16"), "Latin-1": text.replace("Meetings", "Réunions").encode("latin-1"), "NUL": text.replace("{", "\0", 3),
        "null": "null", "number": "7", "text": '"x"', "list": "[]", "list of packages": f"[{text}]", "nothing in it": "{}", "deep": "[" * 100_000, "deep object": '{"a":' * 100_000,
        "trailing comma": text.replace("}", ",}", 1), "comment": f"// mine\n{text}", "single quotes": text.replace('"', "'"), "twice": text + text, "YAML": "resources:\n- name: x\n",
        "long number": '{"resources": ' + "9" * 5000 + "}",
    }.items()  # fmt: skip


def _bad_paths(random: Random) -> Iterator[Change]:
    def linked(folder: Path) -> None:
        (folder / "linked").symlink_to(folder)

    for path in BAD_PATHS:
        package = descriptor()
        for resource in random.sample(package["resources"], 3):
            changed = copy.deepcopy(package)
            next(item for item in changed["resources"] if item["name"] == resource["name"])["path"] = path
            before = linked if isinstance(path, str) and path.startswith("linked") else lambda folder: None
            yield _named(
                "path that leaves or misleads", f"{resource['name']}: {str(path)[:30]!r}", json.dumps(changed), before
            )
    package = descriptor()
    package["resources"][3]["path"] = package["resources"][4]["path"]
    yield _named("path that leaves or misleads", "two tables in one file", json.dumps(package))


def _missing_parts() -> Iterator[Change]:
    for place, resource in enumerate(descriptor()["resources"]):
        if not resource["name"].startswith("coding_") and resource["name"] not in (*OPTIONAL, "mentions_long"):
            package = descriptor()
            del package["resources"][place]
            yield _named("table not in the descriptor", resource["name"], json.dumps(package))
        package = descriptor()
        package["resources"].append(copy.deepcopy(resource))
        yield _named("table twice in the descriptor", resource["name"], json.dumps(package))
        for key in ("name", "path", "schema"):
            package = descriptor()
            del package["resources"][place][key]
            yield _named("part missing in the descriptor", f"{resource['name']}.{key}", json.dumps(package))
        for key, value in (
            ("encoding", "latin-1"),
            ("format", "xlsx"),
            ("dialect", {"delimiter": ";"}),
            ("data", [["a"], ["b"]]),
            ("compression", "gz"),
        ):
            package = descriptor()
            package["resources"][place][key] = value
            yield _named("read in another way", f"{resource['name']}.{key}", json.dumps(package))


def _mutated(random: Random, many: int) -> Iterator[Change]:
    """Seeded: something in a table's schema is gone or is another thing."""
    for _ in range(many):
        package = descriptor()
        resource = random.choice(package["resources"])
        holder, key = random.choice([place for place in _places(resource, "schema") if place[1] != "description"])
        name, old = f"{resource['name']}.schema … {key}", holder[key]
        if random.random() < 0.3:
            del holder[key]
        else:
            holder[key] = random.choice(
                [value for value in OTHER_VALUES if value != old or type(value) is not type(old)]
            )
        if package != descriptor():
            yield _named(
                "schema that differs",
                f"{name}: {str(old)[:20]} to {str(holder.get(key) if isinstance(holder, dict) else holder)[:20]}",
                json.dumps(package),
            )


def _places(holder: Any, key: Any) -> Iterator[tuple[Any, Any]]:
    yield holder, key
    value = holder[key]
    for inner in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from _places(value, inner)


def _own_tables() -> Iterator[Change]:
    """Tables of one's own may be added, but not broken ones."""
    for number, wrong in enumerate(OWN_TABLES):
        package = descriptor()
        sound = {"fields": [{"name": "a", "type": "string", "constraints": {"maxLength": 9}}], "primaryKey": ["a"]}
        package["resources"].append({"name": "own", "path": "own.csv", "schema": {**sound, **wrong} if wrong else None})
        yield _named(
            "table of one's own, broken", f"{number}: {wrong}", json.dumps(package), writes("own.csv", "a\nx\n")
        )
