# mypy: allow-untyped-calls
import csv
import hashlib
import io
import json
import platform
import re
import time
import zlib
from importlib.metadata import PackageNotFoundError

import pytest

from mizuho_pdca import __version__
from mizuho_pdca.app import packet
from mizuho_pdca.app.log import log
from mizuho_pdca.app.packet import make_packet
from mizuho_pdca.app.review import make_review
from mizuho_pdca.domain.review.packet import Manifest
from mizuho_pdca.language import translator

pytestmark = pytest.mark.slow

EN, JA = translator("en"), translator("ja")
JAPANESE = [
    "資料1 総括表.pdf",
    "資料2 進捗状況一覧.pdf",
    "資料3 指標一覧.pdf",
    "資料4 意見と対応.pdf",
    "瑞穂町工業振興計画 令和6年度（2024年度）実績 検証資料.xlsx",
    "総括表.csv",
    "進捗状況一覧.csv",
    "指標一覧.csv",
    "意見と対応.csv",
    "CSVの項目説明.csv",
    "manifest.json",
]


@pytest.fixture
def report(make_desk, workspace):
    return make_review(make_desk(workspace), 2024)


@pytest.fixture
def quick(monkeypatch):
    """Let a paper take no time: it holds the names of what it would hold."""

    def named(papers, _):
        return json.dumps([papers.label, *(paper.name for paper in papers.papers)]).encode()

    monkeypatch.setattr("mizuho_pdca.render.pdf.document.pdf", named)
    monkeypatch.setattr("mizuho_pdca.render.xlsx.workbook.workbook", named)


# -- files ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_the_files_have_numbers_in_the_order_of_the_meeting(report):
    assert list(make_packet(report, JA)) == JAPANESE


@pytest.mark.usefixtures("quick")
def test_a_cover_comes_first_where_the_plan_has_an_agenda_or_members(make_desk, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n  council:\n", "\n  council:\n    agenda: [開会, 議事]\n", 1), encoding="utf-8")
    made = make_packet(make_review(make_desk(workspace), 2024), JA)
    assert list(made) == ["資料0 表紙.pdf", *JAPANESE]
    assert json.loads(made["資料0 表紙.pdf"]) == ["資料0", "agenda", "contents"]
    made = make_packet(make_review(make_desk(workspace), 2024), EN)
    assert next(iter(made)) == "Paper 0 Cover.pdf"


@pytest.mark.usefixtures("quick")
def test_the_files_have_english_names_for_english_readers(report):
    names = list(make_packet(report, EN))
    assert names[0] == "Paper 1 Summary.pdf"
    assert names[-2:] == ["Code book of the CSV files.csv", "manifest.json"]


@pytest.mark.usefixtures("quick")
def test_no_paper_of_the_office_is_in_any_file(report):
    made = make_packet(report, JA)
    assert [json.loads(data) for name, data in made.items() if name.endswith(".pdf")] == [
        ["資料1", "summary"],
        ["資料2", "initiatives"],
        ["資料3", "indicators"],
        ["資料4", "opinions"],
    ]
    (workbook,) = [json.loads(data) for name, data in made.items() if name.endswith(".xlsx")]
    assert workbook == [None, "summary", "initiatives", "indicators", "opinions"]


@pytest.mark.usefixtures("quick")
def test_what_was_recorded_elsewhere_goes_with_the_list(make_desk, workspace):
    log(make_desk(workspace), target="1-1", summary="打合せ", day="2024-06-12")
    made = make_packet(make_review(make_desk(workspace), 2024), JA)
    assert json.loads(made["資料2 進捗状況一覧.pdf"]) == ["資料2", "initiatives", "elsewhere"]
    assert list(made) == JAPANESE


@pytest.mark.usefixtures("quick")
def test_the_code_book_explains_every_column_of_every_table(report):
    made = make_packet(report, JA)
    tables = {
        name: next(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        for name, data in made.items()
        if name.endswith(".csv")
    }
    del tables["CSVの項目説明.csv"]
    book = list(csv.DictReader(io.StringIO(made["CSVの項目説明.csv"].decode("utf-8-sig"))))
    assert [(row[JA("File")], row[JA("Column")]) for row in book] == [
        (n, column) for n, head in tables.items() for column in head
    ]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("title", "name"),
    [
        (r'a/b\c:d*e?f"g<h>i|j', "a／b＼c：d＊e？f”g＜h＞i｜j"),
        ("../../etc/passwd", "..／..／etc／passwd"),
        ('"計\\n画"', "計 画"),
        ("長" * 300, "長" * 60),
    ],
)
def test_a_title_never_makes_a_name_that_a_disk_refuses(make_desk, workspace, title, name, tmp_path):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    written = title if title.startswith('"') else f"'{title}'"
    path.write_text(re.sub(r"(?m)^  title: .*$", lambda _: f"  title: {written}", text, count=1), encoding="utf-8")
    made = make_packet(make_review(make_desk(workspace), 2024), JA)
    (workbook,) = [found for found in made if found.endswith(".xlsx")]
    assert workbook.startswith(name)
    (tmp_path / workbook).write_bytes(b"")
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [workbook]


@pytest.mark.usefixtures("quick")
def test_it_is_said_which_file_is_made_next(report):
    said: list[str] = []
    made = make_packet(report, JA, said.append)
    assert said == [*made][:-1]


# -- the manifest -----------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_the_manifest_lists_every_other_file_with_its_digest(report):
    made = make_packet(report, JA)
    listed = json.loads(made["manifest.json"])["files"]
    assert listed == [
        {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in made.items()
        if name != "manifest.json"
    ]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("t", "language"), [(JA, "ja"), (EN, "en")])
def test_the_manifest_says_what_the_papers_were_made_of(report, t, language):
    data = json.loads(make_packet(report, t)["manifest.json"])
    assert list(data) == ["schema", "plan", "fiscal_year", "language", "sample", "as_of", "tool", "files"]
    assert (data["schema"], data["fiscal_year"], data["language"]) == ("pdca.packet/1", 2024, language)
    assert (data["plan"]["title"], data["sample"]) == ("瑞穂町工業振興計画", False)
    assert data["as_of"] == {"commit": None, "dirty": None}
    assert (data["tool"]["name"], data["tool"]["version"]) == ("pdca", __version__)
    assert set(data["tool"]["packages"]) >= {
        "python",
        "zlib",
        "typst",
        "xlsxwriter",
        "noto-cjk-sans-jp-regular",
    }


@pytest.mark.usefixtures("quick")
def test_the_manifest_names_the_commit(make_desk, workspace, git):
    git(workspace, "init", "--quiet")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "begin")
    with (workspace / "plan" / "measures.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# メモ\n")
    made = make_packet(make_review(make_desk(workspace), 2024), JA)
    commit = git(workspace, "rev-parse", "HEAD").strip()
    assert json.loads(made["manifest.json"])["as_of"] == {"commit": commit, "dirty": True}


