"""用车时数: how long the cars could be used on working days, and how long they were; idle and sealed ones told apart.

Glossary: office hours 办公时间, hours available 可用时数, hours in use 使用时数, idle 闲置, car-day 车日.
"""
