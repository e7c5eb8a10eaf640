"""The answer to a question over many towns, as a paper: keys, counts, and rates with their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.plan.families import FAMILIES
from mizuho_pdca.domain.plan.town_code import prefecture
from mizuho_pdca.domain.publication.answer import (
    Counts,
    TownAnswer,
    completion,
    implementation,
    met_rate,
    rank_share,
    reporting,
)
from mizuho_pdca.domain.publication.questions import NO_RANK, QuestionName
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.chart import ActualPoint, Chart
from mizuho_pdca.papers.fields import COUNT, YEAR, Field, Listing, Meaning, field, listing, share_column, share_field
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers, Part
from mizuho_pdca.papers.words import SAMPLE_BANNER, Percentage, print_percentage, year_label
from mizuho_pdca.text import NONE

_OF_STATES = {
    "implementation": (N_("Implementation rate"), implementation),
    "completion": (N_("Completion rate"), completion),
    "reporting": (N_("Reporting rate"), reporting),
}
_OF_TARGETS = {"met_rate": (N_("Met rate"), met_rate)}
_RATES: Mapping[QuestionName, Mapping[str, tuple[str, Callable[[Counts], Rate]]]] = {
    "completion": _OF_STATES,
    "policies": _OF_STATES,
    "met": _OF_TARGETS,
    "family": _OF_TARGETS,
    "best": _OF_TARGETS,
    "ratings": {"share": (N_("Share of those with a rank"), rank_share)},
    "unpublished": {},
}
"""The rates of each question, the first of which is drawn as a chart."""

_STATES = {"counted": N_("Initiatives"), "reported": N_("Reported")}
_TARGETS = {
    "met": N_("Met their targets"),
    "near": N_("Nearly met"),
    "not_met": N_("Not met"),
    "unknown": N_("Can't be said"),
}
_COUNTS: Mapping[QuestionName, Mapping[str, str]] = {
    "completion": _STATES,
    "policies": _STATES,
    "met": _TARGETS,
    "family": {"indicators": N_("Indicators"), "known": N_("With a value"), "total": N_("Sum of the values")},
    "best": _TARGETS,
    "ratings": {"n": N_("Initiatives")},
    "unpublished": {},
}
"""The counts that are shown beside the rates."""

_DRAWN = 50
"""Charts at most: a page of all towns of the country is no page."""


def rates(found: TownAnswer) -> Mapping[str, Callable[[Counts], Rate]]:
    """Return the rates of an answer, by the name that machines know them by."""
    return {name: rate for name, (_, rate) in _RATES[found.question.name].items()}


def across(found: TownAnswer, t: Translate) -> Listing:
    """Return the answer as a paper, and as the same for a file."""
    paper = Paper(found.question.name, t(found.question.heading(found.asked)), keys=len(found.keys))
    return listing(paper, _fields(found, t), found.rows)


def _fields(found: TownAnswer, t: Translate) -> Iterator[Field[Counts]]:
    for key in found.keys:
        yield from _key(key, found, t)
    if found.question.name == "unpublished":
        only, nothing = t(N_("only a sample")), t(N_("nothing at all"))
        heading = t(N_("What was published"))
        yield _text("sample_only", heading, 14, lambda row: only if row["sample_only"] else nothing)
    unit = t(COUNT)
    for key, heading in _COUNTS[found.question.name].items():
        shown = t(heading)
        column = Column(shown, 8, number=True, parts=(Part(shown, "value" if key == "total" else "count"),))
        yield field(key, column, Meaning(shown, unit), _counts(key))
    for key, (heading, rate) in _RATES[found.question.name].items():
        shown = t(heading)
        yield share_field(key, share_column(shown, 8, "count", t), Meaning(shown, unit), _share(rate), t)


def _counts(key: str) -> Callable[[Counts], int | Decimal | None]:
    def value(row: Counts) -> int | Decimal | None:
        if key == "total":
            return row[key].normalize() + 0 if row["known"] and adds_up(row) else None
        return int(row[key])

    return value


def adds_up(row: Counts) -> bool:
    """Return whether a sum of the values of a row's family means anything."""
    return all(family.adds_up for code, family in FAMILIES.items() if code == row["family"])


def _share(rate: Callable[[Counts], Rate]) -> Callable[[Counts], Percentage]:
    def share(row: Counts) -> Percentage:
        found = rate(row)
        return found.percent, Decimal(found.numerator), Decimal(found.denominator)

    return share


def _key(key: str, found: TownAnswer, t: Translate) -> Iterator[Field[Counts]]:
    match key:
        case "prefecture":
            yield _text("prefecture", t(N_("Prefecture code")), 10, lambda row: str(row["prefecture"]))
            yield _text("prefecture_name", t(N_("Prefecture")), 10, lambda row: prefecture(row["prefecture"]) or "")
        case "code":
            yield _text("code", t(N_("Code")), 6, lambda row: str(row["code"]))
            yield _text("prefecture_name", t(N_("Prefecture")), 10, lambda row: prefecture(row["code"]) or "")
            yield _text("town", t(N_("Town")), 10, lambda row: found.towns.get(row["code"], ""))
        case "fiscal_year":
            heading = t(N_("Fiscal year"))
            yield field(
                key, Column(heading, 10), Meaning(heading, t(YEAR)), lambda row: int(row["fiscal_year"]), _year(t)
            )
        case "family":
            yield _text("family", t(N_("Family")), 12, lambda row: family_name(row["family"], t))
        case "rank":
            heading = t(N_("Rank from the best"))
            meaning = Meaning(t(N_("1 is the best rank of the scale; empty where there is no rank.")))
            yield field(key, Column(heading, 8), meaning, lambda row: row["rank"] or None, _rank(t))
        case "ranks":
            heading = t(N_("Ranks of the scale"))
            yield field(key, Column(heading, 6), Meaning(heading, t(COUNT)), lambda row: int(row["ranks"]))
        case "unit":
            yield _text("unit", t(N_("Unit")), 4, lambda row: str(row["unit"]))
        case _:
            yield _text(key, t(N_("Policy")), 24, lambda row: str(row[key]))


