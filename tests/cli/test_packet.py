# mypy: allow-untyped-calls
import io
import json
import sys

import pytest

pytestmark = pytest.mark.slow

NAMES = [
    "Paper 1 Summary.pdf",
    "Paper 2 Progress of the initiatives.pdf",
    "Paper 3 Indicators.pdf",
    "Paper 4 Opinions and responses.pdf",
    "瑞穂町工業振興計画： review of FY2024.xlsx",
    "Summary.csv",
    "Progress of the initiatives.csv",
    "Indicators.csv",
    "Opinions and responses.csv",
    "Code book of the CSV files.csv",
    "manifest.json",
]
TABLE = "Progress of the initiatives.csv"


@pytest.fixture
def quick(monkeypatch):
    """Let the papers that take a second take no time; they still change with their data."""

    def cells(papers, _):
        return repr([(paper.title, paper.rows) for paper in papers.papers]).encode()

    monkeypatch.setattr("mizuho_pdca.render.pdf.document.pdf", cells)
    monkeypatch.setattr("mizuho_pdca.render.xlsx.workbook.workbook", cells)


@pytest.fixture
def made(pdca, tmp_path, quick):  # noqa: ARG001
    """Make a packet in English and return its folder."""
    folder = tmp_path / "out"
    assert pdca("--lang", "en", "packet", "2024", "-o", str(folder)).code == 0
    return folder


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# -- make -------------------------------------------------------------------------------------


def test_a_packet_is_made_and_named_and_found_the_same(pdca, tmp_path):
    folder = tmp_path / "令和6年度" / "協議会"
    result = pdca("--lang", "en", "packet", "R6", "-o", str(folder))
    assert (result.code, result.err) == (0, "")
    first, *named = result.out.splitlines()
    assert first == f"Papers made: {folder}"
    assert [line.partition(" (")[0] for line in named] == [f"  {name}" for name in NAMES]
    assert [line.endswith("pages: 3)") for line in named[:2]] == [True, False]
    assert named[-2].endswith("rows: 121)")
    assert sorted(content(folder)) == sorted(NAMES)
    assert (folder / NAMES[0]).read_bytes().startswith(b"%PDF")
    assert (folder / NAMES[4]).read_bytes().startswith(b"PK")
    result = pdca("packet", "2024", "--verify", str(folder))
    assert (result.code, result.err) == (0, "")
    assert result.out == "All 11 files are what this data makes (data without git).\n"


def test_the_papers_are_in_the_plan_s_language_whatever_the_screen_speaks(pdca, quick, tmp_path, monkeypatch):  # noqa: ARG001
    monkeypatch.delenv("PDCA_LANG")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert pdca("packet", "2024", "-o", str(tmp_path / "out")).code == 0
    assert (tmp_path / "out" / "資料1 総括表.pdf").is_file()
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["language"] == "ja"


def test_a_packet_is_checked_in_the_language_it_was_made_in(pdca, made):
    assert pdca("--lang", "ja", "packet", "2024", "--verify", str(made)).code == 0
    of_its_year = pdca("packet", "--verify", str(made))  # the folder says of which year its papers are
    assert (of_its_year.code, of_its_year.err) == (0, "")


def test_a_table_is_what_review_writes(pdca, made):
    assert (made / TABLE).read_bytes() == pdca("review", "2024", "-f", "csv").raw


def test_a_packet_twice_is_the_same(pdca, made, tmp_path):
    assert pdca("packet", "2024", "-o", str(tmp_path / "again")).code == 0
    assert content(tmp_path / "again") == content(made)


def test_a_folder_that_holds_something_is_left_alone_before_anything_is_drawn(pdca, tmp_path, monkeypatch):
    (tmp_path / "メモ.txt").write_bytes(b"mine")

    def drawn(*_):
        raise AssertionError

    monkeypatch.setattr("mizuho_pdca.app.packet.make_packet", drawn)
    result = pdca("packet", "2024", "-o", str(tmp_path))
    assert (result.code, result.out) == (3, "")
    assert "--force" in result.err
    assert (tmp_path / "メモ.txt").read_bytes() == b"mine"


