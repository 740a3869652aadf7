"""用车审批: who has to agree before a car is given, by a dated table of rules; every step and verdict a row.

Glossary: rule 审批规则, step 审批环节, verdict 审批意见, approval by mouth 口头批准, completed later 补办.
"""
