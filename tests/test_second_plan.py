# mypy: allow-untyped-calls
"""A plan of another town, in another form: three levels, other words, another scale.

Every command runs on it and speaks its words, not those of the plan that comes with the program.
"""

import csv
import io
import json
import re
import shutil
import zipfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import get_args

import pytest

from mizuho_pdca.app.outline import draft_plan
from mizuho_pdca.cli.formats import Format
from mizuho_pdca.cli.main import Root, main
from mizuho_pdca.domain.records.paths import PLAN_PATH
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.tree import Memory
from mizuho_pdca.storage.yaml.plan_draft import Asked

DATA = Path(__file__).parent / "data" / "second-plan"
NOW = datetime(2025, 10, 15, 14, 0, tzinfo=timezone(timedelta(hours=9)))

ELSEWHERE = (
    "瑞穂", "基本方針", "基本施策", "取組", "商工業振興推進協議会", "実施中", "実施済", "目標達成", "おおむね順調",
    "A・B", "拡充", "①",
)  # fmt: skip
"""Words of the plan that comes with the program; none of them is a word of this one."""


@pytest.fixture
def town(tmp_path):
    """Return a copy of the second plan's workspace."""
    return Path(shutil.copytree(DATA, tmp_path / "見本町"))


@pytest.fixture
def pdca(capsysbinary, monkeypatch, town, make_desk):
    """Run ``pdca`` in Japanese on 2025-10-15 in the town's workspace; return code, output and errors."""
    monkeypatch.setenv("PDCA_LANG", "ja")
    monkeypatch.setenv("PDCA_BY", "企画室")
    monkeypatch.setenv("COLUMNS", "240")

    def run(*arguments):
        capsysbinary.readouterr()
        code = main(arguments, lambda named: make_desk(Path(named) if named else town, now=NOW))
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


@pytest.fixture
def begun(town, git, monkeypatch):
    """Put the town under git, which takes the day of ``pdca`` for its own."""
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, NOW.isoformat())
    git(town, "init", "--quiet")
    git(town, "add", "--all")
    git(town, "commit", "--quiet", "-m", "はじめ")


def foreign(text):
    """Return the words of another plan that a text has."""
    return [word for word in ELSEWHERE if word in text]


# -- every command ----------------------------------------------------------------------------

OUTLINE = str(DATA / "outline.csv")
PLAN = str(DATA / PLAN_PATH)

