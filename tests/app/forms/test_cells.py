"""What a cell says, as somebody would have typed it."""

import pytest

from mizuho_pdca.app.forms.cells import cell_text
from mizuho_pdca.storage.xlsx.book import BookCell


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        ("　 ", None),
        ("_x000D_", None),
        (" 訪問した。_x000D_\n", "訪問した。"),
        (True, "はい"),
        (False, "いいえ"),
        (12345678901234.0, "12345678901234"),
        (999999999999999.0, "999999999999999"),
        (79.999999999999986, "80"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
    ],
)
def test_a_cell_of_blanks_says_nothing_and_others_what_was_typed(value, text):
    assert cell_text(BookCell(value)) == text
