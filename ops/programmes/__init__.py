"""Budget programmes (预算项目): the published target tables, how their values are read and scored.

Glossary: target table 绩效目标表, indicator 指标, target 指标值, actual 完成值, funding plan 资金支出计划,
self-evaluation 绩效自评.
"""
