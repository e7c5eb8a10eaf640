# mypy: allow-untyped-calls
"""The schemas say of each key what it means, and hold the plan's own words."""

import pytest

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
    assert meetings["propertyNames"] == {"pattern": "^[0-9]{4}$"}
    assert meetings["examples"] == [{"2024": "2025-08-28"}]
    targets = properties(plan_schema(str), "Indicator")["targets"]
    assert list(targets["patternProperties"]) == ["^([0-9]{4}|every_year)$"]


def test_who_rates_and_which_indicator_are_offered(adopted_plan, make_plan):
    two = "evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]"
    evaluation = properties(entry_schema(make_plan(POLICIES, scheme=two), str), "Evaluation")
    assert evaluation["evaluator"]["enum"] == ["self", "自己評価", "council", "外部評価", None]
    own = properties(entry_schema(adopted_plan, str), "Evaluation")
    assert "company-visits" in own["indicator"]["enum"]
    assert "enum" not in own["evaluator"]
