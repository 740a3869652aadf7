"""Monitoring in the year (绩效运行监控): how money and indicators stand at a month's end."""
