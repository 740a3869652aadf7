"""公务用车: official cars asked for, dispatched, driven and brought back; vehicles hired from outside counted apart.

Glossary: vehicle 公务用车, request 用车申请, dispatch 派车, departure 出车, return 收车, transfer 划转,
vehicle reform 车改, hire 租赁社会车辆, vehicle-trip 车辆次.
"""
