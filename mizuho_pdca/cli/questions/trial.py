"""Whether an answer is right: the command is carried out with it at a rehearsal, and says what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from mizuho_pdca.cli.questions.blanks import FILLER
from mizuho_pdca.cli.questions.slip import Answer, Answers, Blank, Round, Slip
from mizuho_pdca.errors import PdcaError, Refused, UsageFault

MENDABLE = (UsageFault.exit_code, Refused.exit_code)
"""How errors end that other answers may mend."""


def fault(at: Round, slip: Slip, blank: Blank, answer: Answer, unchecked: Collection[str]) -> PdcaError | None:
    """Return what the command has against one answer, beside those that are known to be right.

    What is not known yet, or not whether it is right, has a stand-in, one that fits this answer; where
    there is none for something, nothing can be said. What is wanted with some answers only may stand
    beside this one or not, and so may another word than the corrected entry has: whoever else rated
    may have other words.
    """
    trial, perhaps = Answers({"by": FILLER, blank.key: answer}), Answers()
    known = {key for key in at.answers if key not in unchecked and key != blank.key}
    trial |= {one.key: at.answers[one.key] for one in slip.blanks if one.key in known and one.unless not in trial}
    then, correcting = replace(at, answers=trial), "supersedes" in at.answers
    for other in slip.blanks:
        if other.key in trial or (other.unless and other.unless in trial):
            continue
        is_left = other.when is None and (correcting or other.need != "must")
        is_word = other.need == "must" and other.widget == "choice" and not other.head
        if is_left and not is_word:
            continue
        stand_in = other.stand_in(then)
        if stand_in is None and not is_left:
            return None
        if stand_in is not None:
            is_sure = not is_left and (other.when is None or other.when(at))
            (trial if is_sure else perhaps)[other.key] = stand_in
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
