"""The command ``gfmd``: briefing, brief, accept, report, test, lab; validate, verify, draft, adopt, correct."""

import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from gfmd_analysis.errors import DataError, GfmdError

ROOT = Path(__file__).resolve().parent.parent

STOPPED = 130  # how typer ends on Ctrl-C

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="GFMD meetings as tidy data: check, draft and brief.",
)

PACKAGE = {"help": "Data package; the project's own data/ where none is given"}
Folder = Annotated[Path | None, typer.Argument(**PACKAGE)]
FolderOption = Annotated[Path | None, typer.Option(**PACKAGE)]


@app.command()
def validate(folder: Folder = None) -> None:
    """Check a data package and list everything that is wrong in it; exits 1 if anything is."""
    from gfmd_analysis.dataset.tables import validate as problems_of

    problems = problems_of(*([folder] if folder else []))
    typer.echo(str(DataError(problems)) if problems else "All tables agree with the schema and the rules.")
    raise typer.Exit(bool(problems))


@app.command()
def verify(
    report: Annotated[Path, typer.Argument(help="The public report as text or Markdown (DOCX and PDF too)")],
    folder: FolderOption = None,
    meeting: Annotated[str | None, typer.Option(help="Meeting, where the package holds several")] = None,
) -> None:
    """Recount a report's paragraphs, words and hashes against paragraphs.csv; exits 1 if any differs."""
    from gfmd_analysis.draft.verify import differences

    lines, paragraphs = differences(report, folder, meeting)
    agreed = f"All {paragraphs} paragraphs agree in number, words and SHA-256."
    typer.echo("\n".join([*lines, f"{len(lines)} difference{'s' * (len(lines) != 1)}."]) if lines else agreed)
    raise typer.Exit(bool(lines))


@app.command()
def draft(
    report: Annotated[
        Path, typer.Argument(help="Report of a meeting: .txt, .md, .docx or .pdf, in English, French or Spanish")
    ],
    out: Annotated[Path, typer.Argument(help="Folder for the draft package and its review workbook")],
    meeting: Annotated[
        str, typer.Option(help="Code such as FOF-2022-05; made from title and date where not given")
    ] = "",
) -> None:
    """Draft a coding of another meeting's report, with a workbook to review it in."""
    from gfmd_analysis.draft.review import draft as draft_report

    typer.echo(draft_report(report, out, meeting))


@app.command()
def adopt(
    workbook: Annotated[Path, typer.Argument(help="Reviewed workbook of gfmd draft")],
    out: Annotated[Path, typer.Argument(help="Folder for the data package")],
) -> None:
    """Turn a reviewed workbook into a validated data package; what it refuses it lists."""
    from gfmd_analysis.draft.adoption import adopt as adopt_workbook

    typer.echo(adopt_workbook(workbook, out))


@app.command()
def correct(
    workbook: Annotated[Path, typer.Argument(help="New .xlsx to edit the data in; with --who, the edited one")],
    who: Annotated[str, typer.Option(help="Who corrects: takes the edited workbook back")] = "",
    why: Annotated[str, typer.Option(help="The reason where a row's own is empty")] = "",
    folder: FolderOption = None,
) -> None:
    """Write the data into a workbook, or turn what was edited in it into rows of corrections.csv."""
    from gfmd_analysis.dataset.corrections import correct as write_workbook
    from gfmd_analysis.dataset.corrections import take_back

    folders = [folder] if folder else []
    if not who:
        typer.echo(write_workbook(workbook, *folders))
        return
    told = take_back(workbook, who, why, *folders)
    typer.echo("\n".join([*told, f"{len(told)} new or changed correction{'s' * (len(told) != 1)}."]))


@app.command()
def briefing(languages: Annotated[str, typer.Option(help="Languages of the brief: en, fr, es")] = "en") -> None:
    """Check the data, run the notebooks, write figures and documents to figures/, and say what changed."""
    _build(locales=languages.replace(",", " ").split())


