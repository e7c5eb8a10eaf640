# mypy: allow-untyped-calls
import os
from datetime import date, datetime
from textwrap import indent

import pytest

from mizuho_pdca.domain.closing.seal import SealFile
from mizuho_pdca.domain.records.paths import sealed_year
from mizuho_pdca.errors import Refused
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.loading import load
from mizuho_pdca.storage.seals import add_seal, closing_seal, entry_digest, seals_of
from mizuho_pdca.storage.yaml.reading import SIZE_LIMIT

A, B = "a" * 64, "b" * 64
RECORDED = datetime.fromisoformat("2025-08-20T10:00:00+09:00")
CLOSED = {
    "state": "closed",
    "fiscal_year": 2024,
    "by": "産業課",
    "recorded": RECORDED,
    "algorithm": "sha256/rfc8785",
    "plan": A,
    "review": B,
    "entries": {"2024-06-12-aaaaaa": A, "2024-06-12-bbbbbb": "1" * 64},
}
REOPENED = {"state": "reopened", "by": "産業課", "recorded": RECORDED, "reason": "記録もれ"}
TEXT = f"""\
schema: 1
seals:
- state: closed
  fiscal_year: 2024
  by: 産業課
  recorded: 2025-08-20T10:00:00+09:00
  algorithm: sha256/rfc8785
  plan: {A}
  review: {B}
  entries:
    2024-06-12-aaaaaa: {A}
    2024-06-12-bbbbbb: '{"1" * 64}'
"""
NAME = "records/2024/closed.yaml"


@pytest.fixture
def tree(workspace):
    return Folder(workspace)


@pytest.fixture
def path(workspace):
    """Return where the seals of FY2024 lie, in a folder that is there."""
    path = workspace / NAME
    path.parent.mkdir(parents=True)
    return path


def problems(tree):
    return [
        (item.fault.code, item.file, item.line, item.fault.message.text(str))
        for item in load(tree, date(2025, 9, 1)).problems
    ]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        (NAME, 2024),
        ("records/2024/1-1/closed.yaml", None),
        ("records/closed.yaml", None),
        ("records/２０２４/closed.yaml", None),
        ("records/2024/closed.yml", None),
        ("records/2024/unclosed.yaml", None),
    ],
)
def test_which_file_holds_the_seals_of_a_year(name, year):
    assert sealed_year(name) == year


# -- adding -----------------------------------------------------------------------------------


def test_the_first_seal_makes_the_file(tree, workspace):
    assert seals_of(tree, 2024) is None
    assert closing_seal(tree, 2024) is None
    add_seal(tree, 2024, CLOSED)
    assert (workspace / NAME).read_text(encoding="utf-8") == TEXT
    seal = closing_seal(tree, 2024)
    assert seal is not None
    assert seal.entries == CLOSED["entries"]


def test_a_year_without_entries_is_sealed_as_well(tree, workspace):
    add_seal(tree, 2024, CLOSED | {"entries": {}})
    assert (workspace / NAME).read_text(encoding="utf-8").endswith("  entries: {}\n")


def test_what_follows_is_added_at_the_end(tree, workspace):
    add_seal(tree, 2024, CLOSED)
    add_seal(tree, 2024, REOPENED | {"reason": "- 記録もれ\n\n  ・訪問: 1件"})
    add_seal(tree, 2024, CLOSED)
    text = (workspace / NAME).read_text(encoding="utf-8")
    assert text.startswith(TEXT)
    file = seals_of(tree, 2024)
    assert isinstance(file, SealFile)
    assert [item.state for item in file.seals] == ["closed", "reopened", "closed"]
    assert file.seals[1].model_dump()["reason"] == "- 記録もれ\n\n  ・訪問: 1件"
    assert [item.name for item in (workspace / NAME).parent.iterdir()] == ["closed.yaml"]


@pytest.mark.parametrize(
    "rewritten",
    [
        pytest.param(TEXT.replace("\n", "\r\n"), id="line endings of Windows"),
        pytest.param("\ufeff" + TEXT, id="byte order mark"),
        pytest.param(indent(TEXT, "   ", lambda line: line[0] in " -"), id="indented by an editor"),
        pytest.param(TEXT + "\n\n# 終わり\n\n\n", id="blank lines and a comment"),
        pytest.param(TEXT.removesuffix("\n"), id="no line feed at the end"),
    ],
)
def test_a_file_that_was_saved_otherwise_is_added_to(tree, path, rewritten):
    path.write_bytes(rewritten.encode())
    add_seal(tree, 2024, REOPENED)
    assert path.read_bytes().startswith(rewritten.encode().rstrip())
    file = seals_of(tree, 2024)
    assert isinstance(file, SealFile)
    assert [item.state for item in file.seals] == ["closed", "reopened"]


