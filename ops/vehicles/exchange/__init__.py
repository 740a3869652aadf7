"""数据交换: the car files as an Excel list, in and out; and the records as the sheets of a provincial platform.

Glossary: list of cars 车辆台账, hand back 退回, record group 数据类别.
"""