def test_a_packet_without_a_sound_list_is_not_replaced_and_that_is_said_before_anything_is_drawn(
    pdca, tmp_path, monkeypatch
):
    (tmp_path / "manifest.json").write_bytes(b"{}")

    def drawn(*_):
        raise AssertionError

    monkeypatch.setattr("mizuho_pdca.app.packet.make_packet", drawn)
    result = pdca("packet", "2024", "-o", str(tmp_path), "--force")
    assert (result.code, result.out) == (2, "")
    assert (tmp_path / "manifest.json").read_bytes() == b"{}"


def test_force_replaces_the_older_packet_alone(pdca, made):
    (made / "メモ.txt").write_bytes(b"mine")
    assert pdca("--lang", "ja", "packet", "2024", "-o", str(made), "--force").code == 0
    names = set(content(made))
    assert names & set(NAMES) == {"manifest.json"}
    assert {"資料1 総括表.pdf", "メモ.txt"} <= names
    assert len(names) == len(NAMES) + 1


def test_a_file_is_no_folder(pdca, tmp_path, quick):  # noqa: ARG001
    (tmp_path / "a").write_bytes(b"mine")
    result = pdca("packet", "2024", "-o", str(tmp_path / "a"), "--force")
    assert result.code == 2
    assert "Traceback" not in result.err
    assert (tmp_path / "a").read_bytes() == b"mine"


def test_faulty_entries_are_named_and_left_out(pdca, quick, tmp_path, workspace, entries):  # noqa: ARG001
    pdca("log", "1-1②-1", "-m", "訪問", "-d", "2024-06-12", "-s", "実施中")
    path = workspace / entries()[0]
    path.write_text(path.read_text(encoding="utf-8").replace("in_progress", "x"), encoding="utf-8")
    result = pdca("packet", "2024", "-o", str(tmp_path / "out"))
    assert result.code == 1
    assert "E204" in result.err
    assert (tmp_path / "out" / "manifest.json").is_file()


def test_a_faulty_plan_makes_nothing(pdca, faulty_plan, tmp_path):  # noqa: ARG001
    result = pdca("packet", "2024", "-o", str(tmp_path / "out"))
    assert (result.code, result.out) == (1, "")
    assert not (tmp_path / "out").exists()


