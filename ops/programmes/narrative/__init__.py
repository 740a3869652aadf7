"""The year's narrative (部门整体绩效): words that people write around figures that count themselves.

引用 reference `{metric:wording}` · 审定 approval · 变动 figure that moved since.
"""
