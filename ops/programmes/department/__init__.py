"""The department's overall targets and self-evaluation (部门整体绩效): a target table of its own kind.

职责 duty · 基本支出 basic expenditure · 分项绩效目标 goal by duty.
"""
