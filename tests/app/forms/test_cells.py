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
    ],
)
def test_a_cell_of_blanks_says_nothing_and_others_what_was_typed(value, text):
    assert cell_text(BookCell(value)) == text
