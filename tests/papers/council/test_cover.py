# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""The cover of a meeting's papers, by what the plan says of its council."""

import pytest

from mizuho_pdca.domain.plan.header import Member
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.language import translator
from mizuho_pdca.papers.council.cover import with_contents
from mizuho_pdca.papers.review import papers

JA = translator("ja")
POLICIES = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures: [{id: 1-1-1, title: 訪問, initiatives: [{id: 1-1-1-1, title: 企業訪問}]}]
"""
CONTENTS = [("資料1", "総括表"), ("資料2", "進捗状況一覧")]


@pytest.fixture
def drawn(make_plan, make_ledger):
    def of(council):
        plan = make_plan(POLICIES, plan=f"council: {{name: 協議会{council}}}")
        report = review(plan, make_ledger("id: a"), 2024)
        return papers(report, JA).front

    return of


def texts(paper):
    return [tuple(cell.text for cell in row) for row in paper.printed.rows]


def test_all_that_is_given_is_printed(drawn):
    made = drawn(
        ", meetings: {2024: 2025-08-28}, place: 役場2階, agenda: [開会, 議事],"
        " members: [{name: 山田太郎, role: 会長}, 佐藤一郎]"
    )
    assert (made.label, made.title) == (None, "試験計画 令和6年度（2024年度）実績 検証資料")
    assert made.subtitles[:2] == ("協議会: 協議会", "開催日: 令和7年8月28日")
    assert made.subtitles[-1] == "会場: 役場2階"
    agenda, members = made.papers
    assert (agenda.title, texts(agenda)) == ("次第", [("1", "開会"), ("2", "議事")])
    assert (members.title, texts(members)) == ("委員名簿", [("山田太郎", "会長"), ("佐藤一郎", "－")])
    assert [made.legend, made.charts, made.overview, made.raw] == [(), (), (), None]


def test_as_a_paper_of_its_own_it_lists_the_others(drawn):
    made = with_contents(drawn(", agenda: [開会]"), "資料0", CONTENTS, JA)
    *others, contents = made.papers
    assert (made.label, [paper.name for paper in others]) == ("資料0", ["agenda"])
    assert (contents.title, texts(contents)) == ("資料一覧", CONTENTS)


def test_it_stands_before_the_whole_set_alone(make_plan, make_ledger):
    plan = make_plan(POLICIES, plan="council: {name: 会, agenda: [開会]}")
    whole = papers(review(plan, make_ledger("id: a"), 2024), JA)
    assert whole.front is not None
    assert whole.for_council.front is not None
    assert whole.only(["summary"]).front is None
    part = papers(review(plan, make_ledger("id: a"), 2024, scope=Scope(policy="1")), JA)
    assert part.front is None


@pytest.mark.parametrize(
    ("council", "names"), [(", agenda: [開会]", ["agenda"]), (", members: [佐藤一郎]", ["members"])]
)
def test_only_what_is_given_is_printed(drawn, council, names):
    made = drawn(council)
    assert [paper.name for paper in made.papers] == names
    assert not any("会場" in line for line in made.subtitles)


def test_names_alone_need_no_column_for_roles(drawn):
    assert texts(drawn(", members: [佐藤一郎]").papers[0]) == [("佐藤一郎",)]


@pytest.mark.parametrize("council", ["", ", place: 役場2階", ", agenda: [], members: []"])
def test_without_agenda_and_members_there_is_no_cover(drawn, council):
    assert drawn(council) is None


def test_members_are_read_as_texts_or_with_their_roles(make_plan):
    council = make_plan(
        POLICIES, plan="council: {name: 会, members: [甲, {name: 乙}, {name: 丙, role: 委員}]}"
    ).header.council
    assert council.members == (Member(name="甲"), Member(name="乙"), Member(name="丙", role="委員"))
