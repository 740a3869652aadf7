"""膳食: who eats in the canteens and under which subsidy, every meal, and proof that food safety was looked at.

Glossary: canteen 机关食堂, sitting 餐别, diner 就餐人员, grant 补助对象, meal 就餐记录, terminal 刷卡终端,
reversal 冲正, back-entry 补录,
daily check 日管控, zero-risk report 零风险报告, incident 食品安全事故, opening day 计划供餐日.
"""
