"""The units target values are counted in."""

import re

MONEY_UNITS = ("元", "千元", "万元", "百万元", "亿元")
# what comes in whole ones: a fraction of it is a slip of the pen
WHOLE = frozenset(
    (
        *"人户家个次起件项辆台套场间栋处条份册篇期批座张块盏只头名位宗例部支把根枚幅",
        *"集届讲节堂轮遍趟班村乡镇县区校所",
        *("人次", "场次", "辆次", "批次", "台次", "车次", "户次", "家次", "册次", "班次", "机构", "部门", "单位"),
        *("床", "床位", "席", "车位", "社区", "街道", "点", "站", "种", "类", "款", "首", "版", "本", "页", "组", "队"),
        *(
            "栋",
            "幢",
            "棵",
            "株",
            "盆",
            "艘",
            "架",
            "列",
            "门",
            "层",
            "店",
            "园",
            "院",
            "扇",
            "双",
            "对",
            "副",
            "面",
            "枚",
        ),
    )
)
OTHERS = frozenset(
    (
        *"天日月年周季米吨度分亩里克升秒时箱瓶桶袋盒包斤",
        *("人天", "人月", "人日", "季度", "半年", "学期", "学年", "学时", "课时", "学分", "星期", "年度"),
        *("平方米", "m2", "平米", "平方", "立方米", "m3", "立方", "公里", "千米", "km", "平方公里", "平方千米", "km2"),
        *("公顷", "hm2", "万亩", "千克", "公斤", "kg", "克", "毫克", "毫升", "mm", "cm", "m", "厘米", "毫米", "延米"),
        *(
            "千瓦时",
            "千瓦",
            "kw",
            "kW",
            "kWh",
            "兆瓦",
            "吨标准煤",
            "标准煤",
            "分贝",
            "dB",
            "°C",
            "℃",
            "mg/L",
            "兆",
            "GB",
            "TB",
        ),
        *("工作日", "个工作日", "自然日", "小时", "个小时", "分钟", "秒", "个月", "个年度", "天次"),
        *("级", "等级", "星", "档", "折", "倍"),
        *("%", "‰"),
    )
)
UNITS = WHOLE | OTHERS | frozenset(MONEY_UNITS)
INSTANT = frozenset("年月日号")
NO_UNIT = ("", "-", "--", "/", "无", "*", "年月日", "日期", "时间", "文字", "定性", "年-月-日")


def known_unit(unit: str) -> bool:
    return unit in UNITS or (len(unit) > 1 and unit.startswith("万") and unit[1:] in UNITS) or _per_one(unit)


def _per_one(unit: str) -> bool:
    """个村, 个点: a measure word before what it measures."""
    return re.fullmatch(r"[个家所座处][一-鿿]{1,2}", unit) is not None and unit[1:] in UNITS


def is_whole(unit: str) -> bool:
    return unit.partition("/")[0] in WHOLE
