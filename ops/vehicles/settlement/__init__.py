"""用车评价与结算: the unit confirms the kilometres, rates the trip, and settles by monthly statements.

Glossary: kilometres confirmed 里程确认, rating 评价, tariff 结算标准, statement 结算单, line 结算明细, correction 更正.
"""
