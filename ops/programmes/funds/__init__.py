"""The money of a programme (资金): its budget by source on a day, the payments taken in, plan, actual, forecast."""
