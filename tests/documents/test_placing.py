"""What a build wrote it may replace; what is the user's stays, and is named."""

from pathlib import Path

import pytest

from gfmd_analysis import GfmdError
from gfmd_analysis.documents.placing import MANIFEST, place, read_manifest

BRIEF = "figures/briefing/brief.docx"


class Project:
    """A folder in which invented builds put their files."""

    def __init__(self, folder: Path) -> None:
        self.root, self.made = folder / "project", folder / "made"
        self.root.mkdir()

    def build(self, **files: str) -> tuple[list[str], list[str]]:
        content = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
        for name, text in content.items():
            (self.made / name).parent.mkdir(parents=True, exist_ok=True)
            (self.made / name).write_text(text)
        return place(self.made, self.root, content)

    def files(self) -> dict[str, str]:
        files = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        content = {path.relative_to(self.root).as_posix(): path.read_text() for path in files}
        content.pop(MANIFEST)
        return content


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.build(figures__a_dot_svg="1", figures__briefing__brief_dot_docx="1")
    return project


def test_a_build_replaces_its_own_files_and_takes_away_those_it_no_longer_makes(project: Project) -> None:
    changed, remarks = project.build(figures__a_dot_svg="2", figures__b_dot_svg="1")
    assert project.files() == {"figures/a.svg": "2", "figures/b.svg": "1"}
    assert (set(changed), remarks) == ({"figures/a.svg", "figures/b.svg", BRIEF}, [])


def test_a_build_that_changes_nothing_writes_nothing(project: Project) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    assert project.build(figures__a_dot_svg="1", figures__briefing__brief_dot_docx="1") == ([], [])
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")} == before


def test_a_note_a_folder_and_a_hidden_folder_of_the_user_stay(project: Project) -> None:
    for name in ("figures/note.txt", "figures/mine/draft.txt", ".figures.mine/x", "figures/briefing/~$brief.docx"):
        (project.root / name).parent.mkdir(parents=True, exist_ok=True)
        (project.root / name).write_text("mine")
    project.build(figures__b_dot_svg="1")
    assert list(project.files().values()) == ["mine", "1", "mine", "mine", "mine"]


def test_an_edited_file_is_kept_beside_the_new_one_and_named_each_time(project: Project) -> None:
    for edit in ("mine", "mine again"):
        (project.root / BRIEF).write_text(edit)
        _, remarks = project.build(figures__a_dot_svg="1", figures__briefing__brief_dot_docx="2")
    assert "brief.edited-2.docx" in remarks[0]
    folder = project.root / "figures" / "briefing"
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "brief.docx": "2",
        "brief.edited.docx": "mine",
        "brief.edited-2.docx": "mine again",
    }


def test_an_edited_file_that_is_no_longer_made_stays(project: Project) -> None:
    (project.root / BRIEF).write_text("mine")
    project.build(figures__a_dot_svg="1")
    assert project.files()[BRIEF] == "mine"
    project.build(figures__a_dot_svg="1", figures__briefing__brief_dot_docx="3")
    assert "mine" in project.files().values()


def test_a_file_of_the_users_under_a_name_that_is_made_is_kept(project: Project) -> None:
    (project.root / "figures" / "b.svg").write_text("mine")
    project.build(figures__b_dot_svg="1")
    assert project.files() == {"figures/b.svg": "1", "figures/b.edited.svg": "mine"}


def test_what_the_history_holds_can_be_replaced(project: Project) -> None:
    (project.root / MANIFEST).unlink()
    (project.made / "figures" / "a.svg").write_text("2")
    place(project.made, project.root, ["figures/a.svg"], {"figures/a.svg"})
    assert project.files()["figures/a.svg"] == "2"
    assert "1" in project.files()[BRIEF]


def test_links_stay_links(project: Project, tmp_path: Path) -> None:
    target, elsewhere = project.root / "figures" / "a.svg", tmp_path / "elsewhere.svg"
    target.rename(elsewhere)
    target.symlink_to(elsewhere)
    (project.root / "figures" / "c.svg").symlink_to(tmp_path / "not_there_yet.svg")
    project.build(figures__a_dot_svg="2", figures__c_dot_svg="1", figures__briefing__brief_dot_docx="1")
    assert target.is_symlink()
    assert elsewhere.read_text() == "2"
    assert (tmp_path / "not_there_yet.svg").read_text() == "1"
    figures = (project.root / "figures").rename(tmp_path / "moved")
    (project.root / "figures").symlink_to(figures)
    project.build(figures__a_dot_svg="3")
    assert (project.root / "figures").is_symlink()
    assert elsewhere.read_text() == "3"


def test_a_build_that_is_killed_on_the_way_is_finished_by_the_next(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gfmd_analysis.documents import placing

    moved, move = [], placing._move

    def killed(new: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) > 2:  # the manifest, and one file
            raise KeyboardInterrupt
        return move(new, target)

    monkeypatch.setattr(placing, "_move", killed)
    with pytest.raises(KeyboardInterrupt):
        project.build(figures__a_dot_svg="2", figures__briefing__brief_dot_docx="2")
    monkeypatch.undo()
    assert project.build(figures__a_dot_svg="3", figures__briefing__brief_dot_docx="3")[1] == []
    assert project.files() == {"figures/a.svg": "3", BRIEF: "3"}
    assert all(len(hashes) == 1 for hashes in read_manifest(project.root).values())


def test_a_file_that_is_open_on_windows_gets_the_new_one_beside_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def open_in_word(self: Path, target: Path) -> Path:
        if Path(target).name == "brief.docx":
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", open_in_word)
    _, remarks = project.build(figures__a_dot_svg="1", figures__briefing__brief_dot_docx="2")
    assert "brief.new.docx" in remarks[0]
    assert project.files() == {"figures/a.svg": "1", BRIEF: "1", "figures/briefing/brief.new.docx": "2"}


def test_a_place_that_cannot_be_written_is_said_in_words(project: Project) -> None:
    (project.root / "figures" / "briefing").rename(project.root / "figures" / "other")
    (project.root / "figures" / "briefing").write_text("a file")
    with pytest.raises(GfmdError, match="allowed: a folder that can be written"):
        project.build(figures__briefing__brief_dot_docx="2")
