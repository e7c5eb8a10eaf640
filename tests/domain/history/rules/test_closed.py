# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.closing.seal import FirstSeal, Reopening, SealFile
from mizuho_pdca.domain.history.rules.closed import concerns, still_closes

ONE, TWO = "records/2024/1-1-1-1/2024-06-12-000001.yaml", "records/2024/1-1-1-1/2024-06-12-000002.yaml"


def seal(**more):
    data = {
        "state": "closed",
        "fiscal_year": 2024,
        "by": "産業課",
        "recorded": "2025-06-15T10:30:00+09:00",
        "algorithm": "sha256/rfc8785",
        "plan": "0" * 64,
        "review": "0" * 64,
        "entries": {"2024-06-12-000001": "1" * 64},
    }
    return FirstSeal.model_validate(data | more)


REOPENED = Reopening.model_validate(
    {"state": "reopened", "by": "産業課", "recorded": "2025-06-16T10:30:00+09:00", "reason": "誤り"}
)


def file(*seals):
    return SealFile.model_construct(schema_version=1, seals=seals)


def test_a_seal_holds_until_it_is_duly_reopened():
    assert still_closes(file(seal()), file(seal())) == seal()
    assert still_closes(file(seal()), None) == seal()
    assert still_closes(file(seal()), file(seal(by="別人"), REOPENED)) == seal()
    assert still_closes(file(seal()), file(seal(), REOPENED)) is None
    assert still_closes(file(seal()), file(seal(), seal(by="別人"))) == seal()
    assert still_closes(file(seal(), REOPENED), file(seal(), REOPENED)) is None


@pytest.mark.parametrize(
    ("path", "names", "expected"),
    [
        (TWO, [], True),
        (ONE.replace("2024/", "2025/"), [], True),
        (TWO.replace("2024/", "2025/"), [None, 3], False),
        (TWO.replace("2024/", "2025/"), [None, "2024-06-12-000001"], True),
    ],
)
def test_a_closed_year_is_changed_by_its_entries_and_what_refers_to_them(path, names, expected):
    assert concerns(seal(), path, names) is expected
