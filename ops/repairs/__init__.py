"""维修: what is broken is reported, accepted, assigned, attended, finished, confirmed and rated.

Glossary: ticket 工单, report 报修, accept 受理, assign 派单, attend 到场, finish 完工, confirm 确认, call back 回访,
rate 评价, return 返修, void 作废, round 维修轮次, limit 时限.
"""
