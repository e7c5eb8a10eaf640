"""The first screen: this fiscal year at a glance."""

from __future__ import annotations

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session
from mizuho_pdca.message import N_


def glance(here: Session) -> None:
    """Show this fiscal year: reported n/30, what is due, what to do next."""
    from mizuho_pdca.app.status import current_year, due_year, make_standing
    from mizuho_pdca.cli.review import say_why_no_history
    from mizuho_pdca.papers.status import next_steps
    from mizuho_pdca.papers.words import SAMPLE_BANNER, of_plan, year_label
    from mizuho_pdca.render.text.glance import glance_text

    year, is_over = current_year(here.desk)
    now = make_standing(here.desk, year)
    banner = here.t(SAMPLE_BANNER) if now.report.sample else None
    t = of_plan(here.t, now.report.plan)
    steps = [*next_steps(now, t, is_over=is_over)]
    due = due_year(here.desk)
    if due != year:
        words = t(N_("The papers of {label} are due: pdca status {year}, pdca review {year}"))
        steps.append(words.format(label=year_label(due, t), year=due))
    if now.not_committed is None:
        say_why_no_history(here)
    streams.write_text(glance_text(now, year_label(year, t), banner, steps, t, streams.screen_width()))