@app.command()
def brief(
    unnamed: Annotated[str | None, typer.Argument(hidden=True)] = None,
    objective: Annotated[str | None, typer.Option(help="Number or title of an objective: 13")] = None,
    actor: Annotated[str | None, typer.Option(help="Code or name of an actor: EGY")] = None,
    constituency: Annotated[str | None, typer.Option(help="Code or name of a constituency: youth")] = None,
    folder: Annotated[Path, typer.Option(help="Where to write it")] = Path(),
) -> None:
    """Write a page on an objective, an actor or a constituency, as Word and as PDF."""
    from gfmd_analysis.dataset.tables import load
    from gfmd_analysis.documents.one_page import brief as write_page

    if unnamed:
        kind = "objective" if unnamed.isdecimal() else "actor"
        raise GfmdError(f"brief: found {unnamed}; name it: --{kind} '{unnamed}'")
    for path in write_page(load(), folder, objective=objective, actor=actor, constituency=constituency):
        typer.echo(f"Wrote {path}")


@app.command()
def accept() -> None:
    """Build, say what changed, and store what the notebooks show now: gfmd test then expects that."""
    _build(accept=True)


@app.command()
def report() -> None:
    """Build, and write all notebooks as one page without code, to read offline or to mail: report.html."""
    _build(report=True)


def _build(**what: Any) -> None:
    from gfmd_analysis.documents.processes import in_words
    from gfmd_analysis.documents.snapshot import WORK, build

    started = time.monotonic()
    with in_words(ROOT / WORK):
        said = build(**what)
    said.append(f"{time.monotonic() - started:.0f} s. Start with figures/README.md and figures/briefing/.")
    if "report" in what:
        said.append("Wrote report.html: one page with all notebooks, to read in any browser or to mail.")
    typer.echo("\n".join(said))


@app.command()
def test(notebooks: Annotated[bool, typer.Option(help="Check the notebooks alone")] = False) -> None:
    """Check everything: lint, types, facts, code, and every notebook cell against its stored output."""
    from gfmd_analysis.documents.processes import own_settings, run

    side_by_side = "-n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder"
    arguments = f"pytest -p tests.red {side_by_side} --nbval --nbval-current-env {'notebooks' * notebooks}"
    raise typer.Exit(run([sys.executable, "-m", *arguments.split()], ROOT, PYTHONPATH=str(ROOT), **own_settings()))


@app.command()
def lab() -> None:
    """Open JupyterLab on the notebooks, which are trusted: their search fields work without running them."""
    from nbformat.sign import NotebookNotary

    from gfmd_analysis.documents.notebooks import notebooks_in, read_notebook
    from gfmd_analysis.documents.processes import run

    for path in notebooks_in(ROOT / "notebooks"):
        NotebookNotary().sign(read_notebook(path))
    first = next((path for path in notebooks_in(ROOT / "notebooks") if path.name.startswith("01")), ROOT)
    arguments = ["-m", "jupyterlab", f"--notebook-dir={ROOT}", str(first)]
    raise typer.Exit(run([sys.executable, *arguments], ROOT, PYTHONPATH=str(ROOT)))


def _of_this_project() -> None:
    """Refuse to work on one copy of the project with the package of another: what is wrong here would seem right.

    Raises
    ------
    GfmdError
        Naming both places.
    """
    for start in (Path.cwd(), Path(sys.argv[0]).absolute().parent):  # a copied .venv/bin/gfmd, called from anywhere
        projects = (each for each in [start, *start.parents] if (each / "gfmd_analysis" / "cli.py").is_file())
        here = next(projects, ROOT)
        if not here.samefile(ROOT):
            instead = "type python run.py briefing (or test, ...) there"
            raise GfmdError(f"This gfmd belongs to {ROOT}, and not to {here}: {instead}")


def main() -> None:
    """Run the command; what the user can mend is said in one message, without a traceback, and Ctrl-C ends it."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter gets a ? for it
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        _of_this_project()
        app()
    except GfmdError as error:
        sys.exit(str(error))
    except OSError as error:
        allowed = "a place that can be read and written"
        sys.exit(f"{error.filename or 'A file'}: {error.strerror or error}; allowed: {allowed}")
    except SystemExit as end:
        if end.code == STOPPED:
            typer.echo("\nStopped; nothing half-written is left.", err=True)
        raise


if __name__ == "__main__":
    main()
