from datetime import UTC, datetime
from pathlib import Path

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.years import fiscal_year_of, year_range
from mizuho_pdca.errors import UsageFault

ROOT = Path(__file__).parents[3]


def at(root: Path, *day: int) -> Desk:
    """Return a desk of a folder on a day."""
    return Desk(root, clock=lambda: datetime(day[0], day[1], day[2], 3, tzinfo=UTC))


DESK = at(ROOT, 2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024", 2024),
        ("R6", 2024),
        ("r6", 2024),
        ("令和6年度", 2024),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("２０２４", 2024),
        ("令和六年度", 2024),
        ("六年度", 2024),
        ("二〇二四年度", 2024),
        ("令和十三年", 2031),
        ("元年度", 2019),
        ("元年", 2019),
    ],
)
def test_a_year_is_understood_however_it_is_written(text, year):
    assert fiscal_year_of(text, DESK) == year


@pytest.mark.parametrize("text", ["", "24", "令和", "元", "六", "年度", "2024-06-12", "abc"])
def test_what_is_no_year_is_refused_with_examples(text):
    with pytest.raises(UsageFault) as caught:
        fiscal_year_of(text, DESK)
    assert f'"{text}"' in caught.value.text(str)
    assert "R8" in caught.value.text(str)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022-2026", range(2022, 2027)),
        ("２０２２－２０２６", range(2022, 2027)),
        ("R4〜8", range(2022, 2027)),
        ("令和4～令和8年度", range(2022, 2027)),
        ("4-8", range(2022, 2027)),
        ("平成30-令和4", range(2018, 2023)),
        ("H28-30", range(2016, 2019)),
        ("令和元年度から3年度まで", range(2019, 2022)),
        ("2022-26", range(2022, 2027)),
        ("令和四年度～八年度", range(2022, 2027)),
        ("2024-2024", range(2024, 2025)),
        ("2024", None),
        ("令和6年度（2024年度）", None),
        ("2024-06-12", None),
        ("2022-", None),
        ("abc-2024", None),
    ],
)
def test_several_years_are_understood_however_they_are_written(text, years):
    assert year_range(text, DESK) == years


def test_years_that_are_turned_round_are_refused_with_the_right_way():
    with pytest.raises(UsageFault) as caught:
        year_range("R8-R4", DESK)
    assert caught.value.remedy is not None
    assert "2022-2026" in caught.value.remedy.text(str)
