"""The draft of a plan says what the outline said, whatever YAML would make of it."""

import pytest
import ryaml

from mizuho_pdca.domain.plan.outline import OutlineNode
from mizuho_pdca.storage.yaml.plan_draft import Asked, draft_text


@pytest.mark.parametrize(
    "title", ["\x01", "null", "true", "12", "1e3", "2025-01-01", "- 甲", "甲: 乙", "甲 #乙", "'甲'", "甲 "]
)
def test_a_title_that_yaml_would_take_for_something_else_is_quoted(title):
    nodes = [OutlineNode("1", title)]
    text = draft_text("体系表.csv", Asked("計画", "町", "会議"), ("甲", "乙", "丙"), nodes, (2025, 2029))
    assert ryaml.loads(text)["policies"] == [{"id": "1", "title": title, "measures": []}]
