# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Every question over many towns has the same answer on Spark as on DuckDB, to the last digit.

Among the towns are one whose code begins with 0, one that published twice, one of a newer schema and one of an older
one; values are null, and so are ranks.
"""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mizuho_pdca.app.across import across
from mizuho_pdca.app.collect import collect, file_of
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.publish import publish, save
from mizuho_pdca.domain.publication.questions import QUESTIONS, Limits
from mizuho_pdca.domain.publication.tables import INDICATORS, INITIATIVES
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.render.json.across import across as as_json
from mizuho_pdca.storage.tables import parquet

ROOT = Path(__file__).parents[1]
SECOND = ROOT / "tests" / "data" / "second-plan"
LIMITS = [
    Limits(),
    Limits(by="town"),
    Limits(since=2024, until=2024),
    Limits(prefecture="01"),
    Limits(prefecture="13", by="town"),
]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Collect the sample workspaces, one of them twice, and add towns that are made up."""
    folder = tmp_path_factory.mktemp("towns")
    for name, workspace, year in (("a", ROOT, 2024), ("b", ROOT, 2023), ("c", SECOND, 2024)):
        save(folder / name, publish(Desk(workspace), year))
    collect([folder], folder / "table")
    collect([folder / "a"], folder / "table")
    _add_newer(folder / "table")
    _add_older(folder / "table")
    return folder / "table"


def _add_newer(table):
    """Write a town whose indicators are of a family, in a schema with a column more."""
    common = {"code": "011002", "prefecture": "01", "fiscal_year": "2024", "sample": True, "family": "start-ups"}
    values = [None, Decimal("0.1"), Decimal("0.2"), Decimal("0.000000000000001"), Decimal("99999999999999.9")]
    rows: list[Any] = [
        {
            **common,
            "plan": f"p{number}",
            "indicator": f"i{number}",
            "actual": value,
            "standing": standing,
            "tomorrow": "x",
        }
        for number, (value, standing) in enumerate(
            zip(values, ("unknown", "met", "near", "not_met", "met"), strict=True)
        )
    ]
    path = table / file_of("indicators", 2024, "011002")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(parquet({**INDICATORS.kinds, "tomorrow": "string"}, rows))


def _add_older(table, code="131016", lacks="ranks", **others):
    """Write a town whose initiatives lack a column that came later, or hold others of its columns as another kind."""
    kinds = {name: kind for name, kind in INITIATIVES.kinds.items() if name != lacks} | others
    flags = dict.fromkeys(("counted", "reported", "pursued", "completed", "implemented", "carried"), True)
    row: dict[str, Any] = {
        "code": code,
        "prefecture": code[:2],
        "plan": "p",
        "fiscal_year": "2024",
        "sample": True,
        "node": "1-1-1",
    }
    path = table / file_of("initiatives", 2024, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(parquet(kinds, [{**row, **flags}]))


@pytest.fixture(scope="module")
def master():
    """Return where Spark works: two threads of this machine, which listen to nobody else."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    return "local[2]"


@pytest.mark.parametrize("limits", LIMITS, ids=str)
def test_spark_answers_what_duckdb_answers(table, master, limits):
    answered = 0
    for question in QUESTIONS.values():
        asked = Limits(**{**vars(limits), "family": "start-ups" if question.needs_family else None})
        one, other = (
            as_json(across(str(table), question, asked, engine=engine, master=master)) for engine in ("duckdb", "spark")
        )
        assert one == other, question.name
        answered += b'"rows": []' not in one
    assert answered >= 3


def test_sums_are_exact(table, master):
    found = across(str(table), QUESTIONS["family"], Limits(family="start-ups"), engine="spark", master=master)
    (row,) = found.rows
    assert row["total"] == Decimal("100000000000000.200000000000001")
    assert (row["indicators"], row["known"]) == (5, 4)


def test_a_year_that_an_older_program_wrote_as_a_number_is_read(tmp_path, master):
    (tmp_path / "publications").mkdir()
    _add_older(tmp_path, fiscal_year="integer")
    asked = QUESTIONS["completion"], Limits(since=2024)
    one, other = (across(str(tmp_path), *asked, engine=engine, master=master).rows for engine in ("duckdb", "spark"))
    assert one == other
    assert [row["fiscal_year"] for row in other] == [2024]
    _add_older(tmp_path, code="011002")
    assert len(across(str(tmp_path), *asked).rows) == 2
    with pytest.raises(EnvironmentFault, match="older files have the fiscal year as a number"):
        across(str(tmp_path), *asked, engine="spark", master=master)
