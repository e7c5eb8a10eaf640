import pytest

from mizuho_pdca.app.input.years import fiscal_year_of
from mizuho_pdca.errors import UsageFault


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
    assert fiscal_year_of(text) == year


@pytest.mark.parametrize("text", ["", "24", "令和", "2024-06-12", "abc"])
def test_what_is_no_year_is_refused_with_examples(text):
    with pytest.raises(UsageFault) as caught:
        fiscal_year_of(text)
    assert f'"{text}"' in caught.value.text(str)
    assert "R6" in caught.value.text(str)