CASES: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {
    "log": [
        (
            ("log", "1-1-1", "-m", "朝市を開いた。", "-k", "朝市の開催回数=2"),
            ["1-1-1 朝市の開催", "状況: 実施 ", "2回"],
        ),
        (
            ("log", "１－２－３", "-m", "案内板を直した。", "-s", "事業終了"),
            ["1-1-2 港の案内板の更新", "1-2-3", "事業終了"],
        ),
        (("log", "施策2-1", "-m", "話し合った。"), ["2-1 農林水産業の担い手づくり", "2-1 全体"]),
    ],
    "actual": [
        (("actual", "short-stay", "開設", "--year", "R6"), ["2-3-2 短期滞在施設の設置", "短期滞在施設の設置: 開設"]),
        (("actual", "visitors", "--missing", "調査なし", "--year", "2025"), ["調査なし"]),
    ],
    "evaluate": [
        (
            ("evaluate", "1-3-2", "--year", "2024", "--rating", "s", "--issues", "人手"),
            ["1-3-2 町外の催しへの出展", "S"],
        ),
        (("evaluate", "2-2-2", "--year", "2024", "--rating", "評価対象外"), ["評価対象外"]),
    ],
    "improve": [
        (("improve", "1-3-1", "--year", "2024", "--direction", "現状どおり", "--next", "続ける。"), ["現状どおり"]),
    ],
    "opinion": [
        (("opinion", "3-1", "--year", "2024", "--meeting", "2025-08-21", "-m", "範囲を広げては。"), ["3-1 見守りの輪"]),
    ],
    "respond": [
        (("respond", "OPINION", "-m", "力を入れる10件を決めた。", "--state", "反映を進めている"), ["反映を進めている"]),
    ],
    "withdraw": [(("withdraw", "ENTRY", "--reason", "数え直す"), ["1-1-1 朝市の開催", "数え直す"])],
    "again": [(("again", "ENTRY", "-d", "昨日"), ["1-1-1 朝市の開催", "10回まとめて"])],
    "list": [
        (("list", "--year", "2024"), ["日付", "1-1-1", "活動", "朝市"]),
        (("list", "施策2-1", "-f", "csv"), ["番号,事業,種別,年度,内容"]),
    ],
    "show": [(("show", "ENTRY"), ["1-1-1 朝市の開催", "10回まとめて", "令和6年度"])],
    "status": [
        (("status", "--year", "2024", "-f", "csv"), ["番号,事業,担当課", "事業終了"]),
        (("status", "--year", "2024"), ["番号 事業 担当課", "遊覧船の試験運航", "事業終了", "建設課"]),
        (("status", "--year", "2024", "--department", "教育課"), ["放課後の学習室の運営"]),
        (("status", "--year", "2024", "-f", "json"), ['"in_progress"', "遊覧船の試験運航"]),
    ],
    "review": [
        (("review", "2024"), ["基本目標・施策", "事業", "S・A割合", "年度分終了", "評価対象外"]),
        (("review", "R6", "--policy", "基本目標1"), ["基本目標 1", "港のにぎわい"]),
        (("review", "2024", "--measure", "2-1"), ["施策 2-1", "新規就業者の受入れ"]),
        (("review", "2024", "--department", "福祉課"), ["高齢者の見守り訪問"]),
    ],
    "plan": [
        (
            ("plan",),
            ["事業: 掲載26、うち再掲3、実数23", "1-2-3", "港の案内板の更新（再掲 → 1-1-2）", "見本町まちづくり会議"],
        ),
        (("plan", "4-1", "--year", "2026"), ["ふるさとの学び", "朝市での職場体験"]),
        (("plan", "-f", "json"), ['"見本町"', '"initiatives"']),
    ],
    "packet": [(("packet", "2024", "-o", "NEW"), ["資料2 事業の進捗状況一覧.pdf", "見本町まちづくり計画"])],
    "publish": [(("publish", "2024", "-o", "NEW"), ["公表用のファイル", "initiatives.csv（26行）"])],
    "collect": [(("collect", "PUBLISHED", "-o", "NEW"), ["019992 見本町"])],
    "across": [(("across", "TABLE", "met", "--by", "town"), ["北海道", "見本町", "66.7%"])],
    "trend": [(("trend",), ["事業"]), (("trend", "1-1-1"), ["朝市の開催"]), (("trend", "newcomers"), ["新規就業者"])],
    "explain": [
        (("explain", "plan", "2024"), ["見本町まちづくり計画"]),
        (("explain", "1-1", "2024"), ["港のにぎわい"]),
        (("explain", "1-1-1", "2024"), ["朝市の開催"]),
        (("explain", "morning-markets", "2024"), ["朝市の開催回数"]),
    ],
    "validate": [(("validate",), ["33件"])],
    "schema": [(("schema", "-o", "NEW"), ["plan.schema.json", "entry.schema.json"])],
    "doctor": [(("doctor",), ["見本町まちづくり計画", "33"])],
    "close": [(("close", "2024", "--meeting", "2025-08-21", "--allow-incomplete"), ["令和6年度"])],
    "reopen": [(("reopen", "2024", "--reason", "数字の訂正"), ["令和6年度"])],
    "commit": [(("commit",), ["履歴に登録しました", "1-3-2 町外の催しへの出展（評価・見本）"])],
    "history": [
        (
            ("history",),
            [
                "評価（令和6年度、S）: 人手",
                "活動（年度分終了、朝市の開催回数 10回）",
                "計画のファイルを追加: 見本町まちづくり計画",
            ],
        ),
        (("history", "1-3"), ["1-3 町の魅力の発信", "1-3-2 企画室 評価（令和6年度、S）: 人手"]),
        (("history", "newcomers"), ["新規就業者の数（累計） 3人"]),
        (("history", "-f", "csv"), ["事業1-3-2", "施策2-1", "基本目標1"]),
        (("history", "-f", "json"), ['"pdca.history/1"', "評価（令和6年度、S）: 人手"]),
    ],
    "diff": [
        (
            ("diff", "2024", "--from", "HEAD~1"),
            ["事業の進捗", "S・A割合 40.0% (2/5) 50.0% (3/6)", "1-3-2 町外の催しへの出展 課題 － 人手"],
        ),
        (("diff", "2024", "--from", "HEAD"), ["見本町まちづくり会議", "訂正: 0件"]),
        (("diff", "2024", "--from", "HEAD~1", "-f", "csv"), ["事業の進捗状況一覧", "1-3-2 町外の催しへの出展"]),
        (("diff", "2024", "--from", "HEAD~1", "-f", "json"), ['"pdca.diff/1"', "1-3-2 町外の催しへの出展"]),
    ],
    "audit": [
        (("audit",), ["登録1件、記録33件", "見本（架空）の記録33件"]),
        (("audit", "--since", "HEAD"), ["登録0件、記録0件"]),
        (("audit", "-f", "json"), ['"pdca.audit/1"']),
    ],
    "config": [
        (("config", "担当", "施策1-1"), ["担当 (initiatives) = 1-1-1、"]),
        (("config", "--show"), ["企画室 ［環境変数 PDCA_BY］"]),
    ],
    "import": [(("import", "PAST", "--year", "2024"), ["1-3-2 町外の催しへの出展", "5回出た。"])],
    "form": [
        (("form", "export", "2024", "-o", "NEW.xlsx"), ["を作りました", "行"]),
        (("form", "status", "2024"), ["令和6年度実績の調査票", "教育課", "建設課"]),
    ],
    "init": [
        (("init", "NEW", "--outline", OUTLINE, "--title", "写し"), ["3段（基本目標4、施策10、取組26）", "1-1-1"]),
        (("init", "NEW", "--from", PLAN), ["log 1-1-1 "]),
    ],
}
"""Commands with what they print; OPINION and ENTRY stand for entries of the records, NEW for a new folder."""

