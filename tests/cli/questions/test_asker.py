# mypy: allow-untyped-calls
"""The commands that record at a terminal, with the prompts answered by a person who is not there."""

import json

import pytest

from mizuho_pdca.app import list as listing
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli.framework import Session
from mizuho_pdca.cli.prompts import Interrupted
from mizuho_pdca.cli.questions import blanks
from mizuho_pdca.cli.questions.slip import Answers, Round
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.storage import drafts
from mizuho_pdca.storage.settings import Settings

LOG = ("1-1②-1", "", "", "3社を訪問した", "")
"""Answers to all questions of ``log``: where, day, status, text, a figure."""


@pytest.fixture
def newest(workspace, entries):
    """Return the text of the entry that was written last."""
    return lambda: max((workspace / path for path in entries()), key=lambda path: path.stat().st_mtime_ns).read_text(
        encoding="utf-8"
    )


@pytest.fixture
def draft(tmp_path):
    """Return the answers that are kept, None where none are."""

    def kept():
        files = list((tmp_path / "state" / "drafts").glob("*.json"))
        return json.loads(files[0].read_text(encoding="utf-8")) if files else None

    return kept


# -- everything is asked ----------------------------------------------------------------------


def test_log_alone_asks_for_everything_and_shows_the_whole(pdca, person, newest):
    person.answers = ["1-1②-1", "2024-06-12", "実施済（当年度分）", "3社を訪問した", "3", "yes"]
    result = pdca("log")
    assert result.code == 0
    assert person.answers == []
    assert [word for word in ("3社を訪問した", "企業訪問件数", "実施済") if word not in result.out] == []
    assert "status: done\n" in newest()
    assert "values: {company-visits: 3}\n" in newest()


def test_enter_leaves_out_what_may_be_left_out(pdca, person, newest):
    person.answers = [*LOG, "yes"]
    assert pdca("log").code == 0
    assert "date: 2025-06-15\nstatus: in_progress\n" in newest()
    assert "values" not in newest()


def test_the_status_that_goes_on_stands_first(pdca, person):
    pdca("log", "1-1②-1", "-m", "訪問", "-s", "準備中")
    person.answers = [*LOG, "yes"]
    assert pdca("log").code == 0
    assert person.offered[1][0] == ""
    assert "準備中" in pdca("log", "1-1②-1", "-m", "訪問").out


def test_what_was_given_is_not_asked_for(pdca, person, newest):
    person.answers = ["1-1②-1", "3社を訪問した"]
    assert pdca("log", "-d", "2024-06-12", "-k", "company-visits=3").code == 0
    assert "date: 2024-06-12" in newest()


def test_a_whole_command_asks_nothing(pdca, person):
    assert pdca("log", "1-1②-1", "-m", "訪問").code == 0
    assert person.asked == []


def test_the_initiatives_recorded_last_stand_first(pdca, person):
    pdca("log", "2-1①-1", "-m", "訪問")
    person.answers = ["2-1①-1", "講座", "yes"]
    pdca("log", "-d", "2025-06-14")
    assert person.offered[0][0] == "2-1-1-1"


def test_own_initiatives_and_department_come_before_the_others(pdca, person, workspace, monkeypatch):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    title = "        title: 経営相談会の実施\n"
    assert text.count(title) == 1
    path.write_text(text.replace(title, f"        department: 観光課\n{title}"), encoding="utf-8")

    own = Settings(department="観光課", initiatives=("3-1①-1", "9-9-9-9"))
    monkeypatch.setattr("mizuho_pdca.cli.framework.Session.settings", own)
    person.answers = ["1-1②-1", "訪問"]
    pdca("log", "-d", "2025-06-14")
    assert person.offered[0][:3] == ["3-1-1-1", "1-1-2-2", "1-1-1-1"]


