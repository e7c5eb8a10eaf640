"""The command that asks a question over many towns: across."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from mizuho_pdca.cli.formats import Format, choose, choose_format, deliver
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.review import Force, Output
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.app.across import Engine
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.domain.publication.answer import TownAnswer
    from mizuho_pdca.domain.publication.questions import By, TownQuestion
    from mizuho_pdca.papers.paper import Papers

_JAPANESE = {
    "完了": "completion",
    "方針": "policies",
    "達成": "met",
    "系統": "family",
    "上位": "best",
    "評価": "ratings",
    "未公表": "unpublished",
}


Table = Annotated[str | None, typer.Argument(metavar=N_("TABLE"), help=N_("The folder that pdca collect made."))]
Asking = Annotated[
    str | None,
    typer.Argument(metavar=N_("QUESTION"), help=N_("completion, policies, met, family, best, ratings or unpublished.")),
]
Years = Annotated[
    str | None, typer.Option("--years", metavar=N_("YEARS"), help=N_("Only these years: 2024, 2022-2026."))
]
Prefecture = Annotated[
    str | None, typer.Option("--prefecture", metavar=N_("NAME"), help=N_("Only this prefecture: 13, 東京都."))
]
Kin = Annotated[
    str | None, typer.Option("--family", metavar=N_("CODE"), help=N_("Only this family of indicators: start-ups."))
]
Places = Annotated[str | None, typer.Option("--by", metavar="prefecture|town", help=N_("Which places stand alone."))]
Towns = Annotated[
    str | None,
    typer.Option("--towns", metavar=N_("FILE"), help=N_("A list of all towns, for those that published nothing.")),
]
Worker = Annotated[
    str | None, typer.Option("--engine", metavar="duckdb|spark", help=N_("What does the work (else duckdb)."))
]
Master = Annotated[
    str | None, typer.Option("--master", metavar="URL", help=N_("The cluster that Spark works on (else this machine)."))
]
Form = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="table|text|markdown|csv|json|html",
        help=N_("How to print it (else by the file's ending)."),
    ),
]


@command(N_("Ask a question over the table of many towns."))
def across(
    ctx: typer.Context,
    table: Table = None,
    question: Asking = None,
    years: Years = None,
    prefecture: Prefecture = None,
    family: Kin = None,
    by: Places = None,
    towns: Towns = None,
    engine: Worker = None,
    master: Master = None,
    form: Form = None,
    output: Output = None,
    *,
    force: Force = False,
) -> None:
    """Ask a question over the table of many towns."""
    here = session(ctx)
    if not table or not question:
        raise UsageFault(
            N_("across wants a table and a question"),
            remedy=message(N_("Name both, such as: pdca across table completion")),
        )
    chosen = choose_format(form, output, ("table", "text", "markdown", "csv", "json", "html"))
    works = choose("--engine", engine or ("spark" if master else "duckdb"), ("duckdb", "spark"))
    if master and works != "spark":
        raise UsageFault(
            N_("--master is the cluster that Spark works on, and --engine is {engine}"),
            engine=works,
            remedy=message(N_("Leave one of them out, or write --engine spark.")),
        )
    places = choose("--by", by or "prefecture", ("prefecture", "town"))
    family = None if family is None else _family(family)
    asked_of = _question(question, family=family, by=by, towns=towns)
    since, until = _span(years, here.desk)
    from mizuho_pdca.app.across import across as ask
    from mizuho_pdca.domain.publication.questions import Limits

    found = ask(
        table,
        asked_of,
        Limits(since, until, _prefecture(prefecture), family, cast("By", places)),
        towns=None if towns is None else Path(towns),
        engine=cast("Engine", works),
        master=master or "local[*]",
    )
    _deliver(found, chosen, output, here, force=force)


def _deliver(found: TownAnswer, chosen: Format, output: str | None, here: Session, *, force: bool) -> None:
    """Print an answer, or write it to a file."""
    from mizuho_pdca.papers.towns.across import across as listed
    from mizuho_pdca.papers.towns.across import across_papers

    t = here.t
    document: bytes | Papers
    match chosen:
        case "json":
            from mizuho_pdca.render.json.across import across as as_json

            document = as_json(found)
        case "csv":
            from mizuho_pdca.render.csv.table import of_listing

            document = of_listing(listed(found, t), t)
        case "html":
            from mizuho_pdca.app.formats import draw_papers

            document = draw_papers(across_papers(found, t), "html", t)
        case _:
            document = across_papers(found, t)
    deliver(document, output, here=here, force=force, form=chosen, t=t)


def _question(text: str, **options: str | None) -> TownQuestion:
    """Return a question that takes all options that are given; raise ``UsageFault``."""
    from mizuho_pdca.domain.plan.families import FAMILIES
    from mizuho_pdca.domain.publication.questions import QUESTIONS

    name = _JAPANESE.get(text, text)
    found = next((question for known, question in QUESTIONS.items() if known == name), None)
    if found is None:
        raise UsageFault(
            N_('there is no question "{question}"'),
            question=text,
            remedy=message(N_("Ask one of these: completion, policies, met, family, best, ratings or unpublished.")),
        )
    for option, value in options.items():
        takers = [known for known, one in QUESTIONS.items() if getattr(one, f"takes_{option}")]
        if value is not None and name not in takers:
            raise UsageFault(
                N_("the question {question} takes no {option}"),
                question=name,
                option=f"--{option}",
                remedy=message(N_("Leave {option} out, or ask: {questions}."), option=f"--{option}", questions=takers),
            )
    if options["family"] is None and found.needs_family:
        raise UsageFault(
            N_("it is not said which family of indicators"),
            remedy=message(N_("Add --family and one of {families}."), families=list(FAMILIES)),
        )
    return found


def _family(text: str) -> str:
    """Return the code of a family, which also goes by its Japanese name; raise ``UsageFault``."""
    from mizuho_pdca.domain.plan.families import FAMILIES
    from mizuho_pdca.language import translator
    from mizuho_pdca.text import folded

    japanese = translator("ja")
    codes = {folded(japanese(family.name)): code for code, family in FAMILIES.items()}
    return choose("--family", codes.get(folded(text), text), tuple(FAMILIES))


def _prefecture(text: str | None) -> str | None:
    from mizuho_pdca.domain.plan.town_code import PREFECTURES
    from mizuho_pdca.text import folded

    if text is None:
        return None
    plain = folded(text)
    for number, name in enumerate(PREFECTURES, start=1):
        if plain in (str(number), f"{number:02}", name, name[:-1] if number > 1 else name):
            return f"{number:02}"
    raise UsageFault(N_('"{value}" is no prefecture'), value=text, remedy=message(N_("Write it such as 13 or 東京都.")))


def _span(text: str | None, desk: Desk) -> tuple[int | None, int | None]:
    if text is None:
        return None, None
    from mizuho_pdca.app.input.years import fiscal_year_of, year_range

    years = year_range(text, desk)
    if years is None:
        first = last = fiscal_year_of(text, desk)
        return first, last
    return years[0], years[-1]