EVALUATED = ("evaluate", "1-3-2", "--year", "2024", "--rating", "S", "--issues", "人手")
COMMITTED: list[tuple[str, ...]] = [EVALUATED, ("commit",)]
NEEDED: dict[str, list[tuple[str, ...]]] = {
    "reopen": [("close", "2024", "--meeting", "2025-08-21", "--allow-incomplete")],
    "commit": [EVALUATED],
    "history": COMMITTED,
    "collect": [("publish", "2024", "-o", "PUBLISHED")],
    "across": [("publish", "2024", "-o", "PUBLISHED"), ("collect", "PUBLISHED", "-o", "TABLE")],
    "diff": COMMITTED,
}
"""What has to be done before a command can be."""

UNDER_GIT = ("commit", "history", "diff", "audit")
"""The commands that want the town under git."""


def test_every_command_is_tried_on_the_second_plan():
    assert set(Root.listed) <= {*CASES, "fix"}


def test_what_asks_at_a_terminal_only_says_what_to_type_in_the_plans_words(pdca, town):
    entry = _entry(town, "kind: activity", "10回まとめて")
    code, out, err = pdca("fix", entry)
    assert (code, out) == (2, "")
    assert f"pdca log --supersedes {entry}" in err
    assert foreign(err) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [pytest.param(*case, id=" ".join(case[0][:3])) for name in Root.listed for case in CASES.get(name, ())],
)
def test_a_command_speaks_the_plans_words_and_no_others(request, pdca, town, tmp_path, arguments, words):
    places = {
        "NEW": str(tmp_path / "new"),
        "NEW.xlsx": str(tmp_path / "new.xlsx"),
        "PAST": str(tmp_path / "past.csv"),
        "PUBLISHED": str(tmp_path / "published"),
        "TABLE": str(tmp_path / "table"),
        "OPINION": _entry(town, "kind: opinion", "target: plan"),
        "ENTRY": _entry(town, "kind: activity", "10回まとめて"),
    }
    (tmp_path / "past.csv").write_text("番号,実施内容\n1-3-2,5回出た。\n", encoding="utf-8")
    if arguments[0] in UNDER_GIT:
        request.getfixturevalue("begun")
    for command in NEEDED.get(arguments[0], ()):
        assert pdca(*[places.get(word, word) for word in command])[0] == 0
    code, out, err = pdca(*[places.get(word, word) for word in arguments])
    assert (code, err) == (0, "")
    assert [word for word in words if word not in " ".join(out.split())] == []
    if "--outline" in arguments:  # which does not tell what its lowest level is called
        out = out.replace("取組26", "")
    assert foreign(out) == []


