from datetime import UTC, datetime
from pathlib import Path

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.years import fiscal_year_of
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
    ],
)
def test_a_year_is_understood_however_it_is_written(text, year):
    assert fiscal_year_of(text, DESK) == year


@pytest.mark.parametrize("text", ["", "24", "令和", "2024-06-12", "abc"])
def test_what_is_no_year_is_refused_with_examples(text):
    with pytest.raises(UsageFault) as caught:
        fiscal_year_of(text, DESK)
    assert f'"{text}"' in caught.value.text(str)
    assert "R8" in caught.value.text(str)
