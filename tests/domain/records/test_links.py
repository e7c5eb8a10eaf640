# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.links import check_evaluators, check_figures, check_links, check_sums, check_twins

ANSWER = "kind: response, responds: a, text: 対応した。, state: 対応済"
HEARD = "kind: opinion, meeting: 2024-10-01, text: 意見"


def shown(faults):
    assert all(fault.message.text(str) and fault.remedy.text(str) for fault in faults)
    return [(fault.code, fault.at, fault.guess) for fault in faults]


def links(make_entry, texts, faulty=()):
    filed = [(f"{number}.yaml", make_entry(text)) for number, text in enumerate(texts, start=1)]
    known = frozenset(entry.id for _, entry in filed) | frozenset(faulty)
    return [(path, *found) for path, fault in check_links(filed, known) for found in shown([fault])]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["id: a", "id: b"], [], id="no links"),
        pytest.param(["id: a", "id: b, supersedes: a, reason: 誤記"], [], id="a correction"),
        pytest.param(["id: a", "id: b, kind: withdrawal, withdraws: a"], [], id="a withdrawal of another kind"),
        pytest.param(
            ["id: a", "id: b, supersedes: x, reason: 誤記"], [("2.yaml", "E301", ("supersedes",), None)], id="E301"
        ),
        pytest.param(
            ["id: b, supersedes: x, reason: 誤記", "id: c, supersedes: x, reason: 誤記"],
            [(f"{number}.yaml", "E301", ("supersedes",), None) for number in (1, 2)],
            id="E301 twice",
        ),
        pytest.param(
            ["id: b, kind: withdrawal, withdraws: x"], [("1.yaml", "E301", ("withdraws",), None)], id="E301 withdrawal"
        ),
        pytest.param(
            ["id: a", "id: b, supersedes: a, reason: 誤記", "id: c, supersedes: a, reason: 誤記"],
            [("3.yaml", "E302", ("supersedes",), None)],
            id="E302",
        ),
        pytest.param(
            [
                "id: a",
                "id: b, supersedes: a, reason: 誤記",
                "id: c, supersedes: a, reason: 誤記",
                "id: d, kind: withdrawal, withdraws: b",
            ],
            [],
            id="one of two corrections was withdrawn",
        ),
        pytest.param(
            ["id: a, supersedes: a, reason: 誤記"], [("1.yaml", "E303", ("supersedes",), None)], id="E303 of itself"
        ),
        pytest.param(
            ["id: a, supersedes: c, reason: x", "id: b, supersedes: a, reason: x", "id: c, supersedes: b, reason: x"],
            [(f"{number}.yaml", "E303", ("supersedes",), None) for number in (1, 2, 3)],
            id="E303 of three",
        ),
        pytest.param(
            ["id: a, supersedes: b, reason: x", "id: b, supersedes: a, reason: x", "id: c, supersedes: a, reason: x"],
            [(f"{number}.yaml", "E303", ("supersedes",), None) for number in (1, 2)],
            id="E303 beside a correction of one in the circle",
        ),
        pytest.param(
            ["id: a, kind: withdrawal, withdraws: b", "id: b, kind: withdrawal, withdraws: a"],
            [(f"{number}.yaml", "E303", ("withdraws",), None) for number in (1, 2)],
            id="E303 of withdrawals",
        ),
        pytest.param(
            [
                "id: a, supersedes: b, reason: x",
                "id: b, supersedes: a, reason: x",
                "id: c, kind: withdrawal, withdraws: a",
            ],
            [(f"{number}.yaml", "E303", ("supersedes",), None) for number in (1, 2)],
            id="E303 beside one that only leads into the circle",
        ),
        pytest.param(["id: a, kind: opinion, meeting: 2024-10-01, text: 意見", f"id: b, {ANSWER}"], [], id="an answer"),
        pytest.param(["id: a", f"id: b, {ANSWER}"], [("2.yaml", "E306", ("responds",), None)], id="E306"),
        pytest.param([f"id: b, {ANSWER}"], [("1.yaml", "E301", ("responds",), None)], id="E301 answer"),
        pytest.param(
            [
                "id: a, kind: opinion, meeting: 2024-10-01, text: 意見",
                f"id: b, {ANSWER}",
                f"id: c, {ANSWER}, supersedes: b, reason: 誤記",
            ],
            [],
            id="a corrected answer",
        ),
        pytest.param(
            ["id: a, kind: evaluation, rating: A", f"id: b, {ANSWER}", f"id: c, {ANSWER}"],
            [(f"{number}.yaml", "E306", ("responds",), None) for number in (2, 3)],
            id="E306 twice",
        ),
        pytest.param(
            ["id: a", f"id: b, {ANSWER}", "id: c, kind: withdrawal, withdraws: b"], [], id="E306 of what was withdrawn"
        ),
        pytest.param(
            [f"id: a, {HEARD}", f"id: b, {HEARD}, supersedes: a, reason: 誤記", f"id: c, {ANSWER}", f"id: d, {ANSWER}"],
            [],
            id="answers to an opinion that was corrected",
        ),
        pytest.param(
            [f"id: a, {HEARD}", "id: b, kind: withdrawal, withdraws: a", f"id: c, {ANSWER}"],
            [],
            id="an answer to an opinion that was withdrawn",
        ),
        pytest.param(
            [f"id: a, {HEARD}", "id: b, supersedes: a, reason: 誤記"],
            [("2.yaml", "E305", ("supersedes",), None)],
            id="E305 an activity in the place of an opinion",
        ),
        pytest.param(
            ["id: a", f"id: b, {ANSWER}, supersedes: c, reason: 誤記", f"id: c, {ANSWER.replace('a,', 'b,', 1)}"],
            [("2.yaml", "E306", ("responds",), None), ("3.yaml", "E306", ("responds",), None)],
            id="E306 of a response and its correction",
        ),
        pytest.param(["id: a", "id: a"], [("2.yaml", "E304", ("id",), None)], id="E304"),
        pytest.param(
            ["id: a", "id: b, kind: evaluation, rating: A, supersedes: a, reason: 誤記"],
            [("2.yaml", "E305", ("supersedes",), None)],
            id="E305",
        ),
    ],
)
def test_a_fault_of_entries_together(make_entry, texts, expected):
    assert links(make_entry, texts) == expected


