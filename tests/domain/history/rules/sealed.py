"""Seals as the tests of the rules need them."""

from mizuho_pdca.domain.closing.seal import FirstSeal, Reopening, SealFile


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