def test_a_missing_package_is_named_with_the_line_that_installs_it(pdca, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    result = pdca("packet", "2024", "-o", str(tmp_path / "out"))
    assert (result.code, result.out) == (4, "")
    assert "typst" in result.err
    assert 'python -m pip install "mizuho-pdca[papers]"' in result.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments", [(), ("-o", "a", "--verify", "b"), ("-o", "a", "-f", "xml"), ("-o", ""), ("--verify", "")]
)
def test_a_command_that_says_too_little_or_too_much_is_refused(pdca, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    result = pdca("packet", "2024", *arguments)
    assert result.code in (2, 3)
    assert "Error: " in result.err
    assert "Traceback" not in result.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "a", "-f", "json"),
        ("-o", "a", "-f", "text"),
        ("--verify", "a", "--force"),
        ("--verify", "a", "-f", "json", "--force"),
        ("-o", "-"),
        ("-o", "-", "--force"),
    ],
)
def test_an_option_that_does_not_go_with_the_others_is_a_mistake(pdca, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    result = pdca("packet", "2024", *arguments)
    assert (result.code, result.out) == (2, "")
    assert "-f goes with --verify, --force with -o, and -o wants a folder" in result.err
    assert sorted(tmp_path.rglob("*")) == before


def test_what_machines_leave_is_no_part_of_a_packet(pdca, tmp_path, quick):  # noqa: ARG001
    folder = tmp_path / "out"
    folder.mkdir()
    for name in ("Thumbs.db", "~$資料1.docx", ".DS_Store", "desktop.ini"):
        (folder / name).write_bytes(b"theirs")
    assert pdca("packet", "2024", "-o", str(folder)).code == 0
    assert pdca("packet", "2024", "--verify", str(folder)).code == 0


@pytest.mark.parametrize("year", ["1999", "R99", "去々年", ""])
def test_a_year_that_is_none_of_the_plan_is_refused(pdca, year, tmp_path):
    result = pdca("packet", year, "-o", str(tmp_path / "out"))
    assert (result.code, result.out) == (2, "")
    assert not (tmp_path / "out").exists()


# -- verify -----------------------------------------------------------------------------------


def states(pdca, folder):
    """Return what became of each file, by --verify as JSON, and the exit code."""
    result = pdca("packet", "2024", "--verify", str(folder), "-f", "json")
    data = json.loads(result.raw)
    assert data["schema"] == "pdca.verification/1"
    assert data["same"] is (result.code == 0)
    return {each["name"]: each["state"] for each in data["files"]}, result.code


def test_an_untouched_packet_is_the_same_as_json(pdca, made):
    assert states(pdca, made) == (dict.fromkeys(NAMES, "same"), 0)


@pytest.mark.parametrize(
    ("spoil", "name", "state", "words"),
    [
        (lambda folder: (folder / TABLE).write_bytes(b""), TABLE, "changed", "changed since it was made"),
        (lambda folder: (folder / TABLE).unlink(), TABLE, "missing", "missing"),
        (lambda folder: (folder / "a.txt").touch(), "a.txt", "unlisted", "not of this packet"),
    ],
)
def test_what_was_done_to_a_file_is_said(pdca, made, spoil, name, state, words):
    spoil(made)
    before = content(made)
    found, code = states(pdca, made)
    assert (code, {each for each in found.items() if each[1] != "same"}) == (1, {(name, state)})
    result = pdca("packet", "2024", "--verify", str(made))
    assert (result.code, result.err) == (1, "")
    assert result.out.splitlines() == ["These papers are not what this data makes:", f"  {name}: {words}"]
    assert content(made) == before


def test_papers_of_older_data_are_other_and_the_commits_are_named(pdca, repository, tmp_path, git, quick):  # noqa: ARG001
    folder = tmp_path / "out"
    pdca("packet", "2024", "-o", str(folder))
    older = git(repository, "rev-parse", "HEAD").strip()
    pdca("log", "1-1②-1", "-m", "訪問", "-d", "2024-06-12")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--allow-empty", "-m", "records")
    newer = git(repository, "rev-parse", "HEAD").strip()
    found, code = states(pdca, folder)
    assert (code, set(found.values())) == (1, {"same", "other"})
    assert found[TABLE] == "other"
    out = pdca("packet", "2024", "--verify", str(folder)).out
    assert found["manifest.json"] == "other"
    assert f"They were made of commit {older[:12]}; the data here is commit {newer[:12]}." in out


def test_papers_of_another_version_say_so(pdca, made, monkeypatch):
    monkeypatch.setattr("mizuho_pdca.app.packet.__version__", "9.9")
    monkeypatch.setattr("mizuho_pdca.render.xlsx.workbook.workbook", lambda *_: b"new")
    out = pdca("packet", "2024", "--verify", str(made)).out
    assert f"  {NAMES[4]}: made of other data, or by another version" in out
    assert " → 9.9" in out


def test_another_year_is_refused_with_the_right_command(pdca, made):
    result = pdca("packet", "2023", "--verify", str(made))
    assert (result.code, result.out) == (2, "")
    assert f"pdca packet 2024 --verify {made}" in result.err


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"schema": "pdca.packet/1"}',
        b'{"files": [{"name": "../x", "bytes": 1, "sha256": "0"}]}',
    ],
)
def test_a_folder_that_is_no_packet_is_refused(pdca, tmp_path, manifest):
    if manifest is not None:
        (tmp_path / "manifest.json").write_bytes(manifest)
    result = pdca("packet", "2024", "--verify", str(tmp_path))
    assert (result.code, result.out) == (2, "")
    assert "manifest.json" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "..", "", "a\0b", "..\\x"])
