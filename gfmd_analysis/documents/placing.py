"""Put what a build made in place, file by file; what is not ours, or was edited by hand, stays the user's."""

import csv
import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from itertools import count
from pathlib import Path

from gfmd_analysis.errors import GfmdError

MANIFEST = "figures/manifest.csv"


def digest(path: Path) -> str:
    """Compute the SHA-256 of a file's content; empty where there is no file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def read_manifest(root: Path) -> dict[str, set[str]]:
    """Read which files builds wrote below a folder, with the hashes that they gave them."""
    written: dict[str, set[str]] = {}
    text = (root / MANIFEST).read_text(encoding="utf-8") if (root / MANIFEST).is_file() else ""
    for row in csv.DictReader(text.splitlines()):
        written.setdefault(row.get("file") or "", set()).add(row.get("sha256") or "")
    return written


def _write_manifest(root: Path, written: Mapping[str, Iterable[str]], spare: Path) -> None:
    rows = ["file,sha256", *(f'"{file}",{sha}' for file, shas in sorted(written.items()) for sha in sorted(shas))]
    spare.write_text("\n".join(rows) + "\n", encoding="utf-8", newline="")
    _move(spare, root / MANIFEST)


def place(made: Path, root: Path, files: Iterable[str], committed: Collection[str] = ()) -> tuple[list[str], list[str]]:
    """Move files that were made into the project's folder, and remove those of earlier builds that are no longer made.

    Parameters
    ----------
    made
        Folder that holds the new files, on the disk of the project.
    root
        The project's folder, with its manifest.
    files
        The new files, by their path below both folders, with ``/``.
    committed
        Files that stand as the history has them: they can be replaced, too.

    Returns
    -------
    changed, remarks
        The files whose content is now another, and sentences on what was kept beside the new file.

    Raises
    ------
    GfmdError
        Where a file can be written neither in its place nor beside it.

    Notes
    -----
    Whoever looks at a file sees the old one or the new one, never a part. Until all are in place the manifest holds old
    hashes and new, so that the next build of one that was killed here knows the files of both as its own.
    """
    new, ours = {file: digest(made / file) for file in files}, read_manifest(root)
    after = {file: {sha} for file, sha in new.items()}
    if ours == after and all(digest(root / file) == sha for file, sha in new.items()):
        return [], []
    spare, changed, remarks = made / ".manifest", [], []
    _write_manifest(root, {file: ours.get(file, set()) | after.get(file, set()) for file in {*ours, *new}}, spare)
    try:
        for file, sha in new.items():
            target = root / file
            if digest(target) == sha:
                continue
            known = file in committed or digest(target) in ours.get(file, set())
            if target.exists() and not known:
                kept = _free_name(target, "edited")
                shutil.copy2(target, kept) if target.is_symlink() else target.rename(kept)
                remarks.append(f"{file} was not as a build wrote it: it is kept as {kept.name}.")
            if (beside := _move(made / file, target)) != target:
                remarks.append(f"{file} is open in another program: the new one is {beside.name}.")
            changed.append(file)
        for file in sorted(ours.keys() - new.keys()):
            if digest(root / file) in ours[file]:
                (root / file).unlink()
                changed.append(file)
    except OSError as error:
        raise GfmdError(
            f"cannot write {error.filename or 'figures/'}: {error.strerror}; allowed: a folder that can be written, with room on the disk"
        ) from None
    _write_manifest(root, after, spare)
    return changed, remarks


def _free_name(path: Path, word: str) -> Path:
    """Name a file beside another: ``name.edited.docx``, or with a number where that is taken."""
    names = (f"{path.stem}.{word}{f'-{number}' if number > 1 else ''}{path.suffix}" for number in count(1))
    return next(path.with_name(name) for name in names if not os.path.lexists(path.with_name(name)))


def _move(new: Path, target: Path) -> Path:
    """Move a file over another in one step, through links; gives where it is, which is beside a file that is open."""
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    if new.stat().st_dev != target.parent.stat().st_dev:  # a linked folder on another disk
        near = target.with_name(f".{target.name}.new")
        shutil.copyfile(new, near)
        new = near
    try:
        new.replace(target)
    except PermissionError:  # Windows, while Word or Excel has it open
        target = _free_name(target, "new")
        new.replace(target)
    return target