def _text(key: str, heading: str, width: int, value: Callable[[Counts], str]) -> Field[Counts]:
    return field(key, Column(heading, width), Meaning(heading), value)


def _year(t: Translate) -> Callable[[Counts], Cell]:
    return lambda row: Cell(message(N_("{year}"), year=int(row["fiscal_year"])).text(t))


def _rank(t: Translate) -> Callable[[Counts], Cell]:
    return lambda row: Cell(t(N_("no rank")) if row["rank"] == NO_RANK else str(row["rank"]))


def family_name(code: str, t: Translate) -> str:
    """Return what a family is called; one of a newer list has its code only."""
    return next((t(family.name) for known, family in FAMILIES.items() if known == code), code)


# -- as papers --------------------------------------------------------------------------------


def across_papers(found: TownAnswer, t: Translate) -> Papers:
    """Return the answer with what it was limited to, and charts of its first rate over the years."""
    paper = across(found, t).paper
    return Papers(
        title=paper.title,
        subtitles=tuple(_limits(found, t)),
        banner=t(SAMPLE_BANNER) if found.sample else None,
        papers=(paper,),
        legend=tuple(_legend(found, t)),
        language=t(N_("en")),
        charts=tuple(_charts(found, t)),
    )


def _limits(found: TownAnswer, t: Translate) -> Iterator[str]:
    years = found.years
    if years:
        span = year_label(years[0], t)
        if len(years) > 1:
            span = t(N_("{since} to {until}")).format(since=span, until=year_label(years[-1], t))
        yield span
    if found.asked.prefecture is not None:
        yield prefecture(found.asked.prefecture) or ""
    if found.asked.family is not None:
        yield family_name(found.asked.family, t)


def _legend(found: TownAnswer, t: Translate) -> Iterator[str]:
    if _RATES[found.question.name]:
        yield t(N_("Rates are of all towns' initiatives or indicators together, never means of the towns' rates."))
    if not found.rows:
        yield _nothing(found, t)
    if found.question.name == "ratings":
        yield t(N_("Scales of different lengths are not put together."))
    if found.left_out:
        yield t(N_("Samples were left out."))


def _nothing(found: TownAnswer, t: Translate) -> str:
    """Return why there are no rows, as far as that can be known."""
    if (code := found.asked.family) is not None:
        words = t(N_("No indicator of the towns and years asked about is of the family {family}: {line}"))
        return words.format(family=family_name(code, t), line=_written(code, t))
    if found.question.name == "best":
        words = t(N_("No indicator of the towns and years asked about is of a family: {line}"))
        return words.format(line=_written("start-ups", t))
    return t(N_("There is nothing of that."))


def _written(code: str, t: Translate) -> str:
    return t(N_("a town writes it at the indicator in its plan, such as family: {code}")).format(code=code)


def _charts(found: TownAnswer, t: Translate) -> Iterator[Chart]:
    """Yield a chart a group, of its first rate over the years, where there are several."""
    years = tuple(range(found.years[0], found.years[-1] + 1)) if len(found.years) > 1 else ()
    drawn = _RATES[found.question.name]
    if not years or not drawn or found.question.name == "ratings":
        return
    heading, rate = next(iter(drawn.values()))
    groups: dict[tuple[str, ...], dict[int, Rate]] = {}
    for row in found.rows:
        names = tuple(_name(key, row, found, t) for key in found.keys if key != "fiscal_year")
        groups.setdefault(names, {})[row["fiscal_year"]] = rate(row)
    for number, (names, by_year) in enumerate(list(groups.items())[:_DRAWN], start=1):
        title = t(N_(", ")).join(name for name in names if name)
        points = tuple(_point(year, by_year.get(year)) for year in years)
        said = t(N_(", ")).join(f"{year_label(point.year, t)} {point.text}" for point in points)
        yield Chart(
            anchor=f"across-{number}",
            number=str(number),
            title=title,
            caption=f"{title} {t(heading)}",
            unit="%",
            year=years[-1],
            years=years,
            actuals=points,
            targets=(),
            guide=(),
            baseline=None,
            description=f"{title}: {said}",
            headings=(t(N_("Fiscal year")), t(heading), t(N_("Target")), t(N_("Guide"))),
            labels=tuple(message(N_("{year}"), year=year).text(t) for year in years),
        )


def _point(year: int, rate: Rate | None) -> ActualPoint:
    if rate is None or rate.percent is None:
        return ActualPoint(year, NONE, None)
    shown = print_percentage(rate.percent, Decimal(rate.numerator), Decimal(rate.denominator))
    return ActualPoint(year, shown, rate.percent)


def _name(key: str, row: Counts, found: TownAnswer, t: Translate) -> str:
    match key:
        case "prefecture":
            return prefecture(row[key]) or str(row[key])
        case "code":
            return f"{found.towns.get(row[key], '')}（{row[key]}）"
        case "family":
            return family_name(row[key], t)
        case _:
            return str(row[key])
