# mypy: allow-untyped-calls
"""When a department's form went out and when its answers came back."""

import pytest
import ryaml

from mizuho_pdca.app.form_status import form_standing

MANY = "complete: 1, asked: 2, file: x.xlsx, digest: x"


@pytest.mark.parametrize(
    ("sent", "back", "days"),
    [
        ([], [], {"産業課": (None, None), "企画課": (None, None)}),
        (
            ["at: 2025-04-01T09:00, department: 産業課", "at: 2025-04-03T09:00, department: 産業課"],
            [],
            {"産業課": ("2025-04-03", None), "企画課": (None, None)},
        ),
        (["at: 2025-04-02T09:00"], [], {"産業課": ("2025-04-02", None), "企画課": ("2025-04-02", None)}),
        (
            ["at: 2025-04-05T09:00, department: 企画課", "at: 2025-04-02T09:00"],
            [],
            {"産業課": ("2025-04-02", None), "企画課": ("2025-04-05", None)},
        ),
        (
            [],
            ["at: 2025-05-02T09:00, department: 産業課", "at: 2025-05-01T09:00, department: 産業課"],
            {"産業課": (None, "2025-05-02"), "企画課": (None, None)},
        ),
        ([], ["at: 2025-05-02T09:00"], {"産業課": (None, None), "企画課": (None, None), None: (None, "2025-05-02")}),
        (
            [],
            ["at: 2025-05-02T09:00, answered: [企画課]"],
            {"産業課": (None, None), "企画課": (None, "2025-05-02"), None: (None, None)},
        ),
        (
            [],
            ["at: 2025-05-02T09:00, department: 産業課, answered: [産業課, null]"],
            {"産業課": (None, "2025-05-02"), "企画課": (None, None), None: (None, "2025-05-02")},
        ),
    ],
)
def test_a_form_is_its_department_s_or_that_of_whose_rows_are_filled_in(make_desk, workspace, sent, back, days):
    plan = workspace / "plan" / "measures.yaml"
    data = ryaml.loads(plan.read_text(encoding="utf-8"))
    rows = [row for policy in data["policies"] for measure in policy["measures"] for row in measure["submeasures"]]
    own = [one for row in rows for one in row["initiatives"] if "relisted_from" not in one]
    for number, one in enumerate(own):
        one["department"] = ["産業課", "企画課", None][min(number, 2)]
    plan.write_text(ryaml.dumps(data), encoding="utf-8")
    listed = workspace / "forms" / "2024.yaml"
    listed.parent.mkdir()
    went = [f"- {{{one}, file: x.xlsx}}" for one in sent]
    came = [f"- {{{one}, {MANY}}}" for one in back]
    text = "\n".join(["schema: 1", *(["sent:", *went] if went else []), *(["back:", *came] if came else [])])
    listed.write_text(text + "\n", encoding="utf-8")
    found = {one.department: (one.sent, one.back) for one in form_standing(make_desk(workspace), 2024).rows}
    assert {name: found[name] for name in days} == days
