"""The flags of a score and the findings of the checks in words, by their code.

The msgids are marked for extraction and rendered by the caller's gettext; a literal percent sign is doubled.
"""

from collections.abc import Callable

N_ = str  # marks a msgid, as gettext tools know it

FLAGS = {
    "actual_missing": N_("No actual value yet: not scored."),
    "grade_needed": N_("A person has to choose the grade."),
    "late": N_("Late: a person decides the grade."),
    "far_above_target": N_("Far above the target: give the reason."),
    "above_exact_target": N_("Above a target that names an exact number."),
    "above_range": N_("Above the range that was set."),
    "persons_above_ceiling": N_("More persons than the ceiling: give the reason."),
    "reduced": N_("The score was reduced: the target was set too low."),
    "negative_read_as_zero": N_("The negative actual value is read as zero."),
    "target_not_scorable": N_("The target cannot be scored until a person has settled what it says."),
    "target_doubtful": N_("The target is doubtful and was scored as written."),
    "budget_zero": N_("The full-year budget is zero: the execution cannot be scored."),
}
FINDINGS = {
    "budget_zero": N_("The full-year budget is zero: the execution cannot be scored."),
    "executed_missing": N_("Nothing is paid yet: the execution is not scored."),
    "score_differs": N_("The score is %(given)s; by its rule it is %(due)s."),
    "print_differs": N_("The score is %(given)s; from the figures as printed it is %(due)s."),
    "reason_missing": N_("The target was missed, or passed by far, and no cause is given."),
    "measure_missing": N_("The cause is given, the measure is not."),
    "reason_contradicts": N_("The target was reached, but a cause of deviation is given."),
    "actual_missing": N_("No actual value yet: not scored."),
    "not_scored": N_("The row is not scored yet."),
    "persons_above": N_("More than the number that the target names: check whom it was paid to."),
    "target_doubtful": N_("The target is doubtful and was scored as written."),
    "proof_missing": N_("The figure was entered by hand without a proof."),
    "definition_missing": N_("%(remark)s Nobody has written down what it counts."),
    "total_differs": N_("The total is %(given)s; the rows add up to %(due)s."),
    "weights_differ": N_("The weights of the indicators add up to %(given)s instead of %(due)s."),
    "level_differs": N_("%(level)s: the rows add up to %(given)s instead of %(due)s."),
    "level_shifted": N_("%(level)s has %(given)s points; the rule gives it %(due)s."),
}


def sentence(code: str, gettext: Callable[[str], str]) -> str:
    """The sentence of a flag in the language of `gettext`."""
    return gettext(FLAGS[code]) % {}
