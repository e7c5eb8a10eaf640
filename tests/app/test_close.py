# mypy: allow-untyped-calls
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.actual import record_actual
from mizuho_pdca.app.close import Closing, UnfitToClose, close_year
from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.reopen import reopen_year
from mizuho_pdca.app.respond import respond
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.domain.closing.checks import Changes
from mizuho_pdca.domain.closing.facts import RULES
from mizuho_pdca.domain.closing.seal import FactSeal, FirstSeal, SealFile
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.storage.loading import load
from mizuho_pdca.storage.seals import seals_of

pytestmark = pytest.mark.slow

PLAN = """\
schema: 1
plan:
  id: trial
  title: 試験計画
  municipality: 瑞穂町
  period: {from: 2022, until: 2031}
  council: {name: 協議会}
scheme:
  statuses:
  - {code: not_started, name: 未着手}
  - {code: preparing, name: 準備中}
  - {code: in_progress, name: 実施中}
  - {code: done, name: 実施済（当年度分）}
  - {code: completed, name: 完了}
  - {code: suspended, name: 休止}
  - {code: discontinued, name: 中止・廃止}
  scale: {ranks: [{code: A, name: 達成, at_least: 100}, {code: B, name: 未達}]}
  directions: [{name: 拡充}, {name: 継続}]
  missing: [{name: 未調査}]
policies:
- id: "1"
  title: 基盤   # 第3章
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - id: visits
          name: 訪問件数
          unit: 件
          kind: output
          direction: increase
          method: ratio
          aggregate: cumulative
          targets: {2024: 60, 2031: 120}
          adopted: false
      - {id: 1-1-1-2, title: 融資}
"""
STATUSES = (
    "not_started: 未着手, preparing: 準備中, in_progress: 実施中, done: 実施済（当年度分）, completed: 完了, "
    "suspended: 休止, discontinued: 中止・廃止"
)
VISITS = "at: 1-1-1-1, unit: 件, direction: increase, method: ratio, aggregate: cumulative"
SEAL = "records/2024/closed.yaml"
COUNCIL = datetime(2025, 8, 20, 15, 0, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture
def town(tmp_path):
    """Make a workspace of a small plan."""
    path = tmp_path / "small" / "plan" / "measures.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(PLAN, encoding="utf-8")
    return path.parents[1]


@pytest.fixture
def desk(make_desk, town):
    return make_desk(town, now=COUNCIL)


@pytest.fixture
def entries(desk):
    """Record a whole year; return the names of its entries by what they are."""
    return {
        "visit": log(desk, "1-1-1-1", "訪問した", day="2024-06-12", values=["visits=3"]).entry.id,
        "loan": log(desk, "1-1-1-2", "貸した", day="2024-07-01", status="done").entry.id,
        "rating": evaluate(desk, "1-1-1-1", year=2024, rating="B").entry.id,
        "opinion": give_opinion(desk, "1-1", year=2024, meeting="2025-08-05", text="早く").entry.id,
    }


def found(desk):
    """Return every problem as its code, its file and its line."""
    return [(item.fault.code, item.file, item.line) for item in load(desk.tree, desk.today).problems]


def path_of(desk, name):
    (path,) = desk.root.glob(f"records/*/*/{name}.yaml")
    return path


def relative(desk, name):
    return path_of(desk, name).relative_to(desk.root).as_posix()


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def seals(desk):
    file = seals_of(desk.tree, 2024)
    assert isinstance(file, SealFile)
    return file


def contents(desk):
    return {path: path.read_bytes() for path in desk.root.rglob("*") if path.is_file()}


# -- close ------------------------------------------------------------------------------------


def test_a_closed_year_is_sealed(desk, entries):
    closing = close_year(desk, 2024, meeting="R7.8.5", by="産業課")
    assert isinstance(closing, Closing)
    assert (closing.path, closing.standing.reporting.numerator, closing.standing.reporting.denominator) == (SEAL, 2, 2)
    assert (closing.since_last, closing.notes) == (None, ())
    seal = seals(desk).seal
    assert seal == closing.seal
    assert list(seal.entries) == sorted(entries.values())
    assert (seal.by, seal.recorded, str(seal.meeting)) == ("産業課", COUNCIL, "2025-08-05")
    assert (seal.allow_incomplete, seal.sample) == (False, False)
    assert found(desk) == []


@pytest.mark.usefixtures("entries")
def test_the_file_can_be_read_by_people(desk, town):
    seal = close_year(desk, 2024, by="産業課").seal
    lines = [f"    {name}: {text}" for name, text in seal.entries.items()]
    assert (town / SEAL).read_text(encoding="utf-8").split("\n") == [
        "schema: 1",
        "seals:",
        "- state: closed",
        "  fiscal_year: 2024",
        "  by: 産業課",
        "  recorded: 2025-08-20T15:00:00+09:00",
        "  algorithm: sha256/rfc8785",
        "  rules: 1",
        "  facts:",
        f"    statuses: {{{STATUSES}}}",
        "    ranks: [{code: A, name: 達成, at_least: 100}, {code: B, name: 未達}]",
        "    nodes: ['1', 1-1, 1-1-1, 1-1-1-1, 1-1-1-2]",
        "    indicators:",
        f"      visits: {{{VISITS}, from: 2022, targets: {{2024: 60}}}}",
        "  entries:",
        *lines,
        "",
    ]


def test_a_year_that_is_not_over_is_refused(make_desk, town):
    last_day = make_desk(town, now=datetime(2025, 3, 31, 23, 59, tzinfo=COUNCIL.tzinfo))
    with pytest.raises(Refused) as caught:
        close_year(last_day, 2024, allow_incomplete=True)
    assert caught.value.exit_code == 3
    assert "2025-03-31" in caught.value.text(str)
    first_day = make_desk(town, now=datetime(2025, 4, 1, 0, 0, tzinfo=COUNCIL.tzinfo))
    assert close_year(first_day, 2024, allow_incomplete=True).seal.entries == {}
    assert found(first_day) == []


@pytest.mark.parametrize("year", [2021, 2032])
def test_a_year_outside_the_plan_is_refused(desk, year):
    with pytest.raises(UsageFault):
        close_year(desk, year)


@pytest.mark.parametrize("meeting", ["2025-08-21", "2024-03-31", "8月"])
@pytest.mark.usefixtures("entries")
def test_a_day_on_which_the_year_was_not_discussed_is_refused(desk, town, meeting):
    with pytest.raises(UsageFault):
        close_year(desk, 2024, meeting=meeting)
    assert not (town / SEAL).exists()


@pytest.mark.parametrize("meeting", ["2024-04-01", "2025-08-20", "今日"])
@pytest.mark.usefixtures("entries")
def test_the_day_of_the_meeting_may_be_any_from_the_year_on(desk, meeting):
    assert close_year(desk, 2024, meeting=meeting).seal.meeting is not None


def test_who_has_not_reported_is_named(desk, town):
    log(desk, "1-1-1-1", "訪問した", day="2024-06-12")
    with pytest.raises(Refused) as caught:
        close_year(desk, 2024)
    text = caught.value.text(str)
    assert "1 of 2" in text
    assert "1-1①-2" in text
    assert "1-1①-1" not in text
    assert "--allow-incomplete" in text
    assert not (town / SEAL).exists()


def test_an_incomplete_year_is_closed_on_demand_and_says_so(desk):
    log(desk, "1-1-1-1", "訪問した", day="2024-06-12")
    closing = close_year(desk, 2024, allow_incomplete=True)
    assert (closing.standing.reporting.numerator, closing.standing.reporting.denominator) == (1, 2)
    assert seals(desk).last_seal.allow_incomplete


@pytest.mark.usefixtures("entries")
def test_a_complete_year_does_not_say_that_it_was_allowed_to_be_incomplete(desk):
    assert not close_year(desk, 2024, allow_incomplete=True).seal.allow_incomplete


@pytest.mark.parametrize("day", ["2024-06-12", "2025-05-01"])
def test_an_error_in_any_year_is_named_and_nothing_is_closed(desk, town, day):
    name = log(desk, "1-1-1-1", "訪問した", day=day).entry.id
    change(path_of(desk, name), "in_progress", "実施")
    with pytest.raises(UnfitToClose) as caught:
        close_year(desk, 2024, allow_incomplete=True)
    assert caught.value.exit_code == 3
    text = caught.value.text(translator("ja"))
    assert f"{name}.yaml:6:9 [E204]" in text
    assert not (town / SEAL).exists()


def test_a_faulty_plan_is_named_and_nothing_is_closed(desk, town):
    change(town / "plan" / "measures.yaml", "aggregate: cumulative", "aggregate: all")
    with pytest.raises(UnfitToClose) as caught:
        close_year(desk, 2024)
    assert "[E106]" in caught.value.text(str)


@pytest.mark.usefixtures("entries")
def test_warnings_do_not_keep_a_year_open(desk, town):
    (town / "records" / "memo.txt").write_text("x", encoding="utf-8")
    close_year(desk, 2024)
    assert [code for code, *_ in found(desk)] == ["W402"]


@pytest.mark.usefixtures("entries")
def test_a_closed_year_is_not_closed_again(desk, town):
    close_year(desk, 2024, by="産業課")
    before = (town / SEAL).read_bytes()
    with pytest.raises(Refused) as caught:
        close_year(desk, 2024)
    text = caught.value.text(str)
    assert "2025-08-20" in text
    assert "産業課" in text
    assert (town / SEAL).read_bytes() == before


def test_invented_entries_make_an_invented_seal(make_desk, town):
    desk = make_desk(town, now=COUNCIL)
    log(make_desk(town, now=COUNCIL, sample=True), "1-1-1-1", "訪問した", day="2024-06-12")
    assert close_year(desk, 2024, allow_incomplete=True).seal.sample
    assert not close_year(desk, 2023, allow_incomplete=True).seal.sample
    assert close_year(make_desk(town, now=COUNCIL, sample=True), 2022, allow_incomplete=True).seal.sample


def test_an_earlier_year_that_is_open_is_pointed_out(desk):
    log(desk, "1-1-1-1", "訪問した", day="2022-06-12")
    log(desk, "1-1-1-1", "訪問した", day="2023-06-12")
    log(desk, "1-1-1-1", "訪問した", day="2025-06-12")
    assert close_year(desk, 2022, allow_incomplete=True).notes == ()
    (note,) = close_year(desk, 2024, allow_incomplete=True).notes
    assert "FY2023." in note.text(str)


def test_a_disk_that_refuses_leaves_no_half_written_seal(desk, entries, monkeypatch):
    close_year(desk, 2024)
    reopen_year(desk, 2024, reason="誤り")
    before = contents(desk)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mizuho_pdca.storage.files.os.fsync", full)
    with pytest.raises(Exception, match="could not be written"):
        close_year(desk, 2024)
    assert contents(desk) == before
    assert entries


# -- what validate says afterwards ------------------------------------------------------------


@pytest.fixture
def closed(desk, entries):
    """Close the year; return the names of its entries."""
    close_year(desk, 2024)
    return entries


@pytest.mark.parametrize(
    ("which", "old", "new"),
    [
        ("visit", "訪問した", "訪問する"),
        ("visit", "visits: 3", "visits: 4"),
        ("visit", "by: ", "by: x"),
        ("rating", "rating: B", "rating: A"),
        ("opinion", "早く", "遅く"),
        ("loan", "recorded: 2025-08-20T15:00:00", "recorded: 2025-08-20T15:00:01"),
        ("loan", "status: done", "status: 実施済（当年度分）"),
    ],
)
def test_one_changed_character_is_named_at_its_file(desk, closed, which, old, new):
    change(path_of(desk, closed[which]), old, new)
    assert found(desk) == [("E501", relative(desk, closed[which]), 0)]


def test_a_changed_entry_stays_in_the_papers(desk, closed):
    change(path_of(desk, closed["visit"]), "visits: 3", "visits: 4")
    workspace = load(desk.tree, desk.today)
    assert closed["visit"] in workspace.ledger.by_id
    assert len(workspace.errors) == 1


def test_a_change_that_is_a_fault_as_well_is_named_as_both(desk, closed):
    change(path_of(desk, closed["loan"]), "status: done", "status: 実施")
    path = relative(desk, closed["loan"])
    assert found(desk) == [("E501", path, 0), ("E204", path, 6)]


def test_a_broken_file_is_named_as_changed_as_well(desk, closed):
    path_of(desk, closed["loan"]).write_bytes(b"schema: 1\nid: [")
    assert [code for code, *_ in found(desk)] == ["E501", "E007"]


@pytest.mark.parametrize(
    "rewrite",
    [
        pytest.param(lambda text: f"# メモ\n{text}# 終わり\n", id="comments"),
        pytest.param(lambda text: "".join(sorted(text.splitlines(keepends=True))), id="order of keys"),
        pytest.param(lambda text: text.replace("1-1-1-1", '"1-1-1-1"').replace("訪問した", "'訪問した'"), id="quotes"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line endings"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("{visits: 3}", "\n  visits: 3.0"), id="another style"),
    ],
)
def test_what_leaves_the_data_alone_is_no_change(desk, closed, rewrite):
    for name in closed.values():
        path = path_of(desk, name)
        path.write_bytes(rewrite(path.read_text(encoding="utf-8")).encode())
    assert found(desk) == []


def test_a_comment_or_another_order_in_the_plan_is_no_change(desk, closed, town):
    path = town / "plan" / "measures.yaml"
    change(path, "   # 第3章\n", "\n  summary: 説明\n  source: 第3章\n")
    change(path, "targets: {2024: 60, 2031: 120}", "targets:   # 案\n            2031: 120\n            2024: 60")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert found(desk) == []
    assert closed


def test_an_entry_that_vanished_is_named_at_its_line_of_the_seal(desk, closed, town):
    name = closed["loan"]
    path_of(desk, name).unlink()
    lines = (town / SEAL).read_text(encoding="utf-8").split("\n")
    line = next(number for number, text in enumerate(lines, 1) if name in text)
    (problem,) = load(desk.tree, desk.today).problems
    assert (problem.fault.code, problem.file, problem.line, problem.column) == ("E502", SEAL, line, 5)
    assert problem.width == len(name)


def test_an_entry_that_came_is_named_at_its_file(desk, closed):
    old = path_of(desk, closed["visit"])
    name = "2024-06-13-zzzzzz"
    new = old.with_name(f"{name}.yaml")
    new.write_text(old.read_text(encoding="utf-8").replace(closed["visit"], name), encoding="utf-8")
    assert found(desk) == [("E503", relative(desk, name), 0)]


def test_a_target_of_the_year_that_was_changed_is_named_in_the_seal(desk, closed, town):
    change(town / "plan" / "measures.yaml", "2024: 60", "2024: 6")
    (problem,) = load(desk.tree, desk.today).problems
    line = (town / SEAL).read_text(encoding="utf-8").split("\n")[problem.line - 1]
    assert (problem.fault.code, problem.file) == ("E504", SEAL)
    assert line[problem.column - 1 :].startswith("60}")
    assert "1-1①-1 訪問件数: target of FY2024 60件 → 6件" in problem.fault.message.text(str)
    assert closed


def test_a_revision_from_the_next_year_on_is_no_change(desk, closed, town):
    path = town / "plan" / "measures.yaml"
    change(
        path, "adopted: false\n", "adopted: false\n          revised_targets: [{from: 2025, targets: {2031: 150}}]\n"
    )
    change(path, "title: 融資}\n", "title: 融資, until: 2025}\n      - {id: 1-1-1-3, title: 補助, from: 2026}\n")
    change(path, "until: 2031", "until: 2033")
    change(path, "policies:\n", "scheme_revisions: [{from: 2025, directions: [{name: 継続}]}]\npolicies:\n")
    assert found(desk) == []
    assert closed


def test_what_is_recorded_for_later_years_is_no_change(desk, closed):
    log(desk, "1-1-1-1", "訪問した", day="2025-06-12", values=["visits=3"], status="completed")
    respond(desk, closed["opinion"], text="進めている", state="対応中")
    assert found(desk) == []


def test_every_change_is_named_at_once(desk, closed, town):
    change(path_of(desk, closed["visit"]), "visits: 3", "visits: 4")
    path_of(desk, closed["loan"]).unlink()
    change(town / "plan" / "measures.yaml", "2024: 60", "2024: 6")
    assert sorted(code for code, *_ in found(desk)) == ["E501", "E502", "E504"]


def test_a_faulty_plan_leaves_the_entries_to_be_compared(desk, closed, town):
    change(town / "plan" / "measures.yaml", "aggregate: cumulative", "aggregate: all")
    change(path_of(desk, closed["visit"]), "visits: 3", "visits: 4")
    assert [code for code, *_ in found(desk)] == ["E106", "E501"]


def test_what_was_moved_to_another_year_is_named(desk, closed, town):
    old = path_of(desk, closed["visit"])
    new = town / "records" / "2025" / "1-1-1-1" / f"{closed['visit']}.yaml"
    new.parent.mkdir(parents=True)
    old.rename(new)
    assert ("E203", new.relative_to(town).as_posix(), 5) in found(desk)


# -- entries of other years that reach into the closed one ------------------------------------


def test_a_correction_in_another_year_is_sealed_with_the_year(desk, entries):
    moved = record_actual(desk, "visits", "9", year=2024).entry.id
    elsewhere = record_actual(desk, "visits", "9", year=2023, correction=Correction(moved, "年度の誤り")).entry.id
    seal = close_year(desk, 2024).seal
    assert list(seal.entries) == sorted([*entries.values(), moved, elsewhere])
    assert found(desk) == []
    path = path_of(desk, elsewhere)
    change(path, "年度の誤り", "誤り")
    assert found(desk) == [("E501", relative(desk, elsewhere), 0)]
    change(path, f"supersedes: {moved}\n", "")
    assert ("E501", relative(desk, elsewhere), 0) in found(desk)
    path.unlink()
    assert ("E502", SEAL) in [(code, file) for code, file, _ in found(desk)]


def test_an_entry_of_another_year_that_reaches_in_later_is_named(desk, closed):
    with pytest.raises(Refused, match="was closed"):
        log(desk, "1-1-1-1", "訪問した", day="2025-06-12", correction=Correction(closed["visit"], "日付の誤り"))
    name = log(desk, "1-1-1-1", "訪問した", day="2025-06-12").entry.id
    change(path_of(desk, name), "by:", f"supersedes: {closed['visit']}\nreason: 日付の誤り\nby:")
    assert found(desk) == [("E503", relative(desk, name), 0)]


def test_what_would_bring_an_entry_back_into_a_closed_year_is_refused(desk, entries):
    mistaken = record_actual(desk, "visits", "9", year=2024).entry.id
    moved = record_actual(desk, "visits", "9", year=2023, correction=Correction(mistaken, "年度の誤り")).entry.id
    close_year(desk, 2024)
    with pytest.raises(Refused) as caught:
        withdraw(desk, moved, reason="やはり正しい")
    assert "FY2024" in caught.value.text(str)
    assert found(desk) == []
    assert entries


# -- a plan that lives on ---------------------------------------------------------------------

UNIT = ("          unit: 件\n", "          unit: 社\n")
NEW = """\
        - id: visited
          name: 訪問した会社
          from: 2025
          unit: 社
          kind: output
          direction: increase
          method: ratio
          aggregate: cumulative
          targets: {2031: 120}
          adopted: false
"""
SCALE = "{ranks: [{code: A, name: 達成, at_least: 90}, {code: B, name: 未達}]}"


@pytest.mark.parametrize(
    ("wrong", "remedy", "right"),
    [
        pytest.param(
            ("2024: 60", "2024: 70"),
            "revised_targets: with from: 2025",
            ("adopted: false", "revised_targets: [{from: 2025, targets: {2024: 70}}]\n          adopted: false"),
            id="a target",
        ),
        pytest.param(
            ("{2024: 60, 2031: 120}", "{2023: 30, 2024: 60, 2031: 120}"),
            "revised_targets: with from: 2025",
            ("adopted: false", "revised_targets: [{from: 2025, targets: {2023: 30}}]\n          adopted: false"),
            id="a target before",
        ),
        pytest.param(
            ("at_least: 100", "at_least: 90"),
            "scheme_revisions: with from: 2025",
            ("policies:\n", f"scheme_revisions: [{{from: 2025, scale: {SCALE}}}]\npolicies:\n"),
            id="a bound",
        ),
        pytest.param(
            UNIT,
            "until: 2024 and add another, with a new id and from: 2025",
            ("          adopted: false\n", "          adopted: false\n          until: 2024\n" + NEW),
            id="a unit",
        ),
        pytest.param(
            ("      - {id: 1-1-1-2, title: 融資}\n", ""),
            "until: 2024",
            ("title: 融資}", "title: 融資, until: 2024}"),
            id="an initiative",
        ),
        pytest.param(
            ("1-1-1-2, title: 融資}", "1-1-1-2, relisted_from: 1-1-1-1}"),
            "until: 2024 and add another, with a new id and from: 2025",
            ("title: 融資}", "title: 融資, until: 2024}\n      - {id: 1-1-1-3, relisted_from: 1-1-1-1, from: 2025}"),
            id="a relisting",
        ),
    ],
)
def test_the_remedy_of_a_changed_plan_works_when_it_is_followed(desk, closed, town, wrong, remedy, right):
    path = town / "plan" / "measures.yaml"
    before = path.read_bytes()
    change(path, *wrong)
    (problem,) = [problem for problem in load(desk.tree, desk.today).errors if problem.fault.code == "E504"]
    assert remedy in problem.fault.remedy.text(str)
    path.write_bytes(before)
    change(path, *right)
    assert found(desk) == []
    assert load(desk.tree, desk.today).notes == ()
    assert closed


def test_a_later_plan_starts_from_the_year_behind_all_closed_ones(make_desk, closed, town):
    later = make_desk(town, now=COUNCIL.replace(year=2026))
    close_year(later, 2025, allow_incomplete=True)
    change(town / "plan" / "measures.yaml", "2024: 60", "2024: 70")
    problems = load(later.tree, later.today).problems
    assert [problem.fault.values["year"] for problem in problems] == [2024, 2025]
    assert all("from: 2026" in problem.fault.remedy.text(str) for problem in problems)
    assert closed


@pytest.fixture
def aged(desk, closed, first_form, town):
    """Give the seal of the closed year its first form; return the names of its entries."""
    first_form(town, 2024)
    assert isinstance(seals(desk).seal, FirstSeal)
    return closed


@pytest.mark.usefixtures("aged")
def test_a_seal_of_the_first_form_is_a_note_and_no_problem(desk):
    workspace = load(desk.tree, desk.today)
    assert workspace.problems == ()
    assert [(note.fault.code, note.file) for note in workspace.notes] == [("N501", SEAL)]


@pytest.mark.parametrize(
    ("old", "new"), [("2024: 60", "2024: 6"), ("title: 融資}", "title: 融資, department: 税務課}")]
)
@pytest.mark.usefixtures("aged")
def test_a_changed_plan_is_an_error_under_a_seal_of_the_first_form(desk, town, old, new):
    change(town / "plan" / "measures.yaml", old, new)
    assert [code for code, *_ in found(desk)] == ["E504"]
    with pytest.raises(UnfitToClose):
        close_year(desk, 2024)
    change(town / "plan" / "measures.yaml", new, old)
    close_year(desk, 2024)
    change(town / "plan" / "measures.yaml", old, new)
    assert [code for code, *_ in found(desk)] == ([] if "department" in new else ["E504"])


@pytest.mark.usefixtures("aged")
def test_a_seal_of_the_first_form_is_renewed_by_closing_again(desk, town, make_desk):
    change(town / SEAL, "algorithm", "meeting: 2025-08-05\n  allow_incomplete: true\n  algorithm")
    before = (town / SEAL).read_bytes()
    later = make_desk(town, now=COUNCIL.replace(year=2026))
    closing = close_year(later, 2024, by="企画課")
    assert (town / SEAL).read_bytes().startswith(before)
    assert [item.state for item in seals(desk).seals] == ["closed", "closed"]
    seal = seals(desk).seal
    assert isinstance(seal, FactSeal)
    assert (seal.by, str(seal.meeting), seal.rules) == ("企画課", "2025-08-05", RULES)
    assert closing.since_last == Changes((), (), ())
    assert load(desk.tree, desk.today).notes == ()
    assert found(desk) == []
    with pytest.raises(Refused, match="was closed already"):
        close_year(later, 2024)
    reopen_year(later, 2024, reason="誤り")
    close_year(later, 2024, allow_incomplete=True)
    assert [item.state for item in seals(desk).seals] == ["closed", "closed", "reopened", "closed"]


def test_a_year_closed_incompletely_is_renewed_without_being_allowed_again(desk, town, first_form):
    log(desk, "1-1-1-1", "訪問した", day="2024-06-12")
    close_year(desk, 2024, allow_incomplete=True)
    first_form(town, 2024)
    assert close_year(desk, 2024).seal.allow_incomplete


# -- commands for a closed year ---------------------------------------------------------------

COMMANDS = [
    pytest.param(lambda desk, _: log(desk, "1-1-1-1", "訪問した", day="2025-03-31"), id="log"),
    pytest.param(
        lambda desk, names: log(desk, "1-1-1-1", "x", correction=Correction(names["visit"], "誤り")), id="correction"
    ),
    pytest.param(lambda desk, _: record_actual(desk, "visits", "3", year=2024), id="actual"),
    pytest.param(lambda desk, _: evaluate(desk, "1-1-1-1", year=2024, rating="A"), id="evaluate"),
    pytest.param(lambda desk, _: improve(desk, "1-1-1-1", year=2024, direction="継続", next_year="x"), id="improve"),
    pytest.param(
        lambda desk, _: give_opinion(desk, "1-1", year=2024, meeting="2025-08-05", text="x"), id="opinion"
    ),
    pytest.param(lambda desk, names: withdraw(desk, names["visit"], reason="誤り"), id="withdraw"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_recorded_for_a_closed_year(desk, closed, command):
    before = contents(desk)
    with pytest.raises(Refused) as caught:
        command(desk, closed)
    assert caught.value.exit_code == 3
    text = caught.value.text(str)
    assert "FY2024 was closed on 2025-08-20" in text
    assert "pdca reopen 2024 --reason" in text
    assert contents(desk) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reopened_year_takes_records_again(desk, closed, command):
    reopen_year(desk, 2024, reason="記録もれ")
    command(desk, closed)
    assert load(desk.tree, desk.today).errors == []


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_recorded_where_nobody_knows_whether_the_year_is_closed(desk, closed, town, command):
    (town / SEAL).write_bytes(b"<<<<<<< HEAD\n")
    with pytest.raises(Refused, match="can't be read") as caught:
        command(desk, closed)
    assert "pdca validate" in caught.value.text(str)


@pytest.mark.usefixtures("closed")
def test_other_years_take_records(desk):
    assert log(desk, "1-1-1-1", "訪問した", day="2025-04-01").entry.year == 2025
    assert evaluate(desk, "1-1-1-1", year=2023, rating="A").entry.year == 2023


@pytest.mark.usefixtures("closed")
def test_what_is_wrong_with_the_words_does_not_hide_that_the_year_is_closed(desk):
    with pytest.raises(Refused):
        log(desk, "1-1-1-1", "訪問した", day="2024-06-12", status="実施", values=["visits=many"])


# -- reopen -----------------------------------------------------------------------------------


def test_the_history_of_seals_is_kept(desk, closed):
    first = seals(desk).last_seal
    reopened = reopen_year(desk, 2024, reason=" 記録もれ \n", by="企画課")
    assert (reopened.seal, reopened.path, reopened.notes) == (first, SEAL, ())
    assert seals(desk).seal is None
    name = log(desk, "1-1-1-2", "貸した", day="2024-09-01").entry.id
    change(path_of(desk, closed["visit"]), "訪問した", "訪問する")
    path_of(desk, closed["rating"]).unlink()
    assert found(desk) == []
    again = close_year(desk, 2024)
    assert again.since_last == Changes((closed["visit"],), (closed["rating"],), (name,))
    file = seals(desk)
    assert [item.state for item in file.seals] == ["closed", "reopened", "closed"]
    assert file.seals[0] == first
    assert file.seals[1].model_dump(include={"by", "reason"}) == {"by": "企画課", "reason": "記録もれ"}
    assert found(desk) == []
    change(path_of(desk, name), "貸した", "借りた")
    assert found(desk) == [("E501", relative(desk, name), 0)]


def test_what_was_written_before_stays_as_it_is(desk, closed, town):
    change(town / SEAL, "schema: 1\n", "# 商工業振興推進協議会\nschema: 1\n")
    before = (town / SEAL).read_bytes()
    reopen_year(desk, 2024, reason="1行目\n2行目: 値\n")
    assert (town / SEAL).read_bytes().startswith(before)
    reopen_year_again = seals(desk).seals[-1]
    assert reopen_year_again.model_dump()["reason"] == "1行目\n2行目: 値"
    assert closed


@pytest.mark.usefixtures("entries")
def test_a_year_that_is_open_is_not_reopened(desk, town):
    with pytest.raises(Refused) as caught:
        reopen_year(desk, 2024, reason="x")
    assert caught.value.exit_code == 3
    assert not (town / SEAL).exists()
    close_year(desk, 2024)
    reopen_year(desk, 2024, reason="x")
    with pytest.raises(Refused, match="is not closed"):
        reopen_year(desk, 2024, reason="x")


def test_a_year_is_reopened_whatever_is_wrong_with_its_data(desk, closed, town):
    path_of(desk, closed["visit"]).unlink()
    change(town / "plan" / "measures.yaml", "aggregate: cumulative", "aggregate: all")
    reopen_year(desk, 2024, reason="直す")
    assert [code for code, *_ in found(desk)] == ["E106"]


def test_a_seal_that_can_not_be_read_is_not_reopened(desk, closed, town):
    (town / SEAL).write_bytes(b"x")
    with pytest.raises(Refused, match="can't be read"):
        reopen_year(desk, 2024, reason="x")
    assert (town / SEAL).read_bytes() == b"x"
    assert closed


@pytest.mark.usefixtures("closed")
def test_later_years_that_are_closed_are_pointed_out(desk, make_desk, town):
    later = make_desk(town, now=COUNCIL.replace(year=2027))
    close_year(later, 2025, allow_incomplete=True)
    close_year(later, 2026, allow_incomplete=True)
    reopen_year(later, 2026, reason="x")
    (note,) = reopen_year(desk, 2024, reason="x").notes
    assert "FY2025." in note.text(str)


def test_of_two_years_only_the_closed_one_is_held_against_its_seal(desk, make_desk, town, closed):
    later = make_desk(town, now=COUNCIL.replace(year=2026), token=lambda: "zzzzzz")
    name = log(later, "1-1-1-2", "貸した", day="2025-06-12").entry.id
    close_year(later, 2025, allow_incomplete=True)
    reopen_year(later, 2024, reason="x")
    for changed in (closed["loan"], name):
        change(path_of(desk, changed), "貸した", "貸しだ")
    assert found(later) == [("E501", relative(desk, name), 0)]
