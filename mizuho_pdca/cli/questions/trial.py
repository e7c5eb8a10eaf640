"""Whether an answer is right: the command is carried out with it at a rehearsal, and says what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mizuho_pdca.cli.questions.blanks import FILLER
from mizuho_pdca.cli.questions.slip import Answer, Answers, Blank, Round, Slip
from mizuho_pdca.errors import PdcaError, Refused, UsageFault

MENDABLE = (UsageFault.exit_code, Refused.exit_code)
"""How errors end that other answers may mend."""


def fault(at: Round, slip: Slip, blank: Blank, answer: Answer, unchecked: Collection[str]) -> PdcaError | None:
    """Return what the command has against one answer, beside those that are known to be right.

    What is not known yet, or not whether it is right, has a stand-in; where there is none for
    something, nothing can be said. What is wanted with some answers only may stand beside this one
    or not.
    """
    trial, perhaps = Answers({"by": FILLER, blank.key: answer}), Answers()
    correcting = "supersedes" in at.answers
    for other in slip.blanks:
        if other.key == blank.key or (other.unless and other.unless in trial):
            continue
        if other.key in at.answers and other.key not in unchecked:
            trial[other.key] = at.answers[other.key]
        elif other.when is None and (correcting or other.need != "must"):
            continue
        elif (stand_in := other.stand_in(at)) is None:
            return None
        elif other.when is None or other.when(at):
            trial[other.key] = stand_in
        else:
            perhaps[other.key] = stand_in
    error = tried(at, slip, trial)
    return None if error is None or (perhaps and tried(at, slip, {**trial, **perhaps}) is None) else error


def tried(at: Round, slip: Slip, answers: Mapping[str, Answer]) -> PdcaError | None:
    """Return what the command says of answers, without recording them; what it would record is noted."""
    try:
        at.last = slip.run(at.desk.rehearsing(), Answers(answers))
    except PdcaError as exc:
        if exc.exit_code not in MENDABLE:
            raise
        return exc
    return None
