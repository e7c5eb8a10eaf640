"""An answer over many towns: counts and sums by keys, and the rates that are made of them at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.publication.questions import NO_RANK, Limits, TownQuestion

Counts = Mapping[str, Any]
"""A row of an answer: its keys, which are never null, and what was counted and added up."""


@dataclass(frozen=True)
class TownAnswer:
    """The rows of a question, sorted by their keys; ``towns`` are the names by code where towns stand alone.

    They are of samples where there is nothing else; where there is, ``left_out`` says that samples were.
    """

    question: TownQuestion
    asked: Limits
    rows: tuple[Counts, ...]
    towns: Mapping[str, str]
    sample: bool = False
    left_out: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the columns that tell the rows apart."""
        return self.question.keys(self.asked)

    @property
    def years(self) -> tuple[int, ...]:
        """Return the fiscal years of the rows, none where they are not told apart."""
        return tuple(sorted({row["fiscal_year"] for row in self.rows if "fiscal_year" in row}))


def answer(question: TownQuestion, asked: Limits, found: Iterable[Counts], towns: Mapping[str, str]) -> TownAnswer:
    """Return the answer of the rows that an engine gave, in whatever order."""
    keys = question.keys(asked)
    given = sorted(map(_with_year, found), key=lambda row: tuple(row[key] for key in keys))
    real = [row for row in given if not row["sample"]]
    sample = bool(given) and not real
    shown = given if sample else real
    rows: list[Counts] = [{name: row[name] for name in row if name != "sample"} for row in shown]
    match question.name:
        case "unpublished":
            samples = {(row["code"], row["fiscal_year"]) for row in given if row["sample"]}
            rows = list(_unpublished(rows, samples, asked, towns))
        case "ratings":
            rows = list(_with_ranked(rows))
        case "best":
            rows.sort(key=lambda row: (row["family"], -_exact(met_rate(row))))
    return TownAnswer(question, asked, tuple(rows), towns, sample, left_out=not sample and len(real) < len(given))


def _with_year(row: Counts) -> Counts:
    """Return a row with its year as a number; the tables have it as text."""
    return {**row, "fiscal_year": int(row["fiscal_year"])} if "fiscal_year" in row else row


def _unpublished(
    rows: Sequence[Counts], samples: Collection[tuple[str, int]], asked: Limits, towns: Mapping[str, str]
) -> Iterator[Counts]:
    """Yield every town and year of which nothing, or but a sample, was published, among the years that any town did."""
    published = {(row["code"], row["fiscal_year"]) for row in rows}
    years = {row["fiscal_year"] for row in rows}
    if asked.since is not None and asked.until is not None:
        years |= set(range(asked.since, asked.until + 1))
    for code in sorted(towns):
        if asked.prefecture in (None, code[:2]):
            missing = ((code, year) for year in sorted(years) if (code, year) not in published)
            yield from ({"code": code, "fiscal_year": one[1], "sample_only": one in samples} for one in missing)


def _with_ranked(rows: Sequence[Counts]) -> Iterator[Counts]:
    """Yield each row with how many initiatives of its year and scale hold a rank."""
    ranked: Counter[tuple[int, int]] = Counter()
    for row in rows:
        ranked[row["fiscal_year"], row["ranks"]] += row["n"] if row["rank"] != NO_RANK else 0
    yield from ({**row, "ranked": ranked[row["fiscal_year"], row["ranks"]]} for row in rows)


def _exact(rate: Rate) -> Fraction:
    """Return a rate to sort by; one of nothing comes last."""
    return Fraction(rate.numerator, rate.denominator) if rate.denominator else Fraction(-1)


# -- rates ------------------------------------------------------------------------------------


def implementation(row: Counts) -> Rate:
    """Return 実施率 of all towns together."""
    return Rate(row["implemented"], row["pursued"])


def completion(row: Counts) -> Rate:
    """Return 完了率 of all towns together."""
    return Rate(row["completed"], row["pursued"])


def reporting(row: Counts) -> Rate:
    """Return 提出率 of all towns together."""
    return Rate(row["reported"], row["counted"] - row["carried"])


def met_rate(row: Counts) -> Rate:
    """Return the share of targets met among all of which it can be said."""
    return Rate(row["met"], row["met"] + row["near"] + row["not_met"])


def rank_share(row: Counts) -> Rate:
    """Return the share of a rank among all that hold one of the same scale; none of those that hold none."""
    return Rate(0, 0) if row["rank"] == NO_RANK else Rate(row["n"], row["ranked"])
