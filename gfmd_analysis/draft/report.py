"""Read a meeting's report (text, Markdown, Word or PDF) into plain text with the Markdown that tells its parts."""

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gfmd_analysis.draft.limits import read_within_limits
from gfmd_analysis.draft.paragraphs import LeftOut
from gfmd_analysis.errors import GfmdError, refusal

LARGEST_FILE = 50_000_000

LARGEST_UNPACKED = 200_000_000

MOST_PACKED_TIMES = 200

LONGEST_LINE = 100_000

TEXTS = (".txt", ".md", ".markdown")

READERS = {".docx": "gfmd_analysis.draft.word:read_word", ".pdf": "gfmd_analysis.draft.pdf:read_pdf"}


@dataclass(frozen=True)
class Document:
    """A document's text, and what of its words is not in it (hidden, struck, headers, footnotes)."""

    text: str
    left_out: tuple[LeftOut, ...] = ()


def read_document(path: str | Path) -> Document:
    """Read a report.

    Parameters
    ----------
    path
        A ``.txt``, ``.md``, ``.docx`` or ``.pdf`` file of at most 50 MB.

    Returns
    -------
    Document
        Plain text; headings and bold lines are marked as in Markdown, rows of tables as Markdown rows. Word's automatic
        numbers are written out; columns of a PDF are read one after the other. Page headers, page numbers, footnotes and
        words that are hidden or struck out are left out, and counted.

    Raises
    ------
    GfmdError
        For a file that is missing, too large, of another kind or encoding, protected by a password, scanned without
        text, packed beyond reason, with lines beyond reading, or a Word file with tracked changes; and where reading takes too long or too much.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in (*TEXTS, *READERS):
        raise refuse(path, f"the ending '{path.suffix}'", ", ".join([*TEXTS, *READERS]))
    check_size(path)
    text, left_out = (_read_text(path), ()) if ending in TEXTS else read_within_limits(READERS[ending], path)
    longest = max(map(len, text.splitlines()), default=0)
    if longest > LONGEST_LINE:
        raise refuse(path, f"a line of {longest:,} characters", f"lines of at most {LONGEST_LINE:,}")
    return Document(text, tuple(LeftOut(what, "in the file", words) for what, words in left_out if words))


def refuse(path: Path, found: str, allowed: str) -> GfmdError:
    """Word why a file is refused and what would be read instead."""
    return GfmdError(f"{path.name}: {refusal(found, allowed)}")


def check_size(path: Path) -> None:
    """Refuse a file that is not there, empty or larger than 50 MB, before a byte of it is read."""
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no plain file" if path.exists() else "no such file"
        raise refuse(path, found, "a file that can be read")
    size = path.stat().st_size
    if not size:
        raise refuse(path, "an empty file", "a report of a meeting")
    if size > LARGEST_FILE:
        raise refuse(path, f"{size / 1e6:,.0f} MB", f"at most {LARGEST_FILE // 1_000_000} MB")


def check_archive(path: Path) -> None:
    """Refuse a Word or Excel file that is no archive, would unpack to more than it should, or points outside itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        found, allowed = f"no readable {path.suffix} file ({error})", "one saved by Word, Excel or LibreOffice"
        if path.read_bytes().startswith(b"\xd0\xcf\x11\xe0"):
            found = "a file with a password, or of Office before 2007"
            allowed = f"a {path.suffix} file without a password"
        raise refuse(path, found, allowed) from None
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts:
            raise refuse(path, f"a part that leaves the file ('{member.filename}')", "parts inside the file only")
    unpacked, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    if unpacked > LARGEST_UNPACKED or (unpacked > 1_000_000 and unpacked > MOST_PACKED_TIMES * max(packed, 1)):
        found = f"{unpacked / 1e6:,.0f} MB packed into {packed / 1e6:,.2f} MB (a zip bomb?)"
        allowed = f"at most {LARGEST_UNPACKED // 1_000_000} MB unpacked and {MOST_PACKED_TIMES} times the packed size"
        raise refuse(path, found, allowed)


def _read_text(path: Path) -> str:
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse(path, "UTF-16 text", "UTF-8 text (save as UTF-8)")
    if b"\0" in raw:
        raise refuse(path, "bytes that are no text", "UTF-8 text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{raw[error.start]:02x} in line {line}, which is not UTF-8 (Windows or Latin-1 text?)"
        raise refuse(path, found, "UTF-8 text (save as UTF-8)") from None
