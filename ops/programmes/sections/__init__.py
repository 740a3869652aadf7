"""The assessment of the centre's sections (考评): key tasks with milestones and proof, and a scoreboard of figures.

重点工作 key task · 节点 milestone · 免做 waived · 科室计分 scoreboard · 保障措施 safeguard of the published document.
"""