@pytest.mark.parametrize("text", ["id: b, supersedes: a, reason: 誤記", f"id: b, {ANSWER}"])
def test_a_reference_to_an_entry_with_a_faulty_file_is_no_fault(make_entry, text):
    assert links(make_entry, [text], faulty=["a"]) == []


@pytest.mark.parametrize(("texts", "code"), [([], "E301"), (["id: a"], "E306")])
def test_the_correction_of_an_answer_has_to_answer_an_opinion_as_well(make_entry, texts, code):
    answers = [
        f"id: o, {HEARD}",
        f"id: b, {ANSWER.replace('a,', 'o,', 1)}",
        f"id: c, {ANSWER}, supersedes: b, reason: x",
    ]
    found = links(make_entry, [*answers, *texts])
    assert [(path, code) for path, code, _, _ in found] == [("3.yaml", code)]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (
            ["id: a", "id: b, supersedes: a, reason: x", "id: c, supersedes: a, reason: x"],
            "a is superseded twice (also by b)",
        ),
        (
            ["id: a, supersedes: b, reason: x", "id: b, supersedes: a, reason: x"],
            "entries refer to each other in a circle: a > b > a",
        ),
        (["id: a", "id: a"], "the entry a exists twice (also 1.yaml)"),
        (
            ["id: a", "id: b, kind: evaluation, rating: A, supersedes: a, reason: x"],
            "this is an evaluation, but it supersedes a, which is an activity",
        ),
        (["id: a", f"id: b, {ANSWER}"], "this response answers a, which is an activity and no opinion"),
    ],
)
def test_the_message_names_the_other_entry(make_entry, texts, message):
    filed = [(f"{number}.yaml", make_entry(text)) for number, text in enumerate(texts, start=1)]
    _, fault = next(check_links(filed, frozenset("ab")))
    assert fault.message.text(str) == message


