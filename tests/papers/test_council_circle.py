# mypy: allow-untyped-calls
"""The council's circle over the years: opinion, response, improvement, and next year's review of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.review.council import opinions
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.papers.office import office
from mizuho_pdca.papers.opinions import opinions as opinion_paper
from mizuho_pdca.papers.review import papers
from mizuho_pdca.papers.status import next_steps

PLAN = """
- id: "1"
  title: 基盤
  department: 産業課
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - {id: 1-1-1-1, title: 企業訪問}
      - id: 1-1-1-2
        title: 融資
        department: 会計課
        indicators:
        - {id: loans, name: 件数, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
      - {id: 1-1-1-3, title: 一覧, until: 2024}
- id: "2"
  title: 革新
  measures:
  - id: 2-1
    title: 交流
    submeasures: [{id: 2-1-1, title: 再掲, initiatives: [{id: 2-1-1-1, relisted_from: 1-1-1-1}]}]
"""
YEARS = (2023, 2024, 2025)
IN_FORCE = ("plan", "'1'", "1-1", "1-1-1", "1-1-1-1", "1-1-1-2")


def opinion(name, target="1-1-1-1", year=2023, **more):
    """Return an opinion of the meeting in the October after a fiscal year."""
    given = {"target": target, "fiscal_year": year, "meeting": f"{year + 1}-10-01", "text": f"意見{name}", **more}
    return f"id: {name}, kind: opinion, date: {year + 1}-10-02" + "".join(f", {k}: {v}" for k, v in given.items())


def response(name, to, day="2024-11-01", state="対応済", **more):
    given = {"responds": to, "state": state, "text": f"対応{name}", **more}
    return f"id: {name}, kind: response, date: {day}" + "".join(f", {k}: {v}" for k, v in given.items())


def withdrawal(of, day="2026-02-01", name="w"):
    return f"id: {name}, kind: withdrawal, date: {day}, withdraws: {of}"


@pytest.fixture(scope="session")
def report_of(make_plan, make_ledger):
    plan = make_plan(PLAN)
    return lambda *texts, year=2024, **options: review(plan, make_ledger(*texts), year, **options)


def shown(report):
    """Return what the paper of opinions shows: meeting, what about, opinion, state, responses."""
    return [tuple(cell.text for cell in row) for row in opinion_paper(report, str).paper.rows]


def row(report, node_id):
    (found,) = [row for row in report.initiatives if row.place.id == node_id]
    return found


# -- opinions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "about", "in_rows"),
    [
        ("plan", "the plan as a whole", []),
        ("'1'", "1 基盤", []),
        ("1-1", "1-1 経営", []),
        ("1-1-1", "1-1① 訪問", []),
        ("1-1-1-1", "1-1①-1 企業訪問", ["1-1-1-1", "2-1-1-1"]),
        ("1-1-1-2", "1-1①-2 融資", ["1-1-1-2"]),
    ],
)
def test_an_opinion_is_on_the_plan_or_on_any_of_its_levels(report_of, target, about, in_rows):
    report = report_of(opinion("a", target))
    assert shown(report) == [("2024-10-01 last meeting", about, "意見a", "not answered", "－")]
    assert [found.place.id for found in report.initiatives if found.opinions] == in_rows


def test_an_opinion_on_what_has_ended_since_is_still_shown(report_of):
    report = report_of(opinion("a", "1-1-1-3", 2024), year=2025)
    assert shown(report)[0][:2] == ("2025-10-01 last meeting", "1-1①-3 一覧")
    assert [found.place.id for found in report.initiatives if found.opinions] == []


def test_the_papers_put_open_ones_of_earlier_meetings_first_and_this_meetings_last(report_of):
    report = report_of(
        opinion("this", year=2025),
        opinion("last", year=2024),
        opinion("older", year=2023),
        opinion("done", year=2023, target="plan"),
        opinion("oldest", year=2022),
        response("r", "last", "2025-11-01"),
        response("s", "done"),
        year=2025,
    )
    assert [(line[0], line[2], line[3]) for line in shown(report)] == [
        ("2023-10-01 earlier, open", "意見oldest", "not answered"),
        ("2024-10-01 earlier, open", "意見older", "not answered"),
        ("2025-10-01 last meeting", "意見last", "対応済"),
        ("2026-10-01 this meeting", "意見this", "not answered"),
    ]


def test_a_row_of_a_split_table_still_says_what_it_is_about(report_of):
    paper = opinion_paper(report_of(opinion("a")), str).paper
    assert [column.heading for column in paper.columns[: paper.keys]] == ["Meeting", "About"]


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (Scope(), ["p", "one", "deep", "own", "two"]),
        (Scope(policy="2"), ["p", "two"]),
        (Scope(measure="1-1"), ["p", "deep", "own"]),
        (Scope(department="会計課"), ["p", "own"]),
        (Scope(department="産業課"), ["p", "one", "deep"]),
    ],
)
def test_a_part_of_the_plan_has_its_own_opinions_and_those_on_the_whole(report_of, scope, names):
    texts = [
        opinion("p", "plan"),
        opinion("one", "'1'"),
        opinion("deep", "1-1-1-1"),
        opinion("own", "1-1-1-2"),
        opinion("two", "2-1"),
    ]
    assert {found.opinion.id for found in report_of(*texts, scope=scope).opinions} == set(names)


# -- responses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "reason", "printed"),
    [
        ("answered", {}, ("対応済", "2024-11-01 対応r")),
        ("対応済", {}, ("対応済", "2024-11-01 対応r")),
        ("in_hand", {}, ("対応中", "2024-11-01 対応r")),
        ("considered", {}, ("検討中", "2024-11-01 対応r")),
        ("declined", {"reason": "財源がない"}, ("対応しない", "2024-11-01 対応r (reason: 財源がない)")),
    ],
)
def test_the_state_is_printed_in_the_plans_words(report_of, state, reason, printed):
    report = report_of(opinion("a"), response("r", "a", state=state, **reason))
    assert shown(report)[0][3:] == printed
    assert report.opinions[0].state == {"対応済": "answered"}.get(state, state)


def test_the_states_words_are_the_plans_own(make_plan, make_ledger):
    plan = make_plan(PLAN, scheme="responses: [{code: in_hand, name: 着手}]")
    report = review(plan, make_ledger(opinion("a"), response("r", "a", state="in_hand")), 2024)
    assert shown(report)[0][3] == "着手"


def test_every_response_is_kept_and_the_last_one_is_the_state(report_of):
    report = report_of(
        opinion("a"), response("s", "a", "2025-05-01"), response("r", "a", "2024-11-01", "対応中"), year=2024
    )
    assert shown(report)[0][3:] == ("対応済", "2024-11-01 対応r\n2025-05-01 対応s")


def test_a_withdrawn_response_opens_the_opinion_again(report_of):
    answered = [opinion("a"), response("r", "a", state="検討中"), response("s", "a", "2024-12-01")]
    assert shown(report_of(*answered, withdrawal("s")))[0][3] == "検討中"
    both = report_of(*answered, withdrawal("s"), withdrawal("r", name="v"))
    assert shown(both)[0][3:] == ("not answered", "－")


def test_a_withdrawn_opinion_is_gone_with_its_responses(report_of):
    report = report_of(opinion("a"), response("r", "a"), withdrawal("a"))
    assert (report.opinions, shown(report), row(report, "1-1-1-1").opinions) == ((), [], ())


@pytest.mark.parametrize("answered", ["a", "b", "c"])
def test_an_opinion_corrected_twice_keeps_its_response_whichever_form_it_answers(report_of, answered):
    texts = [
        opinion("a"),
        opinion("b", supersedes="a", reason="誤記", recorded="2024-10-03T09:00:00+09:00"),
        opinion("c", supersedes="b", reason="誤記", recorded="2024-10-04T09:00:00+09:00"),
        response("r", answered),
    ]
    assert [line[2:] for line in shown(report_of(*texts))] == [("意見c", "対応済", "2024-11-01 対応r")]


def test_taking_back_a_correction_brings_back_the_opinion_with_every_response(report_of):
    texts = [opinion("a"), opinion("b", supersedes="a", reason="誤記"), response("r", "a"), response("s", "b")]
    assert [line[2:] for line in shown(report_of(*texts, withdrawal("b")))] == [
        ("意見a", "対応済", "2024-11-01 対応r\n2024-11-01 対応s")
    ]


def test_a_circle_of_corrections_holds_nothing_and_never_hangs(report_of):
    texts = [opinion("a", supersedes="b", reason="x"), opinion("b", supersedes="a", reason="x"), response("r", "a")]
    assert shown(report_of(*texts)) == []


# -- what is due ------------------------------------------------------------------------------


def due_in(report):
    """Return what waits for an answer: by the collection, the office's paper, the next steps."""
    now = standing(report)
    steps = next_steps(now, str, is_over=False)
    return (
        [found.opinion.id for found in now.unanswered],
        sorted(item.entries[0] for item in now.office if item.kind == "opinion_unanswered"),
        [step.split()[5] for step in steps if "pdca respond" in step],
    )


def test_an_opinion_is_due_every_year_until_somebody_answers(report_of):
    texts = [opinion("a"), opinion("b", "plan", 2024)]
    assert due_in(report_of(*texts, year=2022)) == ([], [], [])
    assert due_in(report_of(*texts, year=2023)) == (["a"], ["a"], ["a"])
    for year in (2024, 2025, 2026):
        assert due_in(report_of(*texts, year=year)) == (["a", "b"], ["a", "b"], ["a"])
    answered = [*texts, response("r", "a", "2027-01-10", "検討中")]
    assert due_in(report_of(*answered, year=2026)) == (["b"], ["b"], ["b"])
    assert [line[2] for line in shown(report_of(*answered, year=2026))] == ["意見a", "意見b"]


# -- improvements -----------------------------------------------------------------------------


def improvement(name, year, plans, **more):
    given = {"fiscal_year": year, "date": f"{year + 1}-06-10", "direction": "継続", "next": plans, **more}
    return f"id: {name}, kind: improvement" + "".join(f", {k}: {v}" for k, v in given.items())


def test_what_was_planned_stands_in_the_next_years_row_only(report_of):
    texts = [improvement("a", 2022, "記入例"), improvement("b", 2023, "動画"), improvement("c", 2024, "窓口")]
    by_year = {
        year: [one and one.next for one in (found.promised, found.improvement)]
        for year in (2022, *YEARS, 2026)
        for found in [row(report_of(*texts, year=year), "1-1-1-1")]
    }
    assert by_year == {
        2022: [None, "記入例"],
        2023: ["記入例", "動画"],
        2024: ["動画", "窓口"],
        2025: ["窓口", None],
        2026: [None, None],
    }


@pytest.mark.parametrize(
    ("changes", "promised"),
    [
        ([improvement("b", 2023, "動画と窓口", supersedes="a", reason="追加")], "動画と窓口"),
        ([improvement("b", 2023, "動画と窓口", date="2024-07-01")], "動画と窓口"),
        ([withdrawal("a")], None),
    ],
)
def test_what_was_planned_is_what_holds(report_of, changes, promised):
    found = row(report_of(improvement("a", 2023, "動画"), *changes), "1-1-1-1").promised
    assert (found and found.next) == promised


def test_the_promise_stands_beside_the_activities_of_the_original_only(report_of):
    drawn = papers(report_of(improvement("a", 2023, "動画"), "id: x, summary: 動画を載せた。"), str)
    (progress,) = [paper for paper in drawn.papers if paper.name == "initiatives"]
    position = [column.heading for column in progress.columns].index("Planned last year for this year")
    assert {line[0].text: line[position].text for line in progress.rows} == {
        "1-1①-1": "動画",
        "1-1①-2": "－",
        "1-1①-3": "－",
        "2-1①-1": "－",
    }


@pytest.mark.parametrize("withdrawn", [[], ["old"], ["new"]])
def test_a_text_taken_over_is_named_to_the_office_while_both_years_hold_it(report_of, withdrawn):
    report = report_of(
        "id: old, kind: evaluation, rating: B, fiscal_year: 2023, date: 2024-06-10, issues: 人手が足りない。",
        "id: new, kind: evaluation, rating: B, date: 2025-06-10, issues: 人手が足りない。",
        *(withdrawal(name) for name in withdrawn),
    )
    lines = [[cell.text for cell in line] for line in office(report, str).paper.rows]
    same = ["same text as last year", "1-1①-1", "企業訪問", "産業課", "issues; the rating as well"]
    assert [line for line in lines if line[0].startswith("same")] == ([] if withdrawn else [same])


def test_what_is_due_is_listed_by_what_it_is_and_then_by_department(report_of):
    report = report_of("id: x, target: 1-1-1-2, status: done", opinion("a", "plan"))
    lines = [tuple(cell.text for cell in line[:4]) for line in office(report, str).paper.rows]
    assert lines == [
        ("not reported", "1-1①-1", "企業訪問", "産業課"),
        ("not reported", "1-1①-3", "一覧", "産業課"),
        ("no figure", "1-1①-2", "融資", "会計課"),
        ("opinion not answered", "whole plan", "試験計画", "－"),
    ]


def test_where_nothing_is_due_the_office_has_no_paper(report_of):
    done = [f"id: e{n}, target: 1-1-1-{n}, status: done" for n in (1, 2, 3)]
    assert office(report_of(*done, "id: x, target: 1-1-1-2, values: {loans: 0}"), str).paper.rows == ()
    assert opinion_paper(report_of(*done), str).paper.rows == ()


# -- whatever is recorded ---------------------------------------------------------------------

said = st.builds(opinion, st.just("{name}"), st.sampled_from(IN_FORCE), st.sampled_from(YEARS))
planned = st.builds(improvement, st.just("{name}"), st.sampled_from(YEARS), st.sampled_from(["動画", "窓口"]))
answers = st.tuples(st.integers(0, 3), st.sampled_from(["検討中", "in_hand", "answered"]), st.integers(1, 28))


def circle(heard, answered, promised=()):
    """Return entries: opinions o0…, responses r0… to them (or to nothing), improvements i0…"""
    return [
        *(text.replace("{name}", f"o{n}") for n, text in enumerate(heard)),
        *(response(f"r{n}", f"o{to}", f"2026-01-{day:02}", state) for n, (to, state, day) in enumerate(answered)),
        *(text.replace("{name}", f"i{n}") for n, text in enumerate(promised)),
    ]


circles = st.builds(circle, st.lists(said, max_size=4), st.lists(answers, max_size=4), st.lists(planned, max_size=3))
heard_circles = st.builds(circle, st.lists(said, min_size=1, max_size=4), st.lists(answers, max_size=4))


@pytest.mark.slow
@given(circles, st.randoms(use_true_random=False), st.sampled_from(YEARS))
def test_the_order_of_entries_never_matters(report_of, texts, random, year):
    shuffled = list(texts)
    random.shuffle(shuffled)
    assert report_of(*shuffled, year=year) == report_of(*texts, year=year)
    assert shown(report_of(*shuffled, year=year)) == shown(report_of(*texts, year=year))


@pytest.mark.slow
@given(heard_circles, st.sampled_from(["検討中", "answered"]), st.sampled_from(YEARS))
def test_withdrawing_a_response_restores_the_review(report_of, texts, state, year):
    heard = [*texts, "id: later, date: 2027-05-01"]  # no year is running, with and without the withdrawal
    answered = [*heard, response("new", "o0", "2026-01-30", state)]
    restored = report_of(*answered, withdrawal("new"), year=year)
    assert replace(restored, made=None) == replace(report_of(*heard, year=year), made=None)


@pytest.mark.slow
@given(circles, said, st.sampled_from(YEARS))
def test_withdrawing_an_opinion_restores_the_review_although_it_was_answered(report_of, texts, news, year):
    heard = [*texts, news.replace("{name}", "new"), response("re", "new", "2026-01-30")]
    before, after = report_of(*texts, year=year), report_of(*heard, withdrawal("new"), year=year)
    assert after.opinions == before.opinions
    assert [found.opinions for found in after.initiatives] == [found.opinions for found in before.initiatives]


@pytest.mark.slow
@given(heard_circles, st.sampled_from(YEARS))
def test_correcting_an_opinion_changes_nothing_but_what_was_said(report_of, texts, year):
    corrected = [*texts, texts[0].replace("id: o0", "id: new") + ", supersedes: o0, reason: 誤記"]
    before = {found.opinion.id: found for found in report_of(*texts, year=year).opinions}
    after = {found.opinion.id: found for found in report_of(*corrected, year=year).opinions}
    assert {name.replace("new", "o0") for name in after} == set(before)
    assert all(
        replace(found, opinion=before[name.replace("new", "o0")].opinion) == before[name.replace("new", "o0")]
        for name, found in after.items()
    )


@pytest.mark.slow
@given(circles)
def test_every_opinion_waits_or_has_been_answered(make_plan, make_ledger, texts):
    rows = opinions(make_plan(PLAN), make_ledger(*texts))
    names = [found.opinion.id for found in rows]
    assert sorted(names) == sorted({text.split(",")[0][4:] for text in texts if "kind: opinion" in text})
    assert [found.opinion.meeting for found in rows] == sorted(found.opinion.meeting for found in rows)
    waiting = {found.opinion.id for found in rows if found.state is None}
    answered = {one.responds for found in rows for one in found.responses}
    assert (waiting | answered, waiting & answered) == (set(names), set())


@pytest.mark.slow
@given(circles, st.sampled_from(YEARS))
def test_a_review_never_loses_an_open_opinion_and_knows_nothing_of_later_ones(report_of, texts, year):
    now, later = (report_of(*texts, year=one) for one in (year, year + 1))
    waiting = {found.opinion.id for found in now.opinions if found.is_open}
    assert waiting <= {found.opinion.id for found in later.opinions}
    assert all(found.opinion.year <= year for found in now.opinions)


# -- what review.py has to mend ---------------------------------------------------------------


def test_what_the_council_says_is_no_report_of_the_department(report_of):
    found = row(report_of(opinion("a", year=2024), response("r", "x")), "1-1-1-1")
    assert (found.state.reported, found.entries) == (False, 0)


def test_an_opinion_prints_the_number_of_the_reviewed_year(make_plan, make_ledger):
    plan = make_plan('[{id: "1", title: 基盤, labels: [{from: 2024, label: "7"}], measures: []}]')
    report = review(plan, make_ledger(opinion("a", "'1'")), 2024)
    assert [found.place and found.place.number for found in report.policies] == ["7"]
    assert shown(report)[0][1] == "7 基盤"
