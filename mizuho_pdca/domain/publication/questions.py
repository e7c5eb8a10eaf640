"""Questions over what many towns publish: each one expression, which every engine that narwhals knows carries out.

Only counts and sums come back. What is divided, is divided by whoever prints it; and nothing is sorted but by keys
that are never null, for engines differ in where they put those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mizuho_pdca.domain.publication.table import COMMON, OpenTable
from mizuho_pdca.domain.publication.tables import INDICATORS, INITIATIVES, PUBLICATIONS
from mizuho_pdca.message import N_

if TYPE_CHECKING:
    from narwhals.stable.v2 import Expr, LazyFrame

    from mizuho_pdca.domain.publication.table import Kind

    Frame = LazyFrame[Any]

By = Literal["prefecture", "town"]
QuestionName = Literal["completion", "policies", "met", "family", "best", "ratings", "unpublished"]

NO_RANK = 0
"""Stands for the rank of an initiative that holds none."""

_STATES = ("counted", "reported", "carried", "implemented", "completed", "pursued")

STANDINGS = ("met", "near", "not_met", "unknown")


@dataclass(frozen=True)
class Limits:
    """What a question is limited to: fiscal years, a prefecture, a family; and whether towns stand alone."""

    since: int | None = None
    until: int | None = None
    prefecture: str | None = None
    family: str | None = None
    by: By = "prefecture"

    @property
    def place(self) -> str:
        """Return the column of the places that are told apart."""
        return "code" if self.by == "town" else "prefecture"


@dataclass(frozen=True)
class TownQuestion:
    """A question: the table that it is asked of, the columns that it groups by, and what it counts and adds up."""

    name: QuestionName
    title: str
    table: OpenTable[Any]
    needs: tuple[str, ...]
    keys: Callable[[Limits], tuple[str, ...]]
    counts: Callable[[], Mapping[str, Expr]]
    of: Callable[[Frame], Frame] = lambda frame: frame
    needs_family: bool = False
    takes_family: bool = False
    title_of_towns: str | None = None

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Return the columns that it needs: a table that lacks others answers as well."""
        names = (*(column.name for column in COMMON), *self.needs)
        return {name: self.table.kinds[name] for name in names}

    @property
    def takes_by(self) -> bool:
        """Return whether it can be asked by town as well as by prefecture."""
        return self.keys(Limits(by="town")) != self.keys(Limits())

    @property
    def takes_towns(self) -> bool:
        """Return whether a list of all towns makes a difference."""
        return self.name == "unpublished"

    def heading(self, asked: Limits) -> str:
        """Return the title, which names the places that stand alone."""
        return self.title_of_towns if self.title_of_towns and asked.by == "town" else self.title

    def expression(self, asked: Limits) -> Callable[[Frame], Frame]:
        """Return what makes the answer of the table: samples and others apart, so that none is asked for twice."""
        return lambda frame: _within(self.of(frame), asked).group_by("sample", *self.keys(asked)).agg(**self.counts())


def _within(frame: Frame, asked: Limits) -> Frame:
    import narwhals.stable.v2 as nw

    if asked.since is not None:
        frame = frame.filter(nw.col("fiscal_year") >= str(asked.since))
    if asked.until is not None:
        frame = frame.filter(nw.col("fiscal_year") <= str(asked.until))
    if asked.prefecture is not None:
        frame = frame.filter(nw.col("prefecture") == asked.prefecture)
    if asked.family is not None:
        frame = frame.filter(nw.col("family") == asked.family)
    return frame


# -- what is counted --------------------------------------------------------------------------


def _rows() -> Mapping[str, Expr]:
    import narwhals.stable.v2 as nw

    return {"n": nw.len()}


def _states() -> Mapping[str, Expr]:
    import narwhals.stable.v2 as nw

    return {name: nw.col(name).cast(nw.Int64).sum() for name in _STATES}


def _standings() -> Mapping[str, Expr]:
    import narwhals.stable.v2 as nw

    return {name: (nw.col("standing") == name).cast(nw.Int64).sum() for name in STANDINGS}


def _figures() -> Mapping[str, Expr]:
    import narwhals.stable.v2 as nw

    figures = {"indicators": nw.len(), "known": nw.col("actual").count(), "total": nw.col("actual").sum()}
    return {**figures, **_standings()}


def _counted(frame: Frame) -> Frame:
    """Return the initiatives without relistings."""
    import narwhals.stable.v2 as nw

    return frame.filter(nw.col("counted"))


def _of_policies(frame: Frame) -> Frame:
    """Return the initiatives without relistings, each with a policy's title or what stands for none."""
    import narwhals.stable.v2 as nw

    return _counted(frame).with_columns(policy_title=nw.col("policy_title").fill_null(""))


def _rated(frame: Frame) -> Frame:
    """Return initiatives of plans that rate, each with its rank or what stands for none."""
    import narwhals.stable.v2 as nw

    rated = _counted(frame).filter(nw.col("ranks") > 0)
    return rated.with_columns(rank=nw.col("rank").fill_null(NO_RANK))


def _of_families(frame: Frame) -> Frame:
    import narwhals.stable.v2 as nw

    return frame.filter(~nw.col("family").is_null())


def _with_units(frame: Frame) -> Frame:
    """Return indicators of families, each with its unit or what stands for none."""
    import narwhals.stable.v2 as nw

    return _of_families(frame).with_columns(unit=nw.col("unit").fill_null(""))


def town_names(frame: Frame) -> Frame:
    """Return the names of the towns, by code."""
    import narwhals.stable.v2 as nw

    return frame.group_by("code").agg(municipality=nw.col("municipality").max())


QUESTIONS: Mapping[QuestionName, TownQuestion] = {
    question.name: question
    for question in (
        TownQuestion(
            "completion",
            N_("How far initiatives have come, by prefecture and year"),
            INITIATIVES,
            _STATES,
            lambda asked: (asked.place, "fiscal_year"),
            _states,
            _counted,
            title_of_towns=N_("How far initiatives have come, by town and year"),
        ),
        TownQuestion(
            "policies",
            N_("How far initiatives have come, by policy and year"),
            INITIATIVES,
            ("policy_title", *_STATES),
            lambda _: ("policy_title", "fiscal_year"),
            _states,
            _of_policies,
        ),
        TownQuestion(
            "met",
            N_("Targets met, by prefecture and year"),
            INDICATORS,
            ("family", "standing"),
            lambda asked: (asked.place, "fiscal_year"),
            _standings,
            takes_family=True,
            title_of_towns=N_("Targets met, by town and year"),
        ),
        TownQuestion(
            "family",
            N_("A family of indicators over the years"),
            INDICATORS,
            ("family", "unit", "actual", "standing"),
            lambda _: ("family", "unit", "fiscal_year"),
            _figures,
            _with_units,
            needs_family=True,
            takes_family=True,
        ),
        TownQuestion(
            "best",
            N_("Where a family of indicators is met most"),
            INDICATORS,
            ("family", "standing"),
            lambda asked: ("family", asked.place),
            _standings,
            _of_families,
            takes_family=True,
        ),
        TownQuestion(
            "ratings",
            N_("How ratings are spread, by year and number of ranks"),
            INITIATIVES,
            ("counted", "rank", "ranks"),
            lambda _: ("fiscal_year", "ranks", "rank"),
            _rows,
            _rated,
        ),
        TownQuestion(
            "unpublished",
            N_("Towns that did not publish a year"),
            PUBLICATIONS,
            (),
            lambda _: ("code", "fiscal_year"),
            _rows,
        ),
    )
}
"""The questions, by name."""