def test_a_manifest_with_hostile_names_is_refused(pdca, made, name):
    data = json.loads((made / "manifest.json").read_bytes())
    data["files"][0]["name"] = name
    (made / "manifest.json").write_bytes(json.dumps(data).encode())
    before = content(made)
    for arguments in (("--verify", str(made)), ("-o", str(made), "--force")):
        result = pdca("packet", "2024", *arguments)
        assert (result.code, result.out) == (2, "")
        assert "manifest.json" in result.err
    assert content(made) == before


@pytest.mark.parametrize(("key", "value"), [("fiscal_year", "2024"), ("sample", 1), ("files", {}), ("as_of", None)])
def test_a_manifest_with_wrong_types_is_refused(pdca, made, key, value):
    data = json.loads((made / "manifest.json").read_bytes())
    (made / "manifest.json").write_bytes(json.dumps({**data, key: value}).encode())
    result = pdca("packet", "2024", "--verify", str(made))
    assert (result.code, result.out) == (2, "")


# -- formats that a screen can't show ---------------------------------------------------------


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


@pytest.fixture
def never_drawn(monkeypatch):
    """Fail if a review is drawn."""

    def drawn(*_):
        raise AssertionError

    monkeypatch.setattr("mizuho_pdca.app.formats.draw", drawn)


@pytest.mark.usefixtures("never_drawn")
@pytest.mark.parametrize("form", ["xlsx", "pdf", "docx"])
@pytest.mark.parametrize("more", [(), ("-o", "-")])
def test_a_terminal_is_spared_what_it_can_not_show(pdca, monkeypatch, form, more):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(raw, encoding="utf-8"))
    result = pdca("review", "2024", "-f", form, *more)
    assert result.code == 2
    assert f"-o review.{form}" in result.err
    assert raw.getvalue() == b""


@pytest.mark.parametrize("form", ["xlsx", "pdf", "docx", "html"])
def test_a_pipe_gets_the_bytes(pdca, monkeypatch, form):
    monkeypatch.setattr("mizuho_pdca.app.formats.draw", lambda *_: b"\x00\xff\r\n")
    assert pdca("review", "2024", "-f", form).raw == b"\x00\xff\r\n"


@pytest.mark.usefixtures("never_drawn")
@pytest.mark.parametrize("name", ["r.xlsx", "r.pdf", "r.docx", "r.html", "r.csv", "r.json"])
def test_a_file_that_is_there_is_refused_before_anything_is_drawn(pdca, tmp_path, name):
    (tmp_path / name).write_bytes(b"mine")
    result = pdca("review", "2024", "-o", str(tmp_path / name))
    assert (result.code, result.out) == (3, "")
    assert "--force" in result.err
    assert (tmp_path / name).read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["r.xlsx", "r.pdf", "r.docx", "r.html"])
def test_a_file_that_is_there_is_replaced_when_forced(pdca, tmp_path, monkeypatch, name):
    monkeypatch.setattr("mizuho_pdca.app.formats.draw", lambda *_: b"new")
    (tmp_path / name).write_bytes(b"mine")
    assert pdca("review", "2024", "-o", str(tmp_path / name), "--force").code == 0
    assert (tmp_path / name).read_bytes() == b"new"


@pytest.mark.usefixtures("never_drawn")
def test_a_folder_is_no_name_for_a_file_and_that_is_said_before_anything_is_drawn(pdca, tmp_path):
    result = pdca("review", "2024", "-f", "pdf", "-o", str(tmp_path), "--force")
    assert (result.code, result.out) == (2, "")


@pytest.mark.parametrize(
    ("name", "package"),
    [("r.pdf", "typst"), ("r.xlsx", "xlsxwriter"), ("r.docx", "docx"), ("r.html", "jinja2")],
)
def test_a_review_without_its_package_is_refused_with_the_line_that_installs_it(
    pdca, tmp_path, monkeypatch, name, package
):
    monkeypatch.setitem(sys.modules, package, None)
    result = pdca("review", "2024", "-o", str(tmp_path / name))
    assert (result.code, result.out) == (4, "")
    assert package in result.err
    assert 'python -m pip install "mizuho-pdca[papers]"' in result.err
    assert list(tmp_path.glob("*.*")) == []
