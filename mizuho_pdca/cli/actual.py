"""The command that records a year's value: actual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.prompts import Offer
from mizuho_pdca.cli.questions.blanks import CORRECTING, DAY_GIVEN, FORCE, YEAR, held, words_of
from mizuho_pdca.cli.questions.record import record
from mizuho_pdca.cli.questions.slip import Answers, Blank, Round, Slip
from mizuho_pdca.cli.recording import By, Day, Force, Reason, Supersedes, Year, confirm
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.app.entry import Receipt


def _run(desk: Desk, answers: Answers) -> Receipt:
    from mizuho_pdca.app import actual as use_case

    value, missing = answers.one("value"), answers.one("missing")
    if value is not None and desk.plan.scheme.reason(value) is not None:
        value, missing = None, value
    return use_case.record_actual(
        desk,
        answers.one("indicator"),
        value,
        year=answers.one("year"),
        missing=missing,
        day=answers.one("day"),
        half=answers.one("half"),
        as_of=answers.one("as_of"),
        provisional="provisional" in answers,
        source=answers.one("source"),
        by=answers.one("by"),
        correction=answers.correction,
        force="force" in answers,
    )


def _indicators(at: Round) -> list[Offer]:
    return [
        Offer(slug, f"{indicator.name}（{place.number} {place.node.heading}）", f"{slug} {place.id}")
        for slug, (indicator, place) in at.plan.indicators.items()
    ]


def _indicator(at: Round, entry: Any) -> str:  # noqa: ANN401 (an entry of the slip's kind)
    slug = next(iter([*entry.values, *entry.missing]))
    return at.plan.indicators[slug][0].name if slug in at.plan.indicators else slug


def _value(_: Round, entry: Any) -> str:  # noqa: ANN401 (the same)
    return str(next(iter([*entry.values.values(), *entry.missing.values()])))


def _reason(at: Round) -> str | None:
    """Return a reason for no figure, which is right for any indicator."""
    return next((offer.value for offer in words_of("missing")(at)), None)


SLIP = Slip(
    "actual",
    "actual",
    (
        Blank(
            "indicator",
            N_("INDICATOR"),
            N_("the indicator's id or name"),
            widget="choice",
            offers=_indicators,
            stand_in=lambda at: next(iter(at.plan.indicators), None),
            held=_indicator,
            head=True,
        ),
        YEAR,
        Blank(
            "value",
            N_("VALUE"),
            N_("the figure, or --missing REASON"),
            widget="free choice",
            offers=words_of("missing"),
            stand_in=_reason,
            held=_value,
            unless="missing",
            asks=N_("the figure, or why there is none"),
        ),
        Blank("missing", "--missing", N_("reason for no value"), "option"),
        Blank("half", "--half", N_("half of the year"), "option"),
        Blank("as_of", "--as-of", N_("as of"), "option"),
        Blank("provisional", "--provisional", N_("whether it is a first figure"), "option"),
        Blank("source", "--source", N_("source"), "may", "text", enter=N_("none"), held=held("source")),
        DAY_GIVEN,
        FORCE,
        *CORRECTING,
    ),
    _run,
)


@command(N_("Record a figure of a fiscal year, or why there is none."))
def actual(
    ctx: typer.Context,
    indicator: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("INDICATOR"), help=N_("The indicator's id or name."), autocompletion=completing.indicators
        ),
    ] = None,
    value: Annotated[
        str | None, typer.Argument(metavar=N_("VALUE"), help=N_("The figure, yes / no, or a word of the plan."))
    ] = None,
    missing: Annotated[
        str | None,
        typer.Option("--missing", metavar=N_("REASON"), help=N_("Why there is no figure: 未調査, 集計中, 対象外.")),
    ] = None,
    year: Year = None,
    day: Day = None,
    half: Annotated[
        str | None,
        typer.Option("--half", metavar=N_("HALF"), help=N_("The half of the year that the figure is of: 前期, 後期.")),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar=N_("WHEN"), help=N_("Of when the figure is, as it is printed: R3.10末.")),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar=N_("TEXT"), help=N_("Where the figure comes from."))
    ] = None,
    by: By = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
    *,
    provisional: Annotated[
        bool, typer.Option("--provisional", help=N_("It is a first figure that may still change; printed 速報."))
    ] = False,
    force: Force = False,
) -> None:
    """Record a figure of a fiscal year."""
    here = session(ctx)
    if value is not None and missing is not None:
        raise UsageFault(N_("a figure and --missing were both given"), remedy=message(N_("Give one of the two.")))
    said = {"indicator": indicator, "value": value, "missing": missing, "year": year, "day": day, "half": half}
    told = {"as_of": as_of, "source": source, "by": by, "supersedes": supersedes, "reason": reason}
    confirm(record(here, SLIP, said | told | {"provisional": provisional, "force": force}), here)