def test_a_wrong_answer_is_asked_again_with_the_reason(pdca, person, newest):
    person.answers = ["9-9", "1-1②-1", "13月45日", "昨日", "", " ", "訪問", "x", "3", "yes"]
    result = pdca("log")
    assert result.code == 0
    assert [word for word in ('"9-9"', '"13月45日"', "E208", "can't be left out") if word not in result.out] == []
    assert person.begun[3] == ""  # so that Enter means what the question says
    assert "date: 2025-06-14" in newest()


def test_an_answer_is_changed_before_it_is_recorded(pdca, person, newest):
    person.answers = [*LOG, "change", "text", "4社を訪問した", "change", "values", "4", "change", "day", "昨日"]
    person.answers += ["change", "target", "1-1②-1", "yes"]
    assert pdca("log").code == 0
    assert "4社を訪問した" in newest()
    begun = dict(zip(person.asked[5:], person.begun[5:], strict=True))
    assert (begun["what was done"], begun["the initiative's number"]) == ("3社を訪問した", "")
    assert "values: {company-visits: 4}" in newest()
    assert "date: 2025-06-14" in newest()


@pytest.mark.parametrize(
    ("figure", "answer", "recorded"),
    [
        ("3", "4", "values: {company-visits: 4}"),
        ("3件", "4件", "values: {company-visits: 4}"),
        ("件数=3", "4", "values: {company-visits: 4}"),
        ("company-visits＝3", "4", "values: {company-visits: 4}"),
        ("件数=3", "", None),
        ("3", "", None),
        ("profitable-firms=40", "4", "values: {profitable-firms: 40, company-visits: 4}"),
    ],
)
def test_a_figure_is_changed_however_it_was_typed_before(pdca, person, newest, figure, answer, recorded):
    person.answers = [Interrupted()]
    pdca("log", "1-1②-1", "-k", figure)
    person.answers = ["yes", "", "", "訪問", "change", "values", answer, "yes"]
    assert pdca("log").code == 0
    assert person.answers == []
    begun = dict(zip(person.asked, person.begun, strict=True))
    held = "" if "profitable" in figure else figure.replace("＝", "=").rpartition("=")[2]
    assert begun["企業訪問件数 (draft)（件） (Enter: none)"] == held
    assert recorded in newest() if recorded else "values" not in newest()


def test_nothing_is_recorded_by_who_stops_at_the_end(pdca, person, entries, draft):
    person.answers = [*LOG, "leave"]
    result = pdca("log")
    assert (result.code, entries()) == (130, [])
    assert draft()["answers"] == {
        "day": "", "status": "in_progress", "values": "", "target": "1-1②-1", "text": "3社を訪問した",
    }  # fmt: skip
    assert "pdca log" in result.err


# -- the other commands -----------------------------------------------------------------------


def test_evaluate_offers_the_years_and_the_scale(pdca, person, newest):
    person.answers = ["1-1②-1", "2024", "B", "順調", "", "yes"]
    assert pdca("evaluate").code == 0
    assert person.offered[1] == ["2024", "2025", "2023", "2022"]
    assert person.offered[2] == ["A", "B", "C", "D", "F", "X", "Y", "Z"]
    assert "rating: B\n" in newest()


@pytest.mark.usefixtures("own_words_workspace")
def test_evaluate_offers_the_words_of_who_rates(pdca, person, newest):
    person.answers = ["B", "", "", "yes"]
    assert pdca("evaluate", "1-1②-1", "--year", "2024", "--evaluator", "外部評価", "--meeting", "2025-06-01").code == 0
    assert person.offered[0] == ["A", "B", "N"]
    assert "rating: B\n" in newest()


@pytest.fixture
def revised_workspace(rating_workspace):
    """Return a workspace whose council has ratings of its own, and whose office has other ones from FY2025 on."""
    path = rating_workspace / "plan" / "measures.yaml"
    own = "scale: {ranks: [{code: 甲, name: 妥当}, {code: 乙, name: 概ね妥当}]}"
    new = "{ranks: [{code: S, name: 超過, at_least: 120}, {code: B, name: おおむね順調, at_least: 80},"
    new += " {code: C, name: 遅れ}]}"
    text = path.read_text(encoding="utf-8").replace("aliases: [協議会]}", f"aliases: [協議会], {own}}}", 1)
    text = text.replace("policies:\n", f"scheme_revisions:\n- from: 2025\n  scale: {new}\npolicies:\n", 1)
    path.write_text(text, encoding="utf-8", newline="\n")
    return rating_workspace


