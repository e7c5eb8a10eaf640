"""評価: what evaluators say of the plan and of its parts above the initiatives, and their columns in other papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic

from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.scheme import Scale
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.rated import RatedThing
from mizuho_pdca.domain.review.ratings import Judgement, RatedRow, level_of
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.fields import DAY, NUMBER, Datum, Field, Listing, Meaning, R, common, field, listing
from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.papers.words import ARROWS, day_label, level_words, print_rating
from mizuho_pdca.text import NONE

_SHOWS = ("evaluation",)
_LEVELS = {
    "policy": N_("policy"),
    "measure": N_("measure"),
    "submeasure": N_("submeasure"),
    "initiative": N_("Initiative"),
}


def ratings(report: ReviewReport, t: Translate) -> Listing:
    """Return 評価 of what stands above the initiatives."""
    targets = tuple(WHOLE_PLAN if row.place is None else row.place.id for row in report.rated)
    anchors = tuple(f"rating-{target}" for target in targets)
    paper = Paper("ratings", t(N_("Ratings of the plan and its parts")), keys=2, anchors=anchors, subjects=targets)
    return listing(paper, (*_about(report, t), *_said(report, t)), report.rated)


def _about(report: ReviewReport, t: Translate) -> Iterator[Field[RatedRow]]:
    def level(row: RatedRow) -> str:
        return level_name(report.plan, level_of(row.place), t)

    def title(row: RatedRow) -> str:
        return report.plan.header.title if row.place is None else row.place.node.heading

    yield from common(report, t)
    yield field("level", Column(t(N_("Level")), 8, shows=()), Meaning(t(N_("Which level of the plan it is."))), level)
    number = Column(t(N_("No.")), 6, shows=())
    yield field("number", number, Meaning(t(NUMBER)), lambda row: row.place, lambda row: _number(row.place))
    yield field("title", Column(t(N_("Title")), 18, shows=()), Meaning(t(N_("The title in the plan."))), title)
    column, meaning = Column(t(N_("Department")), 8, essential=False, choices=True, shows=()), t(N_("Who sees to it."))
    yield field("department", column, Meaning(meaning), lambda row: _departments(row.place, t))


def level_name(plan: Plan, level: RatedThing, t: Translate) -> str:
    """Return what is rated by the word for its level, of which the plan may have its own."""
    match level:
        case "plan":
            return t(N_("whole plan"))
        case "indicator":
            return t(N_("Indicator"))
        case _:
            position = -1 if level == "initiative" else [*_LEVELS].index(level)
            return level_words(plan, position, _LEVELS[level], "{level}", t)


def _number(place: Place | None) -> Cell:
    return Cell(NONE if place is None else place.number)


def _departments(place: Place | None, t: Translate) -> str:
    return "" if place is None else t(N_(", ")).join(place.departments)


def _said(report: ReviewReport, t: Translate) -> Iterator[Field[RatedRow]]:
    found: list[Voice[RatedRow]] = [*voices(report, report.rated, lambda row: row.judgements, t)]
    yield from found[0].columns(lambda row: row.is_due)
    for other in found[1:]:
        yield from other.columns()


def scale_words(scale: Scale, t: Translate) -> str:
    """Return what the ratings of a scale mean: the ranks, and the words that are none."""
    joint = t(N_(", "))
    states = joint.join(state.name for state in scale.states)
    if not scale.ranks:
        return states
    ranks = joint.join(f"{rank.code} {rank.name}" for rank in scale.ranks)
    return t(N_("{ranks}. No rank: {states}")).format(ranks=ranks, states=states or NONE)


def scales(plans: Mapping[int, Plan], t: Translate) -> Iterator[str]:
    """Yield what the ratings of some years mean; where the plan's scale was revised, for each span of years."""
    yield from _through(t(N_("Ratings")), {year: plan.scheme.scale for year, plan in plans.items()}, len(plans), t)


def other_scales(plans: Mapping[int, Plan], t: Translate) -> Iterator[str]:
    """Yield what the ratings of the last year's evaluators mean who have others than the plan's, in the same way."""
    for one in plans[max(plans)].scheme.evaluators:
        then = {year: plan.scheme.evaluator(one.code) for year, plan in plans.items()}
        own = {year: known.scale for year, known in then.items() if known is not None and known.scale is not None}
        yield from _through(t(N_("Ratings by {name}")).format(name=one.name), own, len(plans), t)


def _through(what: str, given: Mapping[int, Scale], years: int, t: Translate) -> Iterator[str]:
    """Yield what each of some scales means, with its years unless it holds in all of them."""
    spans: list[tuple[Scale, list[int]]] = []
    for year, scale in given.items():
        if not spans or spans[-1][0] != scale:
            spans.append((scale, []))
        spans[-1][1].append(year)
    for scale, held in spans:
        text = (
            N_("{what} of FY{since}: {ratings}.")
            if len(held) == 1
            else N_("{what} of FY{since} to FY{until}: {ratings}.")
        )
        text = N_("{what}: {ratings}.") if len(held) == years else text
        if scale.codes:
            yield message(text, what=what, since=held[0], until=held[-1], ratings=scale_words(scale, t)).text(t)


# -- columns of several papers ----------------------------------------------------------------


