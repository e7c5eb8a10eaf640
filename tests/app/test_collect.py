# mypy: allow-untyped-calls
"""One table of many publications: whole or not at all, the same again, and whatever is refused is named."""

import errno
import json
import os
import re
import shutil
import sys
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from mizuho_pdca.app.collect import PENDING, collect
from mizuho_pdca.app.log import log
from mizuho_pdca.app.publish import publish, save
from mizuho_pdca.domain.publication.table import Kind
from mizuho_pdca.domain.publication.tables import INITIATIVES, TABLES
from mizuho_pdca.errors import EnvironmentFault, Refused, UsageFault
from mizuho_pdca.storage.publications import METADATA, NEVER
from mizuho_pdca.storage.tables import ask, parquet

pytestmark = pytest.mark.slow

NOW = datetime(2025, 6, 15, 10, 30, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture
def make_publication(workspace, make_desk, tmp_path, monkeypatch):
    """Publish a year of a workspace with some entries, as CSV alone; ``edit`` changes the plan's text before."""

    def make(name, year=2024, entries=0, edit=lambda text: text, now=NOW):
        path = workspace / "plan" / "measures.yaml"
        whole = path.read_text(encoding="utf-8")
        path.write_text(edit(whole), encoding="utf-8")
        for _ in range(entries):
            log(make_desk(workspace, now=now), "1-1②-1", "訪問", day=f"{year}-06-12", status="実施中")
        with monkeypatch.context() as patched:
            patched.setitem(sys.modules, "duckdb", None)
            save(tmp_path / "towns" / name, publish(make_desk(workspace, now=now), year))
        path.write_text(whole, encoding="utf-8")
        return tmp_path / "towns" / name

    return make


def as_mihon(text):
    return text.replace('"133035"', '"019992"').replace("municipality: 瑞穂町", "municipality: 見本町")


def as_plan(name):
    return lambda text: text.replace("id: mizuho-industry-2022", f"id: {name}")


def held(table):
    return {path.relative_to(table).as_posix(): path.read_bytes() for path in table.rglob("*.parquet")}


def rows(table, name="initiatives"):
    (kinds,) = (each.kinds for each in TABLES if each.name == name)
    return ask(sorted((table / name).rglob("*.parquet")), kinds, lambda frame: frame)


def test_a_file_holds_a_town_a_year_and_a_table(make_publication, tmp_path):
    make_publication("a")
    make_publication("b", edit=as_mihon)
    make_publication("c", year=2023)
    found = collect([tmp_path / "towns"], tmp_path / "table")
    assert [(one.code, one.municipality, one.year) for one in found.taken] == [
        ("133035", "瑞穂町", 2024),
        ("019992", "見本町", 2024),
        ("133035", "瑞穂町", 2023),
    ]
    assert (found.refused, found.changed) == ([], 3 * len(TABLES))
    assert set(held(tmp_path / "table")) == {
        f"{table.name}/{place}.parquet"
        for table in TABLES
        for place in ("fy=2024/pref=P13/133035", "fy=2024/pref=P01/019992", "fy=2023/pref=P13/133035")
    }
    assert {(row["code"], row["prefecture"]) for row in rows(tmp_path / "table")} == {
        ("133035", "13"),
        ("019992", "01"),
    }


def test_the_same_again_changes_nothing(make_publication, tmp_path):
    folder = make_publication("a")
    collect([folder], tmp_path / "table")
    before = held(tmp_path / "table")
    assert collect([folder, folder], tmp_path / "table").changed == 0
    assert held(tmp_path / "table") == before


def test_a_town_that_published_again_is_replaced_and_its_other_plans_stay(make_publication, tmp_path):
    table = tmp_path / "table"
    collect([make_publication("a"), make_publication("b", edit=as_plan("other"))], table)
    assert {row["plan"]: row["reported"] for row in rows(table)} == {"mizuho-industry-2022": False, "other": False}
    collect([make_publication("c", entries=1)], table)
    count = {
        plan: sum(row["reported"] for row in rows(table) if row["plan"] == plan)
        for plan in ("other", "mizuho-industry-2022")
    }
    assert count == {"other": 0, "mizuho-industry-2022": 1}
    assert len(rows(table)) == 72


def test_of_two_of_the_same_year_the_newer_is_taken(make_publication, tmp_path):
    older, newer = make_publication("a", entries=1), make_publication("b", entries=1, now=NOW + timedelta(days=1))
    found = collect([newer, older], tmp_path / "table")
    assert [one.folder for one in found.taken] == [newer]
    ((path, told),) = found.refused
    assert path == older
    assert told.text(str) == f"{newer} has the same plan and year, and is newer"


def test_what_is_older_than_the_table_is_refused_and_changes_nothing(make_publication, tmp_path):
    table = tmp_path / "table"
    empty, older = make_publication("0"), make_publication("a", entries=1)
    newer, other = make_publication("b", entries=1, now=NOW + timedelta(days=1)), make_publication("c", edit=as_mihon)
    collect([newer], table)
    before = held(table)
    for one in (empty, older):
        found = collect([one, other], table)
        ((path, told),) = found.refused
        assert (path, [each.folder for each in found.taken]) == (one, [other])
        assert told.text(str) == (
            f"{table} has newer figures of the same plan and year (2025-06-16 10:30); for these, name a new table"
        )
        assert before.items() <= held(table).items()
    found = collect([older], table)
    assert (found.taken, found.changed) == ([], 0)
    assert collect([older], tmp_path / "new").refused == []
    assert collect([newer], table).refused == []


def test_which_is_newer_is_told_by_the_time_whatever_its_zone(make_publication, tmp_path):
    ahead, behind = make_publication("a", entries=1), make_publication("b", entries=1)
    change(ahead, "publications.csv", b"2025-06-15T10:30:00+09:00", b"2025-06-15T09:00:00+09:00")
    change(behind, "publications.csv", b"2025-06-15T10:30:00+09:00", b"2025-06-15T01:00:00+00:00")
    assert [one.folder for one in collect([ahead, behind], tmp_path / "table").taken] == [behind]
    assert [path for path, _ in collect([ahead], tmp_path / "table").refused] == [ahead]


def test_a_time_in_the_table_that_is_none_is_before_all_others(make_publication, tmp_path, monkeypatch):
    folder, table = make_publication("a", entries=1), tmp_path / "table"
    change(folder, "publications.csv", b"2025-06-15T10:30:00+09:00", b"yesterday")
    with monkeypatch.context() as patched:
        patched.setattr("mizuho_pdca.storage.publications.moment", lambda _: NEVER)
        collect([folder], table)
    assert collect([make_publication("b", entries=1)], table).refused == []


def test_of_two_that_differ_and_are_of_one_time_neither_is_taken(make_publication, tmp_path):
    first = make_publication("a", entries=1)
    second = make_publication("b", edit=lambda text: text.replace("title: 企業訪問活動の実施", "title: 別の名前"))
    found = collect([first, second], tmp_path / "table")
    assert found.taken == ()
    assert {path for path, _ in found.refused} == {first, second}
    assert all("neither is newer" in reason.text(str) for _, reason in found.refused)
    assert not (tmp_path / "table").exists()


def change(folder, name, old, new, *, listed=True):
    """Change a file of a publication, and what its description says of it."""
    path = folder / name
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    if listed:
        about = json.loads((folder / "dataset.json").read_bytes())
        for one in about["distribution"]:
            one["sha256"] = sha256((folder / one["contentUrl"]).read_bytes()).hexdigest()
        (folder / "dataset.json").write_text(json.dumps(about), encoding="utf-8")


@pytest.mark.parametrize(
    ("change_of", "reason"),
    [
        (("initiatives.csv", b"false", b"true", False), "changed after it was published"),
        (("initiatives.csv", b"false", b"nein", True), 'line 2, column sample: "nein" is no boolean'),
        (("counts.csv", b"plan,0,", b"plan,0.5,", True), '"0.5" is no integer'),
        (("initiatives.csv", b"2024", b"2023", True), 'column fiscal_year: it is "2023", and 2024 is wanted'),
        (("initiatives.csv", b",2024", b",02024", True), 'column fiscal_year: it is "02024", and 2024 is wanted'),
        (("initiatives.csv", b"133035,13", b"133035,01", True), 'column prefecture: it is "01", and 13 is wanted'),
        (("initiatives.csv", b"1-1-1-2", b"1-1-1-1", True), "line 3 is of the same as line 2"),
        (("initiatives.csv", b"code,", b"kode,", True), "its columns are not those"),
        (("initiatives.csv", b"\r\n133035", b"\r\nx,133035", True), "values, and 27 are wanted"),
        (("initiatives.csv", b"code,", b"\xff,", True), "no CSV in UTF-8"),
        (("indicators.csv", b"26.3", b"1e400", True), '"1e400" is no decimal'),
        (("publications.csv", b"133035", b"133036", True), '"133036" is not the code of a municipality'),
        (("publications.csv", b"false,", b",", True), "does not say whether it is a sample"),
        (("initiatives.csv", b"2024,false", b"2024,true", True), 'column sample: it is "True", and False is wanted'),
        (("publications.csv", b",,false,,", b",2025-06-15,false,,", True), '"2025-06-15" is no time with its zone'),
        (("publications.csv", b",,false,,", b",soon,false,,", True), '"soon" is no time with its zone'),
        (("publications.csv", b"2024,", b",", True), "the plan's id or the fiscal year is missing"),
        (("publications.csv", b"\r\n133035", b"\r\n", True), '"" is not the code of a municipality'),
        (("csv-metadata.json", b'"tables"', b'"tabels"', True), "does not describe the columns of publications.csv"),
        (
            ("csv-metadata.json", b'"boolean"', b'"string"', True),
            "the column sample of publications.csv holds",
        ),
        (
            ("csv-metadata.json", b'"name": "sample"', b'"name": "simple"', True),
            "lacks the columns sample",
        ),
        (("csv-metadata.json", b"{", b"[", True), "it is no JSON"),
        (("dataset.json", b"publication/1", b"publication/2", False), 'it is of the form "pdca.publication/2"'),
        (("dataset.json", b"distribution", b"verteilung", False), "it is no description of a publication"),
        (("dataset.json", b"csv-metadata.json", b"metadata.json", False), "does not name it"),
    ],
    ids=str,
)
def test_what_is_not_as_it_was_published_is_refused_by_name(make_publication, tmp_path, change_of, reason):
    name, old, new, listed = change_of
    folder, other = make_publication("a"), make_publication("b", edit=as_mihon)
    change(folder, name, old, new, listed=listed)
    found = collect([folder, other], tmp_path / "table")
    ((path, told),) = found.refused
    assert reason in told.text(str)
    assert path.parent == folder
    assert [one.folder for one in found.taken] == [other]


@pytest.mark.parametrize("name", ["dataset.json", "initiatives.csv"])
def test_a_link_or_a_missing_file_is_refused(make_publication, tmp_path, name):
    folder = make_publication("a")
    (tmp_path / "elsewhere").write_bytes((folder / name).read_bytes())
    (folder / name).unlink()
    (folder / name).symlink_to(tmp_path / "elsewhere")
    ((path, told),) = collect([folder], tmp_path / "table").refused
    assert (path.name, told.text(str)) == (name, "it can't be read: it is no ordinary file")


@pytest.mark.parametrize("kept", [METADATA, "publications.csv", "counts.csv", "indicators.parquet"])
def test_what_is_left_of_a_publication_is_named(make_publication, tmp_path, kept):
    folder, other = make_publication("a"), make_publication("b", edit=as_mihon)
    for path in folder.iterdir():
        path.unlink()
    (folder / kept).write_bytes(b"")
    found = collect([tmp_path / "towns"], tmp_path / "table")
    ((path, told),) = found.refused
    assert (path, [one.folder for one in found.taken]) == (folder, [other])
    assert told.text(str) == "it has no dataset.json, which tells what was published and whose it is"


def test_a_folder_that_can_not_be_looked_into_is_named(make_publication, tmp_path, monkeypatch):
    closed, other = make_publication("a"), make_publication("b", edit=as_mihon)
    for name in ("scandir", "listdir"):
        whole = getattr(os, name)

        def shut(path, whole=whole):
            if str(path) == str(closed):
                raise PermissionError(errno.EACCES, "no", str(path))
            return whole(path)

        monkeypatch.setattr(os, name, shut)
    found = collect([tmp_path / "towns"], tmp_path / "table")
    ((path, told),) = found.refused
    assert (path, [one.folder for one in found.taken]) == (closed, [other])
    assert told.text(str).startswith("it can't be read: ")


def test_a_description_that_is_a_list_is_none(make_publication, tmp_path):
    folder = make_publication("a")
    (folder / "dataset.json").write_text("[]", encoding="utf-8")
    ((_, told),) = collect([folder], tmp_path / "table").refused
    assert told.text(str) == "it is no description of a publication"


def test_a_publication_of_two_plans_is_none(make_publication, tmp_path):
    folder = make_publication("a")
    line = (folder / "publications.csv").read_bytes().split(b"\r\n")[1]
    change(folder, "publications.csv", line, line + b"\r\n" + line.replace(b"mizuho-industry", b"other"))
    ((_, told),) = collect([folder], tmp_path / "table").refused
    assert told.text(str) == "it must hold one row"


def test_columns_of_a_newer_schema_are_kept_and_those_of_an_older_one_unknown(make_publication, tmp_path):
    newer, older = make_publication("a"), make_publication("b", edit=as_mihon)
    text = (newer / "initiatives.csv").read_bytes().decode("utf-8-sig").splitlines()
    text = [f"{line},{'tomorrow' if number == 0 else number}" for number, line in enumerate(text)]
    (newer / "initiatives.csv").write_bytes("\r\n".join([*text, ""]).encode("utf-8-sig"))
    metadata = json.loads((newer / "csv-metadata.json").read_bytes())
    (described,) = (one for one in metadata["tables"] if one["url"] == "initiatives.csv")
    described["tableSchema"]["columns"].append({"name": "tomorrow", "datatype": "integer"})
    (newer / "csv-metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    change(newer, "indicators.csv", b"code,", b"code,")
    (older / "counts.csv").unlink()
    about = json.loads((older / "dataset.json").read_bytes())
    about["distribution"] = [one for one in about["distribution"] if one["contentUrl"] != "counts.csv"]
    (older / "dataset.json").write_text(json.dumps(about), encoding="utf-8")
    table = tmp_path / "table"
    assert collect([newer, older], table).refused == []
    kinds = {**INITIATIVES.kinds, "tomorrow": "integer"}
    found = ask(sorted((table / "initiatives").rglob("*.parquet")), kinds, lambda frame: frame)
    assert {row["code"]: row["tomorrow"] is None for row in found} == {"133035": False, "019992": True}
    assert {row["code"] for row in rows(table, "counts")} == {"133035"}
    collect([make_publication("c")], table)
    assert len(rows(table)) == len(found)


def test_keys_are_text_whatever_an_older_program_wrote(make_publication, tmp_path):
    table = tmp_path / "table"
    older, other = make_publication("a"), make_publication("b", edit=as_plan("other"))
    collect([older], table)
    for path in table.rglob("*.parquet"):
        (kinds,) = (each.kinds for each in TABLES if each.name == path.parts[-4])
        numbers: dict[str, Kind] = {**kinds, "fiscal_year": "integer"}
        path.write_bytes(parquet(numbers, ask([path], numbers, lambda frame: frame)))
    metadata = (other / "csv-metadata.json").read_text(encoding="utf-8")
    before = re.sub(r'("name": "fiscal_year",[^}]*"datatype": )"string"', r'\1"integer"', metadata)
    change(other, "csv-metadata.json", metadata.encode(), before.encode())
    assert collect([other], table).refused == []
    for each in TABLES:
        stored = duckdb.read_parquet(f"{table}/{each.name}/**/*.parquet").project("plan, fiscal_year")
        assert stored.distinct().order("ALL").fetchall() == [("mizuho-industry-2022", "2024"), ("other", "2024")]


# -- never half a table -----------------------------------------------------------------------


def test_what_was_cut_off_goes_on_with_the_next_collection(make_publication, tmp_path, monkeypatch):
    folder, other = make_publication("a"), make_publication("b", edit=as_mihon)
    table = tmp_path / "table"
    whole = tmp_path / "whole"
    collect([folder, other], whole)

    class Cut(BaseException):
        pass

    moved: list[Path] = []

    def cut(source, path):
        if len(moved) == 3:
            raise Cut
        moved.append(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        source.rename(path)

    with monkeypatch.context() as patched:
        patched.setattr("mizuho_pdca.app.collect.move", cut)
        with pytest.raises(Cut):
            collect([folder, other], table)
    assert (table / PENDING).exists()
    assert len(held(table)) > 3
    collect([other], table)
    assert not (table / PENDING).exists()
    assert held(table) == held(whole)


def test_a_pending_folder_that_was_emptied_is_removed(make_publication, tmp_path):
    folder = make_publication("a")
    table = tmp_path / "table"
    collect([folder], table)
    (table / PENDING).mkdir()
    assert collect([folder], table).changed == 0
    assert not (table / PENDING).exists()


@pytest.mark.parametrize(
    "moves",
    ['{"../../town.txt": "counts/fy=2024/pref=P13/133035.parquet"}', '{"000000.parquet": "../../town.txt"}',
     '{"000000.parquet": 1}', "[]", "{", "[" * 100_000],
)  # fmt: skip
def test_a_folder_that_says_to_put_files_elsewhere_is_refused(make_publication, tmp_path, moves):
    folder, table, town = make_publication("a"), tmp_path / "table", tmp_path / "town.txt"
    town.write_text("before", encoding="utf-8")
    collect([folder], table)
    (table / PENDING).mkdir()
    (table / PENDING / "000000.parquet").write_bytes(b"x")
    (table / PENDING / "moves.json").write_text(moves, encoding="utf-8")
    before = held(table)
    with pytest.raises(Refused, match="does not say where") as caught:
        collect([folder], table)
    assert f"Delete the folder {table / PENDING}" in caught.value.text(str)
    assert (town.read_text(encoding="utf-8"), held(table)) == ("before", before)
    shutil.rmtree(table / PENDING)
    assert collect([folder], table).changed == 0


def test_two_do_not_collect_at_once(make_publication, tmp_path, monkeypatch):
    folder = make_publication("a")
    monkeypatch.setattr("mizuho_pdca.app.collect.try_lock", lambda _: False)
    with pytest.raises(Refused, match="somebody else"):
        collect([folder], tmp_path / "table")
    assert held(tmp_path / "table") == {}


def test_a_folder_that_holds_something_else_is_left_alone(make_publication, tmp_path):
    folder = make_publication("a")
    with pytest.raises(Refused, match="holds something else") as caught:
        collect([folder], tmp_path / "town")
    assert "plan" in caught.value.text(str)
    with pytest.raises(UsageFault, match="is no folder"):
        collect([folder], folder / "dataset.json")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageFault, match="there is no publication in"):
        collect([tmp_path / "empty"], tmp_path / "table")


def test_a_table_with_a_broken_file_is_not_written_over(make_publication, tmp_path):
    folder = make_publication("a")
    table = tmp_path / "table"
    collect([folder], table)
    (path,) = (table / "counts").rglob("*.parquet")
    path.write_bytes(b"PAR1")
    with pytest.raises(EnvironmentFault, match="can't be read"):
        collect([folder], table)
    path.unlink()
    assert collect([folder], table).changed == 1


def test_where_there_is_no_room_for_a_table_that_is_told(monkeypatch):
    def full(*_, **__):
        raise duckdb.IOException("IO Error: No space left on device\nmore")

    monkeypatch.setattr(duckdb.DuckDBPyRelation, "write_parquet", full)
    with pytest.raises(EnvironmentFault) as caught:
        parquet({"a": "string"}, [{"a": "1"}])
    assert "the table can't be written: IO Error: No space left on device\n" in caught.value.text(str)
