"""Office rooms: areas, who sits where, what is over the standard; moves, yearly returns and lettings.

Glossary: room 房间, measurement 面积核定, occupancy 使用, standard 标准, share 分摊面积, over the standard 超标,
office move 办公地点调整, room return 信息统计上报, letting 出租, property 出租房产, void 作废.
"""
