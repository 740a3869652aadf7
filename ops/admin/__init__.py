"""Keeping the house: users and their roles, who may do what, the audit trail, the night's jobs, the work calendar.

Glossary: user 用户, role 角色, permission 权限, audit trail 审计记录, job 任务, work calendar 工作日历.
"""