@pytest.mark.parametrize(
    ("aggregate", "texts", "sums"),
    [
        (
            "sum",
            ["id: a, values: {n: 3}", "id: b, values: {n: 4}", "id: c, kind: actual, values: {n: 7}"],
            ["3 + 4 + 7"],
        ),
        ("cumulative", ["id: a, values: {n: 3}", "id: c, kind: actual, values: {n: 7}"], ["3 + 7"]),
        ("sum", ["id: a, values: {n: 3}", "id: c, kind: actual, fiscal_year: 2023, values: {n: 7}"], []),
        ("sum", ["id: a, values: {n: 3}", "id: b, values: {n: 4}"], []),
        ("sum", ["id: c, kind: actual, values: {n: 7}", "id: d, kind: actual, values: {n: 1}"], []),
        ("latest", ["id: a, values: {n: 3}", "id: c, kind: actual, values: {n: 7}"], []),
        ("mean", ["id: a, values: {n: 3}", "id: c, kind: actual, values: {n: 7}"], []),
        (
            "sum",
            [
                "id: a, values: {n: 3}",
                "id: c, kind: actual, values: {n: 7}",
                "id: w, kind: withdrawal, withdraws: a",
            ],
            [],
        ),
    ],
)
def test_an_actual_beside_activities_that_it_is_added_to_is_worth_a_look(make_plan, make_entry, aggregate, texts, sums):
    indicator = (
        f"id: n, name: 件数, kind: output, direction: increase, method: ratio, aggregate: {aggregate}, adopted: true"
    )
    plan = make_plan(f"[{{id: '1', title: 方針, measures: [], indicators: [{{{indicator}}}]}}]")
    found = list(check_sums(plan, Ledger(map(make_entry, texts))))
    assert shown([fault for _, fault in found]) == [("W401", ("values", "n"), None)] * len(sums)
    assert [(path, fault.values["sum"]) for path, fault in found] == [("records/2024/1-1-1-1/c.yaml", s) for s in sums]


RATED = "kind: evaluation, rating: B"


@pytest.mark.parametrize(
    ("texts", "files"),
    [
        ([f"id: a, {RATED}"], []),
        ([f"id: a, {RATED}", f"id: b, {RATED}"], []),
        ([f"id: a, {RATED}", f"id: b, {RATED}, by: 企画課"], ["b"]),
        ([f"id: a, {RATED}", f"id: b, {RATED}, by: 企画課", f"id: c, {RATED}"], ["b", "c"]),
        ([f"id: a, {RATED}", f"id: b, {RATED}, by: 企画課, target: 1-1-1-2"], []),
        ([f"id: a, {RATED}", f"id: b, {RATED}, by: 企画課, fiscal_year: 2023"], []),
        ([f"id: a, {RATED}", f"id: b, {RATED}, by: 企画課, indicator: n"], []),
        ([f"id: a, {RATED}, indicator: n", f"id: b, {RATED}, by: 企画課, indicator: n"], ["b"]),
        ([f"id: a, {RATED}", f"id: b, {RATED}, by: 企画課, supersedes: a, reason: 協議"], []),
        ([f"id: a, {RATED}", f"id: b, {RATED}, by: 企画課", "id: w, kind: withdrawal, withdraws: a"], []),
    ],
)
def test_a_second_evaluation_by_somebody_else_is_worth_a_look(make_entry, adopted_plan, texts, files):
    found = list(check_evaluators(adopted_plan, Ledger(map(make_entry, texts))))
    assert shown([fault for _, fault in found]) == [("W403", ("rating",), None)] * len(files)
    assert [path for path, _ in found] == [f"records/2024/1-1-1-1/{name}.yaml" for name in files]


@pytest.mark.parametrize(
    ("texts", "files"),
    [
        ([f"id: a, {RATED}", f"id: b, {RATED}, by: 企画課, evaluator: council"], []),
        ([f"id: a, {RATED}", f"id: b, {RATED}, by: 企画課, evaluator: self"], ["b"]),
        ([f"id: a, {RATED}, evaluator: council", f"id: b, {RATED}, by: 企画課, evaluator: 外部評価"], ["b"]),
    ],
)
def test_two_evaluators_rate_beside_each_other(make_plan, make_entry, texts, files):
    two = "evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]"
    plan = make_plan("[{id: '1', title: 方針, measures: []}]", scheme=two)
    found = list(check_evaluators(plan, Ledger(map(make_entry, texts))))
    assert [path for path, _ in found] == [f"records/2024/1-1-1-1/{name}.yaml" for name in files]


