"""The command ``gfmd``: validate, verify, tidy, draft, adopt, briefing."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from gfmd_analysis.errors import GfmdError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="GFMD meetings as tidy data: check, draft and brief.",
)

Folder = Annotated[
    Path | None, typer.Argument(help="Data package; the project's own data/ where none is given", show_default=False)
]


@app.command()
def validate(folder: Folder = None) -> None:
    """Check a data package and list everything that is wrong in it; exits 1 if anything is."""
    from gfmd_analysis.dataset.tables import validate as problems_of

    problems = problems_of(*([folder] if folder else []))
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(
        f"{len(problems)} problem{'s' * (len(problems) != 1)}."
        if problems
        else "All tables agree with the schema and the rules."
    )
    raise typer.Exit(bool(problems))


@app.command()
def verify(
    report: Annotated[Path, typer.Argument(help="The public report as text or Markdown (DOCX and PDF too)")],
    folder: Annotated[
        Path | None, typer.Option(help="Data package; the project's own data/ where none is given", show_default=False)
    ] = None,
    meeting: Annotated[
        str | None, typer.Option(help="Meeting, where the package holds several", show_default=False)
    ] = None,
) -> None:
    """Recount a report's paragraphs, words and hashes against paragraphs.csv; exits 1 if any differs."""
    from gfmd_analysis.draft.verify import differences

    lines, paragraphs = differences(report, folder, meeting)
    for line in lines:
        typer.echo(line)
    typer.echo(
        f"{len(lines)} difference{'s' * (len(lines) != 1)}."
        if lines
        else f"All {paragraphs} paragraphs agree in number, words and SHA-256."
    )
    raise typer.Exit(bool(lines))


@app.command()
def draft(
    report: Annotated[Path, typer.Argument(help="Summary report with numbered paragraphs: .txt, .md, .docx or .pdf")],
    out: Annotated[Path, typer.Argument(help="Folder for the draft package and its review workbook")],
    meeting: Annotated[
        str, typer.Option(help="Code such as FOF-2022-05; made from title and date where not given", show_default=False)
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
    from gfmd_analysis.draft.review import adopt as adopt_workbook

    typer.echo(adopt_workbook(workbook, out))


@app.command()
def briefing() -> None:
    """Run the notebooks and write figures, captions and documents to figures/."""
    from gfmd_analysis.documents.briefing import main as build

    raise typer.Exit(build())


def main() -> None:
    """Run the command; what the user can mend is said in one message, without a traceback."""
    try:
        app()
    except GfmdError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
