"""The flags of a score in words, by their code.

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
    "negative_read_as_zero": N_("The negative actual value is read as zero."),
    "target_not_scorable": N_("The target cannot be scored until a person has settled what it says."),
    "target_doubtful": N_("The target is doubtful and was scored as written."),
    "budget_zero": N_("The full-year budget is zero: the execution cannot be scored."),
}


def sentence(code: str, gettext: Callable[[str], str]) -> str:
    """The sentence of a flag in the language of `gettext`."""
    return gettext(FLAGS[code]) % {}
