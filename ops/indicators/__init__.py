"""How work becomes a figure: the metric contract, readings, evidence, closing and adjustments.

Glossary: metric 统计口径 (what a figure counts), reading 数, evidence 依据, closing 结账, adjustment 调整,
manual figure 填报数.
"""
