# mypy: allow-untyped-calls
import sys
from datetime import date, datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.diff import make_errata
from mizuho_pdca.app.formats import draw_errata
from mizuho_pdca.app.log import log
from mizuho_pdca.app.reopen import reopen_year
from mizuho_pdca.app.review import make_review, make_years
from mizuho_pdca.app.workspace import FaultyPlan
from mizuho_pdca.domain.review.as_of import AsOf, Edition
from mizuho_pdca.errors import EnvironmentFault, UsageFault
from mizuho_pdca.language import translator


@pytest.fixture
def desk(make_desk, workspace):
    return make_desk(workspace)


@pytest.fixture
def commit(workspace, git):
    """Commit everything; return the commit."""

    def make():
        if not (workspace / ".git").exists():
            git(workspace, "init", "--quiet", "--initial-branch=main")
        git(workspace, "add", "--all", ".")
        git(workspace, "commit", "--quiet", "--allow-empty", "-m", "x")
        return git(workspace, "rev-parse", "HEAD").strip()

    return make


def causes(found):
    """Return the entries that the corrections are laid on."""
    return {(cause.change, cause.entry.id) for one in found.corrections for cause in one.causes}


@pytest.mark.slow
def test_two_commits_are_compared_whatever_stands_there_now(desk, commit):
    first = commit()
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    second = commit()
    log(desk, "1-1②-1", "また訪問", day="2024-07-12")
    found = make_errata(desk, 2024, first, second)
    assert causes(found) == {("added", "2024-06-12-000001")}
    assert (found.before.as_of, found.after.as_of) == (AsOf(first, dirty=False), AsOf(second, dirty=False))


@pytest.mark.slow
def test_a_commit_is_compared_with_what_stands_there_now(desk, commit):
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    first = commit()
    log(desk, "1-1②-1", "また訪問", day="2024-07-12")
    found = make_errata(desk, 2024, first, None)
    assert causes(found) == {("added", "2024-07-12-000002")}
    assert found.after.as_of == AsOf(first, dirty=True)


@pytest.mark.slow
def test_corrections_name_the_page_where_pdf_can_be_made(desk, commit, monkeypatch):
    first = commit()
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    found = make_errata(desk, 2024, first, None)
    t = translator("ja")
    assert "ページ" in draw_errata(found, "html", t).decode()
    monkeypatch.setitem(sys.modules, "typst", None)
    assert "ページ" not in draw_errata(found, "html", t).decode().partition("<main")[2]


@pytest.mark.slow
def test_editions_are_counted_by_closing(make_desk, workspace, commit):
    desk = make_desk(workspace, now=datetime(2025, 9, 1, 10, tzinfo=timezone(timedelta(hours=9))))
    first = commit()
    close_year(desk, 2024, allow_incomplete=True)
    second = commit()
    reopen_year(desk, 2024, reason="誤り")
    third = commit()
    editions = [make_errata(desk, 2024, when, None).before.as_of.edition for when in (first, second, third)]
    day = date(2025, 9, 1)
    assert editions == [None, Edition(1, day, holds=True), Edition(1, day, holds=False)]
    assert make_review(desk, 2024).as_of.edition == editions[2]
    assert make_review(desk, 2023).as_of.edition is None
    assert make_years(desk, range(2023, 2025)).last.as_of.edition == editions[2]


@pytest.mark.slow
def test_backwards_what_came_is_gone(desk, commit):
    first = commit()
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    second = commit()
    forth, back = make_errata(desk, 2024, first, second), make_errata(desk, 2024, second, first)
    assert causes(back) == {("gone", "2024-06-12-000001")}
    assert [(one.before, one.after) for one in back.corrections] == [
        (one.after, one.before) for one in forth.corrections
    ]


@pytest.mark.slow
def test_a_commit_has_no_corrections_to_itself(desk, commit):
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    assert make_errata(desk, 2024, commit(), "HEAD").corrections == ()


@pytest.mark.slow
def test_another_year_is_not_touched(desk, commit):
    first = commit()
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    assert make_errata(desk, 2023, first, None).corrections == ()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "title"), [(None, "進捗状況一覧"), ("en", "Progress of the initiatives")])
def test_the_papers_are_compared_in_the_language_of_the_plan_unless_another_is_told(desk, commit, language, title):
    first = commit()
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    found = make_errata(desk, 2024, first, None, None if language is None else translator(language))
    (one, *_) = [one for one in found.corrections if one.paper == "initiatives"]
    assert one.title == title


@pytest.mark.slow
def test_a_fault_on_either_side_is_known_and_its_entry_is_left_out(desk, commit, workspace):
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    first = commit()
    (path,) = workspace.glob("records/2024/*/*.yaml")
    path.write_text("schema: 1\n", encoding="utf-8")
    found = make_errata(desk, 2024, first, None)
    assert causes(found) == {("gone", "2024-06-12-000001")}
    assert {problem.file for problem in found.problems} == {path.relative_to(workspace).as_posix()}
    assert make_errata(desk, 2024, first, first).problems == ()


@pytest.mark.slow
def test_a_change_of_the_plan_alone_is_laid_on_it(desk, commit, workspace):
    first = commit()
    plan = workspace / "plan" / "measures.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("企業訪問", "会社訪問"), encoding="utf-8")
    found = make_errata(desk, 2024, first, None)
    assert found.corrections
    assert all(one.by_plan for one in found.corrections)


def test_a_year_outside_either_plan_is_refused(desk, commit):
    first = commit()
    for revision in (first, "HEAD"):
        with pytest.raises(UsageFault) as caught:
            make_errata(desk, 2040, revision, None)
        assert "outside the plan's period" in caught.value.text(str)


def test_a_plan_that_can_not_be_used_is_told_of_either_side(desk, commit, workspace):
    first = commit()
    (workspace / "plan" / "measures.yaml").write_text("schema: 1\n", encoding="utf-8")
    second = commit()
    for sides in ((first, second), (second, first), (first, None)):
        with pytest.raises(FaultyPlan):
            make_errata(desk, 2024, *sides)


@pytest.mark.parametrize("sides", [("nonsense", None), ("HEAD", "nonsense"), ("--all", "HEAD")])
def test_a_revision_that_is_none_is_refused(desk, commit, sides):
    commit()
    with pytest.raises(UsageFault) as caught:
        make_errata(desk, 2024, *sides)
    assert "there is no commit" in caught.value.text(str)


def test_without_a_repository_there_is_nothing_to_compare_with(desk):
    with pytest.raises(EnvironmentFault) as caught:
        make_errata(desk, 2024, "HEAD", None)
    assert caught.value.exit_code == 4