@pytest.mark.usefixtures("quick")
def test_samples_are_marked_in_the_manifest(make_desk, workspace):
    log(make_desk(workspace, sample=True), target="1-1②-1", summary="見本", day="2024-06-12")
    made = make_packet(make_review(make_desk(workspace), 2024), JA)
    assert json.loads(made["manifest.json"])["sample"] is True


@pytest.mark.usefixtures("quick")
def test_a_package_that_is_not_there_is_not_named(report, monkeypatch):
    def none(package):
        raise PackageNotFoundError(package)

    monkeypatch.setattr(packet, "version", none)
    found = json.loads(make_packet(report, JA)["manifest.json"])["tool"]["packages"]
    assert found == {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}


@pytest.mark.usefixtures("quick")
def test_a_manifest_reads_itself_and_ends_with_a_line(report):
    raw = make_packet(report, JA)["manifest.json"]
    assert raw.endswith(b"}\n")
    assert Manifest.model_validate_json(raw).model_dump_json(indent=2, by_alias=True).encode() + b"\n" == raw


# -- the same data, the same bytes ------------------------------------------------------------


def test_two_packets_of_the_same_data_are_identical(make_desk, workspace, monkeypatch, tmp_path):
    log(make_desk(workspace), target="1-1②-1", summary="3社を訪問した", day="2024-06-12")
    first = make_packet(make_review(make_desk(workspace), 2024), JA)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    second = make_packet(make_review(make_desk(workspace), 2024), JA)
    monkeypatch.delenv("TZ")
    time.tzset()
    assert [name for name in first if first[name] != second[name]] == []
    assert list(first) == list(second) == JAPANESE
    assert first["資料1 総括表.pdf"].startswith(b"%PDF")
    assert first[JAPANESE[4]].startswith(b"PK")