@pytest.mark.parametrize(
    ("before", "item"),
    [
        pytest.param(TEXT, CLOSED, id="somebody else has closed the year"),
        pytest.param("schema: 1\nseals: []\n", CLOSED, id="a list in brackets"),
        pytest.param("schema: 1\nseals: {}\n", CLOSED, id="no list"),
        pytest.param("- x\n", CLOSED, id="a list alone"),
        pytest.param(TEXT + "more: x\n", REOPENED, id="another key behind the seals"),
        pytest.param(TEXT + "...\n", REOPENED, id="an end mark"),
        pytest.param("schema: 1\nseals:\n", REOPENED, id="a reopening first"),
        pytest.param("\0", CLOSED, id="no text"),
    ],
)
def test_what_can_not_be_gone_on_with_stays_as_it_is(tree, path, before, item):
    path.write_bytes(before.encode())
    with pytest.raises(Refused) as caught:
        add_seal(tree, 2024, item)
    assert caught.value.exit_code == 3
    assert path.read_bytes() == before.encode()


def test_a_seal_of_another_year_is_never_written(tree, workspace):
    with pytest.raises(Refused):
        add_seal(tree, 2023, CLOSED)
    assert not (workspace / "records").exists()


@pytest.mark.slow
def test_more_than_a_file_may_hold_is_refused(tree, workspace):
    entries = {f"2024-06-12-{number:06}": A for number in range(SIZE_LIMIT // 80)}
    with pytest.raises(Refused, match="would grow"):
        add_seal(tree, 2024, CLOSED | {"entries": entries})
    assert not (workspace / NAME).exists()


@pytest.mark.slow
def test_ten_thousand_entries_fit(tree):
    entries = {f"2024-06-12-{number:06}": A for number in range(10_000)}
    add_seal(tree, 2024, CLOSED | {"entries": entries})
    add_seal(tree, 2024, REOPENED)
    assert closing_seal(tree, 2024) is None


# -- reading ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param(TEXT.replace("recorded", "recorder"), 6, 'the key "recorder" is not known', id="a misspelt key"),
        pytest.param(TEXT.replace("2024\n", "2023\n"), 4, "the seal is of FY2023", id="another year"),
        pytest.param(TEXT.replace(B, "x"), 9, '"x" is not a digest', id="no digest"),
        pytest.param(TEXT.replace("  by", "\tby"), 5, "indented with a tab", id="a tab"),
        pytest.param("<<<<<<< HEAD\n" + TEXT, 1, "a merge stopped half way", id="a merge that stopped"),
        pytest.param(TEXT + TEXT, 13, 'the key "schema" is given twice (first in line 1)', id="both sides of a merge"),
        pytest.param("", 1, "the file is empty", id="nothing"),
        pytest.param("schema: 1\n", 1, '"seals" is missing', id="no seals"),
    ],
)
def test_seals_that_can_not_be_read_are_named_at_their_line(tree, path, text, line, words):
    path.write_bytes(text.encode())
    found = problems(tree)
    assert {(code, file) for code, file, *_ in found} == {("E505", NAME)}
    assert any(place == line and words in said for *_, place, said in found)
    with pytest.raises(Refused, match="may be closed"):
        closing_seal(tree, 2024)


def test_a_seal_that_leads_out_of_the_workspace_is_not_followed(tree, path, tmp_path):
    (tmp_path / "elsewhere.yaml").write_text(TEXT, encoding="utf-8")
    path.symlink_to(tmp_path / "elsewhere.yaml")
    ((code, file, _, said),) = problems(tree)
    assert (code, file) == ("E505", NAME)
    assert "symbolic link" in said
    with pytest.raises(Refused):
        closing_seal(tree, 2024)


def test_a_seal_that_may_not_be_read_is_named(tree, path, monkeypatch):
    path.write_bytes(TEXT.encode())
    read = Folder.read

    def refuse(self, name):
        if name == NAME:
            raise PermissionError(13, "Permission denied", name)
        return read(self, name)

    monkeypatch.setattr(Folder, "read", refuse)
    ((code, *_, said),) = problems(tree)
    assert code == "E505"
    assert "no permission" in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_its_place_keeps_nobody_waiting(tree, path):
    os.mkfifo(path)
    assert [code for code, *_ in problems(tree)] == ["E505"]
    with pytest.raises(Refused):
        closing_seal(tree, 2024)


def test_the_seals_are_known_by_year_and_are_no_entry(tree, path):
    path.write_bytes(TEXT.replace("entries:\n", "entries: {}\n").partition("    2024-06-12-a")[0].encode())
    workspace = load(tree, date(2025, 9, 1))
    assert workspace.files == 0
    assert workspace.seals[2024].seal is not None
    assert {problem.fault.code for problem in workspace.problems} == {"E504"}


def test_a_file_without_data_has_no_digest(tree, workspace):
    (workspace / "x.yaml").write_bytes(b"a: [")
    assert entry_digest(tree, "x.yaml") is None
    assert entry_digest(tree, "nothing.yaml") is None
    (workspace / "x.yaml").write_bytes(b"a: 1")
    assert entry_digest(tree, "x.yaml") is not None
