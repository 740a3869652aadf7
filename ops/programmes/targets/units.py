"""The units target values are counted in."""

MONEY_UNITS = ("元", "千元", "万元", "百万元", "亿元")
UNITS = frozenset(
    (
        *MONEY_UNITS,
        *"人户家个次起件项辆台套场间栋处条份册篇期批座张块盏只头名位宗例部名天日月年米吨度分",
        "人次",
        "人天",
        "人月",
        "场次",
        "辆次",
        "批次",
        "台次",
        "车次",
        "机构",
        "部门",
        "单位",
        "平方米",
        "m2",
        "立方米",
        "m3",
        "公里",
        "千米",
        "千克",
        "公斤",
        "千瓦时",
        "工作日",
        "个工作日",
        "小时",
        "分钟",
        "个月",
        "%",
        "‰",
    )
)


def known_unit(unit: str) -> bool:
    return unit in UNITS or (unit.startswith("万") and unit[1:] in UNITS)
