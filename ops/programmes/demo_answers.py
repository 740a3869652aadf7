"""What people answer in the demo year 2023 where no record counts it: (programme, row) → answer. All of it made up."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Answer:
    """A figure or words, where it comes from, and what a person settled about it."""

    origin: str
    value: Decimal | None = None
    unit: str = "%"
    words: str | None = None
    definition: str = ""
    points: Decimal | None = None


def _survey(satisfied: int, asked: int, of: str) -> Answer:
    origin = f"满意度问卷（演示）：{of}，有效问卷{asked}份，其中满意{satisfied}份。"
    return Answer(origin, Decimal(satisfied * 100) / asked, definition=f"满意份数÷有效问卷份数，问卷对象为{of}。")


def _counted(times: int, what: str) -> Answer:
    origin = f"{what}登记簿（演示）：全年{times}次。"
    return Answer(origin, Decimal(times), "次", definition=f"指标名称为比率而指标值为次数，按全年{what}次数计。")


def _lasting(satisfied: int, asked: int) -> Answer:
    origin = f"年终问卷（演示）“保障工作是否持续改善”：有效问卷{asked}份，肯定{satisfied}份。"
    return Answer(origin, Decimal(satisfied * 100) / asked, definition="年终问卷中肯定回答份数÷有效问卷份数。")


ANSWERS = {
    (1, 5): Answer(
        "年度工作台账（演示）", None, "", "已建立监管台账，就餐环境和服务质量持续改善", points=Decimal("28.5")
    ),
    (1, 6): _survey(194, 200, "城区食堂就餐人员"),
    (2, 5): _lasting(192, 200),
    (2, 6): _survey(197, 200, "临港商务区就餐人员"),
    (3, 2): Answer(
        "取暖费发放台账（演示）：应办16笔，已办16笔。", Decimal(100), definition="已办理业务笔数÷应办理业务笔数。"
    ),
    (3, 5): _lasting(98, 100),
    (3, 6): _survey(4, 4, "领取取暖费人员"),
    (4, 1): _counted(48, "公共设施巡检"),
    (4, 5): _lasting(193, 200),
    (4, 6): _survey(198, 200, "联检机构工作人员"),
    (5, 1): _counted(46, "问题处置反馈"),
    (5, 2): Answer(
        "数据报送登记（演示）：应报48次，按时45次。", Decimal("93.75"), definition="按时报送次数÷应报送次数。"
    ),
    (5, 5): _lasting(191, 200),
    (5, 6): _survey(195, 200, "置业大厦办公人员"),
    (6, 1): _counted(52, "文化设施保养"),
    (6, 5): _lasting(195, 200),
}
CAUSES = {
    (2, 0): ("部分人员年中调出，实际就餐人数少于预算测算人数。", "按季核定就餐人数，据实申请资金。"),
    (4, 0): ("部分维护合同跨年验收，尾款未到支付节点。", "提前安排验收，四季度前完成支付。"),
    (5, 6): ("电梯检修期间等候时间较长，部分人员不满意。", "检修改在非办公时间进行，提前告知。"),
    (6, 0): ("公开采购节约资金，结余交回财政。", "参照采购价格编制下一年度预算。"),
}
