"""publish, collect and across at the command line: three commands from two towns to an answer."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from mizuho_pdca.cli.main import main
from mizuho_pdca.domain.publication.questions import QUESTIONS

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow

SECOND = ROOT / "tests" / "data" / "second-plan"


@pytest.fixture
def run(capsysbinary, monkeypatch):
    """Run ``pdca`` in English; return exit code, output and errors."""
    monkeypatch.setenv("PDCA_LANG", "en")

    def pdca(*arguments):
        capsysbinary.readouterr()
        code = main(arguments)
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return pdca


@pytest.fixture
def table(run, tmp_path):
    """Publish both sample workspaces and collect them."""
    for name, workspace in (("a", ROOT), ("b", SECOND)):
        code, out, err = run("-C", str(workspace), "publish", "2024", "-o", str(tmp_path / "towns" / name))
        assert (code, err) == (0, "")
        assert f"Published: {tmp_path / 'towns' / name}" in out
    code, out, err = run("collect", str(tmp_path / "towns"), "-o", str(tmp_path / "table"))
    assert (code, err) == (0, "")
    assert "019992 見本町, FY2024: plans 1" in out
    return str(tmp_path / "table")


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_readmes_last_lines_run(run, tmp_path, monkeypatch, readme):
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    shutil.copytree(ROOT / "records", tmp_path / "records")
    shutil.copytree(SECOND, tmp_path / "tests" / "data" / "second-plan")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / readme).read_text(encoding="utf-8")
    (lines,) = re.findall(r"^```bash\n(.*?)^```\n\Z", text, re.DOTALL | re.MULTILINE)
    out = ""
    for line in lines.replace("; ", "\n").splitlines():
        program, *arguments = line.split()
        assert program == "pdca"
        code, out, err = run(*arguments)
        assert (code, err) == (0, "")
    assert "(15/28)" in out
    assert "(4/23)" in out


def test_two_towns_are_published_collected_and_asked(run, table):
    code, out, _ = run("across", table, "completion", "-f", "json")
    assert code == 0
    found = json.loads(out)
    assert (found["schema"], found["question"], found["sample"]) == ("pdca.across/1", "completion", True)
    assert [(row["prefecture"], row["completion"]) for row in found["rows"]] == [
        ("01", {"numerator": 4, "denominator": 23, "percent": "17.4"}),
        ("13", {"numerator": 15, "denominator": 28, "percent": "53.6"}),
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("met", "--by", "town"), ["019992", "見本町", "66.7%", "瑞穂町"]),
        (("達成", "--prefecture", "北海道"), ["66.7%"]),
        (("ratings", "-f", "markdown"), ["| 2024"]),
        (("unpublished", "--years", "2023-2024", "-f", "csv"), ["019992,北海道,見本町,2023"]),
        (("best",), ["visitors", "北海道"]),
        (("family", "--family", "visitors"), ["visitors", "人"]),
        (("best", "--prefecture", "東京都"), ["No indicator of the towns and years asked about is of a family:"]),
        (("best", "--family", "start-ups"), ["is of the family start-ups:"]),
        (("family", "--family", "start-ups"), ["is of the family start-ups:"]),
        (("met", "--family", "start-ups"), ["is of the family start-ups:"]),
        (("completion", "--years", "2031"), ["There is nothing of that."]),
        (("policies", "-f", "text"), ["人材の育成と確保"]),
        (("completion", "--years", "R6"), ["53.6%"]),
        (("family", "--family", "start-ups", "-f", "json"), ['"family": "start-ups"']),
        (("系統", "--family", "企業訪問件数", "-f", "json"), ['"family": "company-visits"']),
        (("completion", "--by", "town"), ["by town and year", "見本町"]),
        (("unpublished", "--years", "2023-2024", "-f", "json"), ['"municipality": "瑞穂町"']),
        (("ratings", "-f", "json"), ['"rank": null']),
    ],
    ids=lambda words: " ".join(words[:3]) if isinstance(words, tuple) else "",
)
def test_questions_are_answered_in_every_form(run, table, arguments, words):
    code, out, err = run("across", table, *arguments)
    assert (code, err) == (0, "")
    assert [word for word in words if word not in out] == []


def test_an_answer_is_a_page_with_charts(run, table, tmp_path):
    for workspace, name in ((ROOT, "c"), (SECOND, "d")):
        assert run("-C", str(workspace), "publish", "2025", "-o", str(tmp_path / "towns" / name))[0] == 0
    assert run("collect", str(tmp_path / "towns"), "-o", table)[0] == 0
    code, _, err = run("across", table, "completion", "-o", str(tmp_path / "page.html"))
    assert (code, err) == (0, "")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count("<svg ") == 2
    assert "東京都" in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("across",), "across wants a table and a question"),
        (("across", "TABLE"), "across wants a table and a question"),
        (("across", "TABLE", "why"), 'there is no question "why"'),
        (("across", "TABLE", "family"), "it is not said which family of indicators"),
        (("across", "TABLE", "met", "--family", "x"), '--family "x" is not one of start-ups'),
        (("across", "TABLE", "completion", "--family", "start-ups"), "completion takes no --family"),
        (("across", "TABLE", "met", "--engine", "duckdb", "--master", "local"), "--master is the cluster"),
        (("across", "TABLE", "met", "--prefecture", "48"), '"48" is no prefecture'),
        (("across", "TABLE", "met", "--years", "2024-2022"), '"2024-2022" ends before it begins'),
        (("across", "TABLE", "met", "--years", "x"), '"x" is not a fiscal year'),
        (("across", "TABLE", "met", "--by", "x"), '--by "x" is not one of prefecture, town'),
        (("across", "TABLE", "met", "--engine", "x"), '--engine "x" is not one of duckdb, spark'),
        (("across", "TABLE/x", "met"), "there is no table in"),
        (("collect",), "collect wants folders and a table"),
        (("collect", "TABLE"), "collect wants folders and a table"),
        (("collect", "TABLE/x", "-o", "TABLE"), "there is no publication in"),
        (("publish", "2024"), "-o is missing"),
        (("publish", "2024", "-o", "-"), "-o is missing"),
    ],
    ids=" ".join,
)
def test_what_is_typed_wrongly_is_told_with_a_remedy(run, tmp_path, arguments, told):
    code, out, err = run(*(word.replace("TABLE", str(tmp_path)) for word in arguments))
    assert (code, out) == (2, "")
    assert told in err
    assert "Remedy: " in err


@pytest.mark.parametrize(
    ("option", "value", "takers"),
    [
        ("--family", "visitors", ["met", "family", "best"]),
        ("--by", "town", ["completion", "met", "best"]),
        ("--by", "prefecture", ["completion", "met", "best"]),
        ("--towns", "LIST", ["unpublished"]),
    ],
)
def test_no_option_is_passed_over(run, table, tmp_path, option, value, takers):
    (tmp_path / "list.csv").write_text("131016,千代田区\n", encoding="utf-8")
    for question in QUESTIONS.values():
        family = ("--family", "visitors") if question.needs_family and option != "--family" else ()
        given = (option, value.replace("LIST", str(tmp_path / "list.csv")))
        code, _, err = run("across", table, question.name, *family, *given)
        assert code == (0 if question.name in takers else 2), question.name
        if code:
            assert f"the question {question.name} takes no {option}" in err
            assert f"Leave {option} out, or ask: {', '.join(takers)}." in err


@pytest.mark.usefixtures("table")
def test_a_refused_file_is_named_and_the_rest_is_taken(run, tmp_path):
    broken = tmp_path / "towns" / "b" / "counts.csv"
    broken.write_bytes(broken.read_bytes() + b"x")
    code, out, err = run("collect", str(tmp_path / "towns"), "-o", str(tmp_path / "other"))
    assert code == 1
    assert "133035 瑞穂町" in out
    assert err == f"Refused: {broken}: it was changed after it was published\n"


@pytest.mark.usefixtures("table")
def test_nothing_to_take_makes_no_table(run, tmp_path):
    (tmp_path / "towns" / "a" / "dataset.json").write_text("{}", encoding="utf-8")
    code, out, err = run("collect", str(tmp_path / "towns" / "a"), "-o", str(tmp_path / "other"))
    assert (code, out) == (1, "")
    assert "it is of the form" in err
    assert not (tmp_path / "other").exists()


@pytest.mark.usefixtures("table")
def test_a_folder_that_is_taken_is_left_alone_unless_forced(run, tmp_path):
    arguments = ("-C", str(ROOT), "publish", "2024", "-o", str(tmp_path / "towns" / "a"))
    code, out, err = run(*arguments)
    assert (code, out) == (3, "")
    assert "add --force to replace the publication in it" in err
    assert run(*arguments, "--force")[0] == 0


def test_a_missing_engine_is_named_with_the_line_that_installs_it(run, table, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    code, _, err = run("across", table, "met", "--engine", "spark")
    assert code == 4
    assert 'python -m pip install "mizuho-pdca[spark]"' in err
    monkeypatch.setitem(sys.modules, "duckdb", None)
    code, _, err = run("across", table, "met")
    assert code == 4
    assert 'python -m pip install "mizuho-pdca[towns]"' in err
