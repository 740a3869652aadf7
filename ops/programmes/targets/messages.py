"""Every sentence about a target table by its code: doubts, remarks and refusals.

The msgids are marked for extraction and rendered by the caller's gettext; a literal percent sign is doubled.
"""

from collections.abc import Callable, Mapping

N_ = str  # marks a msgid, as gettext tools know it

DOUBTS = {
    "no_value": N_("No target value is given."),
    "not_understood": N_("The value is not understood; a person has to read it."),
    "deadline_ambiguous": N_("The value names a period but no last day."),
    "date_impossible": N_("There is no such day in the calendar."),
    "date_outside_year": N_("The date lies outside the budget year."),
    "year_taken_from_table": N_("The date names no year; the year of the table is assumed."),
    "budget_unknown": N_("The value refers to the budget, which is not known."),
    "zero_needs_counter": N_(
        "A target of no event, in words: it needs a counter of events, and a record that someone looked."
    ),
    "unit_missing": N_("The number has no unit."),
    "unit_unfamiliar": N_("The unit is not one that is known."),
    "unit_conflict": N_("The value's unit differs from the unit cell; the value's own unit is used."),
    "currency_missing": N_("An amount per person, but the unit names no currency."),
    "approximate": N_("An approximate number proves nothing without the records behind it."),
    "range_reversed": N_("The range ends below its beginning."),
    "operator_conflict": N_("The value says at least and at most at once."),
    "operator_missing": N_("No operator is written; the value is read as exactly this number."),
    "strict_sign": N_("A strict sign: reaching the number itself is a miss. It may be a damaged sign."),
    "percent_over_100": N_("The percentage is above 100; its sign may be damaged."),
    "sign_may_be_damaged": N_("The leading 2 may be a damaged sign; compare with earlier years."),
    "digits_torn": N_("A gap stands between two digits: a digit may be lost."),
    "digits_odd": N_("A digit is written in an unusual form (a footnote, a fraction, a raised number)."),
    "leading_zero": N_("The number begins with a zero; a digit may be damaged."),
    "thousands_or_decimals": N_("Three digits after the point: it may be meant as a mark of thousands."),
    "number_too_long": N_("The number is too long; two numbers may have run together."),
    "words_beside": N_("Words stand beside the number; they may change what it means."),
    "fraction_of_whole": N_("A fraction of something that only comes in whole ones."),
    "bound_at_zero": N_("A bound of zero is always met."),
    "percent_may_be_share": N_("The percentage is 1 or less; it may be a share written as a decimal."),
    "unit_cell_odd": N_("The unit cell holds no unit; the cells of the row may have been shifted."),
    "unit_of_words": N_("The value is in words, but the unit cell names a unit of count."),
    "number_in_words": N_("The words hold a number or a share that may have to be counted."),
    "cells_shifted": N_("The cells of this row seem to have been shifted."),
    "nature_differs": N_("The nature of the indicator (in words or in numbers) differs from its value."),
    "nature_only": N_("Only the direction of the indicator is given, not whether the number must be reached exactly."),
    "sign_cell_odd": N_("The cell of the sign holds no sign that is known."),
    "sign_does_not_fit": N_("The sign in its own cell does not fit the value."),
    "letters_in_words": N_("Letters stand among the words; one may be a damaged digit."),
    "row_joined": N_("The row was split over a page; its parts were joined."),
    "level_unknown_here": N_("The level-1 indicator is none of output, benefit, cost and satisfaction."),
    "weight_unreadable": N_("The weight is not a number."),
    "two_value_columns": N_("The form has several columns of target values; this one was taken."),
    "name_missing": N_("The name of the indicator is blank."),
    "compound": N_("Several measures in one cell; the worse of them is scored."),
}
REMARKS = {
    "unit_does_not_fit_name": N_("The name is a rate, but the value is counted in %(unit)s."),
    "percent_does_not_fit_name": N_("The name is a count, but the value is a percentage."),
    "rate_valued_by_date": N_("The name is a rate or a degree, but the value is a date."),
    "rate_valued_by_amount": N_("The name is a budget execution rate, but the value is an amount."),
    "lower_bound_on_beneficiaries": N_("A lower bound on a head-count of beneficiaries."),
    "upper_bound_on_beneficiaries": N_("An upper bound on people served: serving more is scored as a miss."),
    "value_repeats_name": N_("The value repeats the name of the indicator: nothing can be measured."),
    "outcome_valued_by_percent": N_("The name is an outcome in words; the percentage has no measure or survey."),
    "description_repeats_name": N_("The description repeats the name."),
    "description_elsewhere": N_("The description speaks of %(topic)s and does not belong to this indicator."),
    "saving_on_a_cap": N_("The description speaks of saving, the value is a ceiling."),
    "description_is_slogan": N_("The description is a slogan, not a measure."),
    "satisfaction_ambiguous": N_("The description can be read as satisfaction of the staff instead of those served."),
    "timeliness_under_quality": N_("An indicator of timeliness stands under quality."),
    "generic_completion_rate": N_("A general completion rate: it is not said of what, nor by which yardstick."),
    "number_format_differs": N_("The same amount as the budget (%(budget)s), written differently."),
    "ceiling_differs_from_budget": N_("The ceiling differs from the budget of %(budget)s."),
    "satisfaction_differs": N_("The other tables set %(usual)s for satisfaction."),
    "same_name_other_kind": N_("Table %(tables)s has an indicator of this name with another kind of value."),
    "basis_unknown": N_("The basis of the value is neither the plan nor the history."),
    "code_malformed": N_("The project code does not have the usual 21 characters."),
    "code_check_failed": N_("The check character of the project code should be %(expected)s: a slip of the pen?"),
    "code_missing": N_("The form has no project code; the name stands in its place."),
    "name_of_project_missing": N_("The form does not say whose programme it is."),
    "budget_missing": N_("The form does not say the budget."),
    "budget_unreadable": N_("The budget is not a number; it was not taken over."),
    "budget_several": N_("The form names several amounts for the year; the first was taken."),
    "amount_unit_assumed": N_("The unit of the amounts is not named; ten thousand yuan is assumed."),
    "year_assumed": N_("The form names no budget year; it was assumed."),
    "plan_not_rising": N_("The funding plan does not rise from point to point."),
    "plan_not_to_100": N_("The funding plan ends at %(last)s instead of 100%%."),
    "sources_do_not_add_up": N_("The sources of the budget add up to %(sum)s instead of %(total)s."),
    "no_satisfaction": N_("The table has no satisfaction indicator."),
}
REFUSALS = {
    "empty_file": N_("The file is empty."),
    "not_text": N_("The file is neither a text nor a Word file."),
    "not_docx": N_("The file is not a Word file (.docx), or it is damaged."),
    "broken_docx": N_("The Word file is damaged and cannot be opened."),
    "old_word_format": N_("This is the old Word format or a protected file. Save it as .docx without a password."),
    "broken_workbook": N_("The workbook is damaged, protected or of a kind that cannot be opened."),
    "web_page": N_(
        "This is a web page under the name of a workbook. Open it in Excel, save it as .xlsx and choose that file."
    ),
    "too_large": N_("The Word file is too large to be a form."),
    "no_table": N_("No target table was found in the file."),
    "table_cut": N_("%(table)s: the table is cut off. Nothing was read."),
    "header_missing": N_("%(table)s: the header of the indicators was not found."),
    "field_missing": N_("%(table)s: %(field)s is missing."),
    "amount_unreadable": N_("%(table)s: the amount %(text)s is not a number."),
    "plan_unreadable": N_("%(table)s: the funding plan cannot be read: %(text)s."),
    "row_width": N_("%(table)s, indicator %(row)s: %(found)s cells instead of %(expected)s."),
    "row_incomplete": N_("%(table)s, indicator %(row)s: the level or the name is blank."),
    "level_unknown": N_("%(table)s: a level-1 indicator is none of output, benefit, cost and satisfaction."),
    "unit_not_money": N_("%(table)s: the amounts are in %(unit)s, which is not a unit of money."),
    "year_not_clear": N_("The codes and titles do not name one budget year (%(years)s)."),
}
MESSAGES: dict[str, str] = {**DOUBTS, **REMARKS, **REFUSALS}


def sentence(code: str, params: Mapping[str, object], gettext: Callable[[str], str]) -> str:
    """The sentence of a code in the language of `gettext`."""
    return gettext(MESSAGES[code]) % params
