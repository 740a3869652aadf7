"""Surveys (满意度问卷): questions with five grades each; satisfied ÷ valid answers is a figure of the ledger."""