def test_both_who_rated_and_what_they_said_is_named(adopted_plan, make_entry):
    texts = [f"id: a, {RATED}, by: 産業課", "id: b, kind: evaluation, rating: C, by: 企画課"]
    ((_, fault),) = check_evaluators(adopted_plan, Ledger(map(make_entry, texts)))
    assert {key: fault.values[key] for key in ("by", "rating", "other", "other_by", "other_rating")} == {
        "by": "企画課",
        "rating": "C",
        "other": "a",
        "other_by": "産業課",
        "other_rating": "B",
    }


def test_two_texts_on_a_policy_without_a_rating_are_worth_a_look(adopted_plan, make_entry):
    texts = [f"id: {name}, kind: evaluation, progress: 総括, target: '1', by: {by}" for name, by in ("a課", "b係")]
    ((_, fault),) = check_evaluators(adopted_plan, Ledger(map(make_entry, texts)))
    assert (fault.code, fault.at, fault.values["rating"]) == ("W403", (), "－")


def test_two_evaluators_who_say_the_same_record_nothing_twice(adopted_plan, make_ledger):
    same = "kind: evaluation, rating: B, progress: 順調"
    assert list(check_twins(adopted_plan, make_ledger(f"id: a, {same}", f"id: b, {same}, evaluator: council"))) == []
    assert list(check_twins(adopted_plan, make_ledger(f"id: a, {same}", f"id: b, {same}, indicator: n"))) == []
    assert len(list(check_twins(adopted_plan, make_ledger(f"id: a, {same}", f"id: b, {same}")))) == 1


def test_what_may_have_been_recorded_twice_names_the_other_and_how_to_take_it_back(adopted_plan, make_ledger):
    two = ["id: a, target: 1-1-2-1", "id: b, target: 1-1-2-1"]
    ((path, fault),) = check_twins(adopted_plan, make_ledger(*two))
    assert (path, fault.code) == ("records/2024/1-1-2-1/b.yaml", "W404")
    assert "the same day and what was written as a" in fault.message.text(str)
    assert "pdca withdraw b --reason" in fault.remedy.text(str)


def test_a_figure_that_may_have_been_recorded_twice_is_named(adopted_plan, make_ledger):
    values = "target: 1-1-2-1, values: {company-visits: 3}"
    ((_, fault),) = check_twins(
        adopted_plan, make_ledger(f"id: a, summary: 一, {values}", f"id: b, summary: 二, {values}")
    )
    assert "figure of 企業訪問件数" in fault.message.text(str)


FIGURE = "kind: actual, values: {n: 1}"


@pytest.mark.parametrize(
    ("texts", "files"),
    [
        ([f"id: a, {FIGURE}"], []),
        ([f"id: a, {FIGURE}", f"id: b, {FIGURE}"], []),
        ([f"id: a, {FIGURE}", f"id: b, {FIGURE}, by: 企画課"], ["b"]),
        ([f"id: a, {FIGURE}", f"id: b, {FIGURE}, by: 企画課, half: second"], []),
        ([f"id: a, {FIGURE}", f"id: b, {FIGURE}, by: 企画課, fiscal_year: 2023"], []),
        ([f"id: a, {FIGURE}", f"id: b, {FIGURE}, by: 企画課, supersedes: a, reason: 協議"], []),
        (["id: a, kind: actual, values: {sum: 1}", "id: b, kind: actual, values: {sum: 1}, by: 企画課"], []),
        (["id: a, values: {n: 1}", "id: b, values: {n: 1}, by: 企画課"], []),
    ],
)
def test_a_figure_that_takes_the_place_of_somebody_elses_is_worth_a_look(make_plan, make_entry, texts, files):
    rest = "name: 件数, kind: output, direction: increase, method: ratio, adopted: true"
    indicators = f"[{{id: n, aggregate: latest, {rest}}}, {{id: sum, aggregate: sum, {rest}}}]"
    plan = make_plan(f"[{{id: '1', title: 方針, measures: [], indicators: {indicators}}}]")
    found = list(check_figures(plan, Ledger(map(make_entry, texts))))
    assert shown([fault for _, fault in found]) == [("W405", ("values", "n"), None)] * len(files)
    assert [path.rpartition("/")[2] for path, _ in found] == [f"{name}.yaml" for name in files]