@pytest.mark.usefixtures("revised_workspace")
@pytest.mark.parametrize(
    ("who", "offered", "rating"),
    [
        (("2024", "self"), "A B C D F X Y Z", "D"),
        (("2025", "self"), "S B C", "S"),
        (("2024", "council", ""), "甲 乙", "乙"),
        (("2025", "外部評価", ""), "甲 乙", "甲"),
    ],
)
def test_evaluate_offers_the_words_of_the_year_and_of_who_rates(pdca, person, newest, who, offered, rating):
    person.answers = ["1-1②-1", *who, rating, "順調", "", "yes"]
    result = pdca("evaluate")
    assert (result.code, result.err, person.answers) == (0, "", [])
    assert person.offered[3] == offered.split()
    assert f"rating: {rating}\n" in newest()


@pytest.mark.usefixtures("revised_workspace")
@pytest.mark.parametrize("rated", [("--evaluator", "council", "--rating", "乙"), ("--rating", "D")])
def test_who_rated_is_corrected_though_the_words_are_others(pdca, person, newest, rated):
    pdca("evaluate", "1-1②-1", "--year", "2024", *rated)
    right = ("self", "B") if "council" in rated else ("council", "甲")
    person.answers = ["", "", right[0], *([] if right[0] == "self" else [""]), right[1], "", "", "", "取り違え", "yes"]
    result = pdca("fix", "last")
    assert (result.code, person.answers) == (0, []), (result.out, person.asked)
    assert f"evaluator: {right[0]}\nrating: {right[1]}\n" in newest()


@pytest.mark.usefixtures("revised_workspace")
def test_a_rating_that_is_kept_by_somebody_who_has_no_such_is_told_at_the_end(pdca, person, newest):
    pdca("evaluate", "1-1②-1", "--year", "2024", "--evaluator", "council", "--rating", "乙")
    person.answers = ["", "", "self", "", "", "", "", "取り違え", "change", "rating", "C", "yes"]
    result = pdca("fix", "last")
    assert (result.code, person.answers) == (0, []), (result.out, person.asked)
    assert "E205" in result.out
    assert "evaluator: self\nrating: C\n" in newest()


@pytest.mark.usefixtures("revised_workspace")
@pytest.mark.parametrize(("last", "is_offered"), [("B", True), ("C", False), ("D", False)])
def test_last_years_rating_is_the_answer_only_while_it_means_the_same(pdca, person, newest, last, is_offered):
    pdca("evaluate", "1-1②-1", "--year", "2024", "--rating", last)
    person.answers = ["S" if not is_offered else "", "", "", "yes"]
    assert pdca("evaluate", "1-1②-1", "--year", "2025", "--evaluator", "self", "-d", "今日").code == 0
    assert person.offered[0] == [*([""] if is_offered else []), "S", "B", "C"]
    assert f"rating: {'B' if is_offered else 'S'}\n" in newest()


@pytest.mark.slow
def test_actual_takes_a_figure_or_a_reason(pdca, person, newest):
    person.answers = ["company-visits", "2024", "60", "", "yes"]
    assert pdca("actual").code == 0
    assert "values: {company-visits: 60}" in newest()
    person.answers = ["company-visits", "2023", "集計中", "", "yes"]
    assert pdca("actual").code == 0
    assert "missing: {company-visits: 集計中}" in newest()
    person.answers = ["2022"]
    assert pdca("actual", "company-visits", "--missing", "未調査").code == 0


def test_withdraw_offers_the_entries(pdca, person, newest):
    pdca("log", "1-1②-1", "-m", "訪問")
    person.answers = ["2025-06-15-000001", "誤記", "yes"]
    assert pdca("withdraw", "?").code == 0
    assert person.offered[0] == ["2025-06-15-000001"]
    assert "withdraws: 2025-06-15-000001" in newest()


