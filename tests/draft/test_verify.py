"""``gfmd verify`` recounts the public report: numbers, words and hashes."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gfmd_analysis.cli import app
from gfmd_analysis.draft.verify import differences
from gfmd_analysis.errors import GfmdError


def run(*words: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(app, ["verify", *words])
    return outcome.exit_code, outcome.stdout


def test_the_public_report_agrees_paragraph_by_paragraph(report: Path) -> None:
    assert run(str(report)) == (0, "All 104 paragraphs agree in number, words and SHA-256.\n")


def test_markup_and_white_space_do_not_matter(report: Path, tmp_path: Path) -> None:
    copy = tmp_path / "report.md"
    copy.write_text(
        report.read_text(encoding="utf-8").replace("**", "").replace("540 billion", "540   billion"), encoding="utf-8"
    )
    assert run(str(copy))[0] == 0


def test_what_differs_is_said_per_paragraph(report: Path, tmp_path: Path) -> None:
    text = report.read_text(encoding="utf-8")
    changed = text.replace("USD 540 billion in 2020", "USD 450 billion in 2020").replace(
        "5 million people", "5 million young people"
    )
    assert changed.count("450 billion") == 1
    copy = tmp_path / "report.md"
    copy.write_text(changed, encoding="utf-8")
    code, said = run(str(copy))
    assert code == 1
    assert [line.split(":")[0] for line in said.splitlines()] == ["paragraph 67", "paragraph 85", "2 differences."]
    assert "but another text" in said.splitlines()[0]
    assert "words in the report" in said.splitlines()[1]


def test_another_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("\n\n".join(f"{number}. Paragraph {number} of another text." for number in range(1, 40)), "utf-8")
    with pytest.raises(GfmdError, match="found 39 paragraphs, of which none is in"):
        differences(other)


def test_verify_needs_a_report_that_is_there(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["verify", str(tmp_path / "none.md")])
    assert outcome.exit_code == 1
