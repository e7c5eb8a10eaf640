# mypy: allow-untyped-calls
"""What is offered to other repositories: a workflow of GitHub, a hook of pre-commit."""

import re
import shlex

import pytest
import ryaml

from mizuho_pdca.cli.main import main
from scripts.readme_help import ROOT

PAGE = (ROOT / "docs" / "continuous-integration.md").read_text(encoding="utf-8")
WORKFLOW = (ROOT / "docs" / "examples" / "validate.yml").read_text(encoding="utf-8")
HOOK = ryaml.loads((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
STEPS = ryaml.loads(WORKFLOW)["jobs"]["validate"]["steps"]


def commands():
    lines = [line for step in STEPS for line in step.get("run", "").splitlines()]
    lines += re.findall(r"`(pdca [^`]+)`", PAGE) + re.findall(r"^pdca .*$", PAGE, re.MULTILINE) + [HOOK["entry"]]
    return sorted({line.strip() for line in lines if line.strip().startswith("pdca ")})


def test_the_page_shows_the_example():
    assert f"```yaml\n{WORKFLOW}```" in PAGE


def test_the_workflow_reads_the_whole_history_and_writes_nothing():
    data = ryaml.loads(WORKFLOW)
    assert data["permissions"] == {"contents": "read"}
    assert STEPS[0]["with"]["fetch-depth"] == 0
    assert "--no-index" in WORKFLOW
    assert not any("${{" in step.get("run", "") for step in STEPS)


def test_there_are_commands_to_check():
    assert {"pdca validate", "pdca validate -f github", 'pdca audit --since "$SINCE"'} <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_every_command_is_one_with_options_that_it_has(command, capsys):
    words = shlex.split(command)[1:]
    place = 2 if words[0] == "-C" else 0
    assert main([*words[:place], words[place], "--help"]) == 0
    page = capsys.readouterr().out
    for option in words[place + 1 :]:
        if option.startswith("-"):
            assert re.search(rf"(^|[ ,]){re.escape(option)}\b", page, re.MULTILINE), option


def test_the_hook_runs_once_a_commit_and_also_where_a_commit_only_deletes():
    assert (HOOK["id"], HOOK["language"], HOOK["pass_filenames"]) == ("pdca-validate", "python", False)
    # pre-commit takes only names that are still there (--diff-filter without D): any filter would skip such a commit
    assert HOOK["always_run"] is True
    assert not {"files", "exclude", "types", "types_or"} & HOOK.keys()