@pytest.mark.slow
def test_an_answer_that_declines_wants_a_reason(pdca, person, newest):
    pdca("opinion", "plan", "--year", "2024", "--meeting", "2025-06-10", "-m", "そろえて")
    person.answers = ["2025-06-15-000001", "直さない", "declined", "様式が決まっている", "yes"]
    assert pdca("respond").code == 0
    assert "reason: 様式が決まっている\n" in newest()
    pdca("opinion", "plan", "--year", "2024", "--meeting", "2025-06-10", "-m", "早く")
    person.answers = ["予算がない"]
    assert pdca("respond", "000003", "-m", "しない", "--state", "対応しない").code == 0
    assert "reason: 予算がない\n" in newest()


# -- what is wrong ----------------------------------------------------------------------------


def test_only_what_is_wrong_is_asked_again(pdca, person, newest):
    person.answers = ["昨日", "company-visits=3"]
    figures = ("-k", "company-visits=x", "-k", "profitable-firms=40")
    result = pdca("log", "1-1②-1", "-m", "訪問", "-d", "13月45日", *figures)
    assert result.code == 0
    assert len(person.asked) == 2
    assert "values: {company-visits: 3, profitable-firms: 40}" in newest()


def test_a_wrong_option_that_is_never_asked_for_is_mended_as_well(pdca, person, newest):
    person.answers = ["前期"]
    assert pdca("actual", "company-visits", "60", "--year", "2024", "--half", "第3").code == 0
    assert "half: first" in newest()


def test_where_several_fit_they_are_offered(pdca, person, newest, monkeypatch):
    from mizuho_pdca.app import entry

    def unclear(plan, text, *_):
        if text == "訪問":
            fault = UsageFault("it may mean several")
            vars(fault)["choices"] = [("1-1-2-1", "1-1②-1 企業訪問"), ("1-1-2-2", "1-1②-2 相談会")]
            raise fault
        return plan.places[text]

    monkeypatch.setattr(entry, "typed_place", lambda plan, text, _, wrong: wrong.take(lambda: unclear(plan, text)))
    monkeypatch.setattr(entry, "recorded_for", lambda _, place: (place or _.places["1-1-2-1"], []))
    monkeypatch.setattr("mizuho_pdca.app.log.initiatives_below", lambda *_: [])
    person.answers = ["1-1-2-2"]
    assert pdca("log", "訪問", "-m", "相談").code == 0
    assert person.offered == [["1-1-2-1", "1-1-2-2"]]
    assert "target: 1-1-2-2" in newest()


def test_a_broader_number_leads_to_the_initiatives_below_it(pdca, person, newest):
    person.answers = ["1-1②-2"]
    assert pdca("log", "1-1②", "-m", "相談会").code == 0
    assert person.offered == [["1-1②-1", "1-1②-2", "1-1②"]]
    assert "target: 1-1-2-2" in newest()


