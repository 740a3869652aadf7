"""Surveys (满意度问卷): one question with five grades; satisfied ÷ valid answers is a figure of the ledger."""