@pytest.mark.usefixtures("begun")
def test_what_an_audit_finds_is_told_in_no_others_words(pdca, town, git):
    name = _entry(town, "kind: evaluation", "target: 1-3-1")
    (path,) = town.glob(f"records/**/{name}.yaml")
    rewritten = path.read_text(encoding="utf-8").replace("rating: A", "rating: S").replace("sample: true\n", "")
    path.write_text(rewritten, encoding="utf-8")
    plan = town / PLAN_PATH
    plan.write_text(plan.read_text(encoding="utf-8").replace("name: 年度分終了", "name: 年度終了"), encoding="utf-8")
    git(town, "commit", "--quiet", "--all", "-m", "書換え")
    code, out, err = pdca("audit")
    assert (code, err) == (1, "")
    assert name in out
    assert foreign(out) == []


@pytest.mark.slow
@pytest.mark.parametrize("part", [("--policy", "基本目標1"), ("--measure", "1-3"), ("--department", "建設課"), ()])
def test_what_stands_around_the_papers_speaks_the_plans_words(pdca, part):
    assert pdca("log", "1-2-1", "-m", "見合わせた。", "-s", "取りやめ", "-d", "2025-03-01")[0] == 0
    assert pdca("log", "1-1-1", "-m", "開いた。", "-k", "朝市の開催回数=2", "-d", "2025-03-01")[0] == 0
    market = ("evaluate", "1-1-1", "--year", "2024", "--rating", "評価対象外")
    assert pdca(*market)[0] == 0
    code, out, err = pdca("review", "2024", *part)
    assert (code, err) == (0, "")
    assert ("小計" in out, "（一部: " in out) == (bool(part), bool(part))
    assert ("取りやめ1件" in out) == (part != ("--measure", "1-3"))
    assert foreign(out) == []


def _entry(town, *marks):
    (path,) = [
        path
        for path in town.glob("records/**/*.yaml")
        if all(mark in path.read_text(encoding="utf-8") for mark in marks)
    ]
    return path.stem


def test_the_glance_speaks_the_plans_words(pdca):
    code, out, err = pdca()
    assert (code, err) == (0, "")
    assert "見本町まちづくり計画（見本）" in out
    assert "2/22" in out
    assert foreign(out) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", get_args(Format))
def test_the_review_speaks_the_plans_words_in_every_format(pdca, tmp_path, form):
    path = tmp_path / f"review.{form}"
    code, _, err = pdca("review", "2024", "-f", form, *(() if form == "table" else ("-o", str(path))))
    assert (code, err) == (0, "")
    if form == "table":
        return
    data = path.read_bytes()
    assert data
    text = _readable(data)
    assert foreign(text) == []
    if text:
        assert all(word in text for word in ("見本町まちづくり計画", "朝市の開催", "観光交流課") if form != "csv")


