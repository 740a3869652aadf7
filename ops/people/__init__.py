"""Those who are served and those who serve: units, headcount by rank, sections, staff, users and their roles.

Glossary: unit 单位, headcount 编制与实有, rank 职级, section 科室, staff member 工作人员, user 用户, role 角色.
"""
