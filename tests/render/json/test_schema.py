# mypy: allow-untyped-calls
"""The schemas say of each key what it means, and hold the plan's own words."""

import re

import pytest

from mizuho_pdca.domain.schema.shapes import YEAR_KEY
from mizuho_pdca.language import translator
from mizuho_pdca.render.json.schema import entry_schema, plan_schema

INITIATIVES = "[{id: 1-1-1-1, title: 訪問}, {id: 1-1-1-2, relisted_from: 1-1-1-1}]"
POLICIES = (
    "[{id: '1', title: 経営, measures: [{id: 1-1, title: 相談, submeasures: [{id: 1-1-1, title: 訪問, "
    f"initiatives: {INITIATIVES}}}]}}]}}]"
)
REVISED = "[{from: 2026, directions: [{name: 改善}]}]"


@pytest.fixture
def schema(make_plan):
    return entry_schema(make_plan(POLICIES, revisions=REVISED), str)


def properties(schema, shape):
    return schema["$defs"][shape]["properties"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_key_says_what_it_means(adopted_plan, language):
    t = translator(language)
    for schema in (plan_schema(t), entry_schema(adopted_plan, t)):
        for name, part in {**schema["$defs"], "whole": schema}.items():
            for key, value in part.get("properties", {}).items():
                assert value["description"], (name, key)
                assert "title" not in value, (name, key)
                assert language == "en" or not value["description"].isascii(), (name, key)


def test_words_of_the_plan_are_offered_by_code_and_by_name_with_what_they_mean(adopted_plan):
    status = properties(entry_schema(adopted_plan, str), "Activity")["status"]
    assert status["enum"][:4] == ["not_started", "未着手", "preparing", "準備中"]
    assert status["enum"][-1] is None
    assert status["enumDescriptions"][2] == "準備中: 予算や相手先との調整など、始める前の準備をしている。"
    assert len(status["enum"]) == len(status["enumDescriptions"])
    assert "pattern" not in status


def test_words_of_any_year_are_offered(schema):
    words = properties(schema, "Improvement")["direction"]["enum"]
    assert "改善" in words
    assert "継続" in words


def test_an_entry_is_about_no_relisting_and_an_improvement_about_an_initiative(schema):
    assert properties(schema, "Activity")["target"]["enum"] == ["1", "1-1", "1-1-1", "1-1-1-1"]
    assert properties(schema, "Improvement")["target"]["enum"] == ["1-1-1-1"]
    assert properties(schema, "Evaluation")["target"]["enum"] == ["1", "1-1", "1-1-1", "1-1-1-1", "plan"]
    assert properties(schema, "Opinion")["target"]["enum"] == ["1", "1-1", "1-1-1", "1-1-1-1", "plan"]


def test_figures_are_of_the_plan_s_indicators(adopted_plan):
    values = properties(entry_schema(adopted_plan, str), "Activity")["values"]
    assert "company-visits" in values["propertyNames"]["enum"]


def test_keys_that_are_years_are_years():
    meetings = properties(plan_schema(str), "Council")["meetings"]
    assert meetings["propertyNames"] == {"pattern": f"^({YEAR_KEY})$"}
    assert meetings["examples"] == [{"2024": "2025-08-28"}]
    targets = properties(plan_schema(str), "Indicator")["targets"]
    (form,) = targets["patternProperties"]
    read = [text for text in ("every_year", "soon", "24", "20244") if re.search(form, text)]
    assert [year for year in range(1800, 2400) if re.search(form, str(year))] == list(range(1926, 2201))
    assert (read, targets["additionalProperties"]) == (["every_year"], False)


def test_numbers_and_names_have_their_form(schema):
    forms = {
        "Initiative": {"id": "1-1-1-1", "relisted_from": "1-1-1-1"},
        "Indicator": {"id": "company-visits"},
        "Header": {"code": "133035"},
    }
    for shape, keys in forms.items():
        for key, right in keys.items():
            said = properties(plan_schema(str), shape)[key]
            (form,) = (one["pattern"] for one in said.get("anyOf", [said]) if "pattern" in one)
            assert re.search(form, right), key
            assert not any(re.search(form, wrong) for wrong in ("a b", "１-１", f"{right} ", f"_{right}", "")), key
    assert re.search(properties(schema, "Activity")["id"]["pattern"], "2024-07-03-m4t8zc")
    assert not re.search(properties(schema, "Activity")["id"]["pattern"], "2024-07-03-houmon")


def test_a_correction_wants_a_reason_and_a_withdrawal_is_none(schema):
    for part in schema["$defs"].values():
        assert (part["if"]["required"], part["then"]["required"]) == (["supersedes"], ["reason"])
    assert properties(schema, "Withdrawal")["supersedes"]["anyOf"] == [{"type": "null"}]


def test_a_text_stands_for_a_rating_of_the_plan_and_of_policies_alone(schema):
    rated, *said = schema["$defs"]["Evaluation"]["anyOf"]
    assert rated["required"] == ["rating"]
    assert [one["required"] for one in said] == [["progress"], ["issues"]]
    assert [one["properties"]["target"]["enum"] for one in said] == [["plan", "1"]] * 2


def test_who_rates_and_which_indicator_are_offered(adopted_plan, make_plan):
    two = "evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]"
    evaluation = properties(entry_schema(make_plan(POLICIES, scheme=two), str), "Evaluation")
    assert evaluation["evaluator"]["enum"] == ["self", "自己評価", "council", "外部評価", None]
    own = properties(entry_schema(adopted_plan, str), "Evaluation")
    assert "company-visits" in own["indicator"]["enum"]
    assert "enum" not in own["evaluator"]