OF_EVALUATORS = ("rating", "said")
"""Columns that each evaluator has; behind these words stands whose they are, unless they are the first one's."""


@dataclass(frozen=True)
class Voice(Generic[R]):
    """What one evaluator says of the rows of a paper; ``name`` is empty where there is only one.

    Where another than the first says nothing of any of them, ``is_silent``, its columns are in data files alone.
    """

    report: ReviewReport
    position: int
    code: str | None
    name: str
    judgements: Callable[[R], tuple[Judgement, ...]]
    t: Translate
    is_silent: bool = False

    def columns(self, is_due: Callable[[R], bool] = lambda _: False) -> Iterator[Field[R]]:
        """Yield the rating, and what was said with it and at which meeting."""
        yield from (replace(one, column=None) if self.is_silent else one for one in self._columns(is_due))

    def _columns(self, is_due: Callable[[R], bool]) -> Iterator[Field[R]]:
        t, scale = self.t, self.report.plan.scheme.scale_of(self.code)
        words = tuple(print_rating(self.report.plan, code, self.code) for code in scale.codes)
        if words:
            column = Column(self.rating_heading, 11, choices=True, shows=_SHOWS)
            meaning = Meaning(t(N_("The rating of the year; empty until somebody gives one.")), words=words)
            given = (
                self._datum(N_("Rating"), meaning, lambda row: self._code(self.of(row).rating)),
                self._datum(N_("Rating last year"), Meaning(t(N_("The rating of the year before."))), self._earlier),
            )
            yield Field(self._key("rating"), column, lambda row: self._rating(row, is_due=is_due(row)), given)
        heading = self._heading(N_("Progress and issues"))
        column = Column(heading, 24, essential=False, under=bool(words), shows=_SHOWS)
        data = (
            self._datum(N_("Progress"), Meaning(t(N_("What is said of the year as a whole."))), self._text("progress")),
            self._datum(N_("Issues"), Meaning(t(N_("What stands in the way."))), self._text("issues")),
            self._datum(N_("Meeting"), Meaning(t(N_("The day of the council's meeting.")), DAY), self._meeting),
        )
        yield Field(self._key("said"), column, lambda row: Cell("\n".join(self.lines(row)) or NONE), data)

    @property
    def rating_heading(self) -> str:
        """Return the heading of the ratings, with the evaluator's name where there are several."""
        if not self._has_before:
            return self.name or self.t(N_("Rating"))
        if not self.name:
            return self.t(N_("Rating (last year → this year)"))
        return self.t(N_("{evaluator} (last year → this year)")).format(evaluator=self.name)

    @property
    def _has_before(self) -> bool:
        return self.report.plan.header.period.has_before(self.report.year)

    def of(self, row: R) -> Judgement:
        """Return what the evaluator says of a row."""
        return self.judgements(row)[self.position]

    def lines(self, row: R) -> Iterator[str]:
        """Yield what was said, a line each: the day of the meeting, progress, issues."""
        last = self.of(row).last
        if last is None:
            return
        if last.meeting is not None:
            yield self.t(N_("Meeting: {days}")).format(days=day_label(last.meeting, self.t))
        if last.progress:
            yield last.progress.strip()
        if last.issues:
            yield self.t(N_("Issues: {text}")).format(text=last.issues.strip())

    def _rating(self, row: R, *, is_due: bool) -> Cell:
        found = self.of(row)
        change = "" if found.change is None else f"（{ARROWS[found.change]}）"
        before = f"{self._earlier(row) or NONE} → " if self._has_before else ""
        now = self._code(found.rating) or (self.t(N_("not rated")) if is_due else NONE)
        return Cell(f"{before}{now}{change}", tone="alert" if is_due else "plain", key=now)

    def _code(self, code: str | None) -> str | None:
        return None if code is None else print_rating(self.report.plan, code, self.code)

    def _earlier(self, row: R) -> str | None:
        code = self.of(row).previous_rating
        return None if code is None else print_rating(self.report.previous_plan, code, self.code)

    def _text(self, key: str) -> Callable[[R], str | None]:
        return lambda row: getattr(self.of(row).last, key, None)

    def _meeting(self, row: R) -> date | None:
        last = self.of(row).last
        return None if last is None else last.meeting

    def _key(self, key: str) -> str:
        return key if self.position == 0 else f"{key}.{self.code}"

    def _heading(self, words: str) -> str:
        return f"{self.name}: {self.t(words)}" if self.name else self.t(words)

    def _datum(self, words: str, meaning: Meaning, value: Callable[[R], str | date | None]) -> Datum[R]:
        return Datum(self._heading(words), meaning, value)


def voices(
    report: ReviewReport, rows: Sequence[R], judgements: Callable[[R], tuple[Judgement, ...]], t: Translate
) -> Iterator[Voice[R]]:
    """Yield the evaluators of the year, the first one first; one without a name where the plan lists none."""
    listed = report.plan.scheme.evaluators
    if not listed:
        yield Voice(report, 0, None, "", judgements, t)
    for position, one in enumerate(listed):
        said = (judgements(row)[position] for row in rows)
        is_silent = position > 0 and not any(each.last or each.before for each in said)
        yield Voice(report, position, one.code, one.name if len(listed) > 1 else "", judgements, t, is_silent)
