# mypy: allow-untyped-calls
"""What a town publishes: the same data gives the same bytes, described for machines, or nothing at all."""

import csv
import io
import json
import sys
from dataclasses import replace
from hashlib import sha256

import pytest

from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.log import log
from mizuho_pdca.app.publish import publish, refuse_taken, save
from mizuho_pdca.app.workspace import FaultyData
from mizuho_pdca.domain.publication.tables import TABLES
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.storage.tables import ask

pytestmark = pytest.mark.slow

NAMES = [f"{table.name}.{end}" for end in ("csv", "parquet") for table in TABLES]


@pytest.fixture
def desk(workspace, make_desk, git):
    """Make a desk in a workspace whose history has one entry."""
    made = make_desk(workspace)
    log(made, "1-1②-1", "だれにも見せない文章", day="2024-06-12", status="実施中", values=["company-visits=3"])
    git(workspace, "init", "--quiet", "-b", "main")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "x")
    return made


def test_it_is_tables_in_two_forms_with_what_describes_them(desk):
    made = publish(desk, 2024)
    assert list(made.files) == [*NAMES, "csv-metadata.json", "dataset.json"]
    assert not any("だれにも見せない文章".encode() in data for data in made.files.values())


def test_the_same_data_gives_the_same_bytes(desk):
    assert publish(desk, 2024).files == publish(desk, 2024).files


def test_both_forms_of_a_table_hold_the_same(desk, tmp_path):
    save(tmp_path / "open", publish(desk, 2024))
    for table in TABLES:
        found = ask([tmp_path / "open" / f"{table.name}.parquet"], table.kinds, lambda frame: frame)
        text = (tmp_path / "open" / f"{table.name}.csv").read_text(encoding="utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text)))
        assert list(lines[0]) == list(found[0]) == list(table.kinds)
        said = sorted(sorted((name, _text(value)) for name, value in row.items()) for row in found)
        assert said == sorted(sorted(line.items()) for line in lines)


def _text(value):
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | str():
            return str(value)
        case _:
            return f"{value.normalize():f}"


def test_what_describes_it_names_columns_files_and_licence(desk):
    made = publish(desk, 2024, "https://example.jp/terms")
    about = json.loads(made.files["dataset.json"])
    assert about["dct:conformsTo"] == "pdca.publication/1"
    assert (about["license"], about["publisher"]["identifier"]) == ("https://example.jp/terms", "133035")
    assert about["temporalCoverage"] == "2024-04-01/2025-03-31"
    assert len(about["version"]) == 40
    listed = {one["contentUrl"]: one["sha256"] for one in about["distribution"]}
    assert listed == {name: sha256(data).hexdigest() for name, data in made.files.items() if name != "dataset.json"}
    metadata = json.loads(made.files["csv-metadata.json"])
    for table, described in zip(TABLES, metadata["tables"], strict=True):
        assert described["url"] == f"{table.name}.csv"
        columns = {column["name"]: column["datatype"] for column in described["tableSchema"]["columns"]}
        assert columns == dict(table.kinds)
        assert described["tableSchema"]["primaryKey"] == list(table.keys)
        assert all(column["dc:description"].endswith("。") for column in described["tableSchema"]["columns"])


def test_what_is_not_in_the_history_is_not_said_to_be(desk):
    log(desk, "1-1②-1", "もう一度訪問")
    made = publish(desk, 2024)
    assert json.loads(made.files["dataset.json"])["version"] is None
    assert "names no commit" in made.notes[0].text(str)


def test_a_closed_year_carries_its_seal(desk, workspace, git):
    assert any("is not closed" in note.text(str) for note in publish(desk, 2024).notes)
    close_year(desk, 2024, allow_incomplete=True, by="産業課")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "closed")
    made = publish(desk, 2024)
    assert made.notes == ()
    said = {one["name"]: one["value"] for one in json.loads(made.files["dataset.json"])["additionalProperty"]}
    assert (said["closed"], said["sample"], said["running"]) == ("2025-06-15", False, False)
    assert len(said["seal"]) == 12


def test_a_year_that_still_goes_on_says_so(desk):
    log(desk, "1-1②-1", "今年度の訪問")
    assert any("is not over" in note.text(str) for note in publish(desk, 2025).notes)


def test_a_sample_is_marked(workspace, make_desk):
    made_of = make_desk(workspace, sample=True)
    log(made_of, "1-1②-1", "訪問", day="2024-06-12")
    about = json.loads(publish(made_of, 2024).files["dataset.json"])
    assert about["name"].startswith("【見本")
    assert {one["name"]: one["value"] for one in about["additionalProperty"]}["sample"] is True


def test_without_the_extra_there_is_csv_and_the_line_that_installs_it(desk, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    made = publish(desk, 2024)
    assert [name for name in made.files if name.endswith("csv")] == NAMES[: len(TABLES)]
    assert not [name for name in made.files if name.endswith("parquet")]
    told = " ".join(note.text(str) for note in made.notes)
    assert "only CSV: for Parquet the package duckdb is needed" in told
    assert "mizuho-pdca[towns]" in told


def test_a_plan_without_a_code_is_not_published(desk, workspace):
    path = workspace / "plan" / "measures.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("  code:")), encoding="utf-8")
    with pytest.raises(UsageFault) as caught:
        publish(replace(desk), 2024)
    assert 'code: "(six digits)"' in caught.value.text(str)


def test_a_year_with_errors_is_not_published(desk, workspace):
    (workspace / "records" / "2024" / "1-1-2-1" / "2024-06-13-k7x3q9.yaml").write_text("x: 1\n", encoding="utf-8")
    with pytest.raises(FaultyData) as caught:
        publish(desk, 2024)
    assert "nothing was published" in caught.value.text(str)
    assert "2024-06-13-k7x3q9.yaml" in caught.value.text(str)


def test_an_older_publication_is_replaced_only_where_it_is_asked_for(desk, tmp_path, monkeypatch):
    folder = tmp_path / "open"
    refuse_taken(folder, force=False)
    save(folder, publish(desk, 2024))
    with pytest.raises(Refused, match="is not empty"):
        refuse_taken(folder, force=False)
    refuse_taken(folder, force=True)
    (folder / "note.txt").write_text("x", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    made = publish(desk, 2023)
    save(folder, made)
    assert {path.name for path in folder.iterdir()} == {*made.files, "note.txt"}
    assert all((folder / name).read_bytes() == data for name, data in made.files.items())