def _readable(data):
    """Return the text of a file: of an office format that of its parts, of a PDF none."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
        return "\n".join(re.sub(r"<[^>]*>", " ", part) for part in parts)
    return "" if data.startswith(b"%PDF") else data.decode("utf-8-sig")


def rows(out):
    return list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))


def test_the_csv_of_the_initiatives_has_a_pair_of_columns_for_each_level_above(pdca):
    found = rows(pdca("review", "2024", "-f", "csv")[1])
    headings = list(found[0])
    assert headings[2:10] == [
        "基本目標の番号", "基本目標", "施策の番号", "施策", "番号", "事業", "再掲元", "担当課",
    ]  # fmt: skip
    assert len(found) == 26
    first = found[0]
    assert [first[heading] for heading in headings[2:8]] == [
        "基本目標1", "海と山を生かしたにぎわいづくり", "施策1-1", "港のにぎわい", "事業1-1-1", "朝市の開催",
    ]  # fmt: skip
    assert [row["再掲元"] for row in found if row["再掲元"]] == ["事業1-1-2", "事業1-3-2", "事業1-1-1"]


def test_the_csv_of_the_summary_counts_what_stands_right_above_the_initiatives(pdca):
    total, *others = rows(pdca("review", "2024", "-f", "csv", "--paper", "summary")[1])
    assert (total["施策数"], total["掲載"], total["うち再掲"], total["実数"]) == ("10", "26", "3", "23")
    assert [row["施策数"] for row in others[:4]] == ["3", "3", "2", "2"]
    assert [row["番号"] for row in others[:5]] == ["基本目標1", "基本目標2", "基本目標3", "基本目標4", "施策1-1"]


def test_the_csv_of_the_indicators_has_date_proof_numbers(pdca):
    found = rows(pdca("review", "2024", "-f", "csv", "--paper", "indicators")[1])
    assert [row["番号"] for row in found] == [
        "基本目標1",
        "事業1-1-1",
        "事業2-1-1",
        "事業2-3-2",
        "施策3-1",
        "事業4-2-1",
    ]


def test_the_json_of_the_review_has_the_shape_that_scripts_know(pdca):
    report = json.loads(pdca("review", "2024", "-f", "json")[1])
    assert report["summary"]["total"]["submeasures"] == 10
    assert list(report["summary"]["total"]["rating"]) == ["S", "A", "B", "C", "E", "N"]
    assert [row["number"] for row in report["initiatives"]][:3] == ["1-1-1", "1-1-2", "1-1-3"]
    (market,) = [row for row in report["initiatives"] if row["id"] == "4-1-3"]
    assert (market["relisted_from"], market["rating"], market["direction"]) == ("1-1-1", "S", "重点化")


def test_the_plan_as_json_lists_the_initiatives_below_the_measures(pdca):
    plan = json.loads(pdca("plan", "-f", "json")[1])
    measure = plan["policies"][0]["measures"][0]
    assert "submeasures" not in measure
    assert [item["id"] for item in measure["initiatives"]] == ["1-1-1", "1-1-2", "1-1-3"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "1-1①-1", "-m", "x"),
        ("log", "1-9", "-m", "x"),
        ("log", "1-1-1", "-m", "x", "-s", "実施中"),
        ("improve", "1-1", "--year", "2024", "--direction", "縮小", "--next", "x"),
        ("evaluate", "1-1-1", "--year", "2024", "--rating", "D"),
        ("improve", "1-1-1", "--year", "2024", "--direction", "拡大", "--next", "x"),
        ("review", "2024", "--department", "産業課"),
        ("review", "2024", "--policy", "1-1"),
        ("review", "2030"),
    ],
)
def test_a_mistake_is_answered_in_the_plans_words(pdca, arguments):
    code, out, err = pdca(*arguments)
    assert (code, out) == (2, "")
    said = err
    for word in arguments:
        said = said.replace(word, "")
    assert foreign(said) == []


@pytest.mark.slow
def test_in_english_the_plan_keeps_its_own_words(pdca, monkeypatch):
    monkeypatch.setenv("PDCA_LANG", "en")
    out = pdca("review", "2024")[1]
    assert all(word in out for word in ("基本目標", "事業", "S・A"))
    assert not re.search("Policy|Measure|Submeasure|Initiative", out)
    assert foreign(out) == []


# -- the data itself --------------------------------------------------------------------------


def test_the_outline_drafts_the_tree_of_the_plan():
    draft = draft_plan(Path(OUTLINE), Asked("x", "x", "x", 2024, 2028), date(2025, 6, 15))
    plan, problems = load_plan(Memory({PLAN_PATH: draft.text.encode()}))
    adopted, _ = load_plan(Folder(DATA))
    assert problems == []
    assert plan is not None
    assert adopted is not None
    assert {number: (plan.title(place), place.department, place.partners) for number, place in plan.places.items()} == {
        number: (adopted.title(place), place.department, place.partners) for number, place in adopted.places.items()
    }
    assert draft.counts == (4, 10, 26)
    assert [plan.level_name(0), plan.level_name(1)] == ["基本目標", "施策"]


def test_every_record_of_the_second_plan_is_marked_as_a_sample():
    paths = list(DATA.glob("records/**/*.yaml"))
    assert len(paths) == 33
    assert all("sample: true" in path.read_text(encoding="utf-8") for path in paths)
