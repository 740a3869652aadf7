"""Where things are: campuses, buildings and rooms.

Glossary: campus 院区, building 楼栋, floor 楼层, room 房间, usable area 使用面积 (m², two decimals).
"""