def test_what_no_other_answer_mends_stops_the_command(pdca, person, workspace):
    pdca("log", "1-1②-1", "-m", "訪問")
    (workspace / "plan" / "measures.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert pdca("log").code == 1
    assert person.asked == []


def test_outside_a_workspace_nothing_is_asked_in_vain(pdca, person, tmp_path):
    assert pdca("-C", str(tmp_path), "log").code == 2
    assert person.asked == []


# -- corrections ------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_question_mark_chooses_the_entry_and_shows_what_it_holds(pdca, person, newest):
    pdca("log", "1-1②-1", "-m", "訪問", "-k", "company-visits=3")
    person.answers = ["2025-06-15-000001", "", "", "", "訪問", "4", "数え違い", "yes"]
    assert pdca("log", "--supersedes", "?").code == 0
    assert "supersedes: 2025-06-15-000001\nreason: 数え違い" in newest()
    assert "values: {company-visits: 4}" in newest()
    assert any("as it is: 3" in words for words in person.asked)


@pytest.mark.slow
def test_a_correction_without_its_reason_is_asked_for_that_alone(pdca, person, newest):
    pdca("log", "1-1②-1", "-m", "訪問")
    person.answers = ["誤記"]
    assert pdca("log", "--supersedes", "000001", "-m", "訪問した").code == 0
    person.answers = ["2025-06-15-000002"]
    assert pdca("log", "--reason", "誤記", "-m", "訪問しました").code == 0
    assert "supersedes: 2025-06-15-000002" in newest()


# -- drafts -----------------------------------------------------------------------------------


def test_what_was_typed_is_kept_and_gone_on_with(pdca, person, newest, draft):
    person.answers = ["1-1②-1", "昨日", "", Interrupted("半分")]
    result = pdca("log")
    assert (result.code, draft()["begun"]) == (130, ["text", "半分"])
    assert "pdca log" in result.err
    person.answers = ["yes", "半分と半分", "3", "yes"]
    assert pdca("log").code == 0
    assert person.begun[5] == "半分"
    assert "半分と半分" in newest()
    assert "date: 2025-06-14" in newest()
    assert draft() is None


def test_a_draft_that_is_not_wanted_is_gone(pdca, person, newest, draft):
    person.answers = ["1-1②-1", KeyboardInterrupt()]
    pdca("log")
    person.answers = ["no", *LOG, "yes"]
    assert pdca("log").code == 0
    assert draft() is None
    assert "3社を訪問した" in newest()


def test_a_draft_stays_while_nobody_has_said_what_becomes_of_it(pdca, person, draft):
    person.answers = ["1-1②-1", "昨日", "", Interrupted("長い文章")]
    pdca("log")
    person.answers = [KeyboardInterrupt()]
    assert pdca("log", "2-1①-1").code == 130
    person.answers = [KeyboardInterrupt()]
    assert pdca("log", "1-1②-1", "-m", "訪問", "-d", "13月45日").code == 130
    assert draft()["begun"] == ["text", "長い文章"]


def test_leaving_the_first_question_keeps_nothing(pdca, person, draft, entries):
    person.answers = [KeyboardInterrupt()]
    result = pdca("log")
    assert (result.code, draft(), entries()) == (130, None, [])
    assert "Stopped" in result.err


def test_an_error_while_writing_keeps_what_was_typed(pdca, person, workspace, draft):
    (workspace / "records").write_bytes(b"")
    person.answers = [*LOG, "yes"]
    result = pdca("log")
    assert result.code == 4
    assert "pdca log" in result.err
    assert draft()["answers"]["text"] == "3社を訪問した"


def test_without_a_folder_for_drafts_stopping_says_so_plainly(pdca, person, monkeypatch):
    monkeypatch.setattr(drafts, "state_folder", lambda: None)
    person.answers = ["1-1②-1", KeyboardInterrupt()]
    result = pdca("log")
    assert (result.code, "pdca log" in result.err) == (130, False)


# -- entries to choose from -------------------------------------------------------------------


def test_entries_are_numbered_in_a_list(monkeypatch):
    monkeypatch.setattr(listing, "choices", lambda *_, **__: [("a", "A"), ("b", "B")])
    here = Session(str, language_told=True, make_desk=lambda _: Desk())
    offers = blanks.of_entries("activity")(Round(here, Answers()))
    assert [(one.value, one.label, one.also) for one in offers] == [("a", " 1 A", "1 a"), ("b", " 2 B", "2 b")]


def test_years_are_found_by_the_number_of_their_era(workspace, make_desk):
    here = Session(str, language_told=True, make_desk=lambda _: make_desk(workspace))
    found = [(one.value, one.also) for one in blanks.years(Round(here, Answers()))]
    assert found == [("2024", "6 R6"), ("2025", "7 R7"), ("2023", "5 R5"), ("2022", "4 R4")]


def test_where_there_is_no_entry_its_name_is_asked_for(pdca, person):
    person.answers = ["", Interrupted()]
    assert pdca("log", "--supersedes", "?").code == 130
    assert len(person.asked) == 2
