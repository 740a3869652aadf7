"""Demo: the counts of the document that no feature owns yet, entered by hand with a proof."""

from decimal import Decimal
from io import BytesIO

from werkzeug.datastructures import FileStorage

from ...core.demo import DemoYear
from ...core.period import year
from ...indicators import service

WORKS = (
    "政府机关大院和原水务局外墙体防水修缮、信访局大院路面硬化、政府主楼及人大政协楼供暖设备改造、政协及纪委楼顶防水、"
    "置业大厦9050会议室灯光音响改造、置业大厦各楼层局部装修装饰、置业大厦楼内外监控设备及消防设施更换等项目"
)
REASON = "演示数据：尚无功能模块登记此项工作，按已公布的2022年绩效说明填报"
FIGURES = {
    "narrative.saving_units": (50, "家"),
    "narrative.saving_batches": (3, "批次"),
    "narrative.water_units": (22, "家"),
    "narrative.booklets": (536, "份"),
    "narrative.banners": (14, "张"),
    "narrative.lamps": (1084, "个"),
    "narrative.taps": (223, "个"),
    "narrative.club_investment": (500, "万元"),
    "narrative.disinfections": (2, "次/天"),
}


def make(demo: DemoYear) -> None:
    """Only 2022 has a published narrative."""
    if demo.year != 2022:
        return
    for key, (value, unit) in FIGURES.items():
        service.enter(key, year(2022), Decimal(value), None, unit, REASON, _proof(key), demo.by)
    service.enter(
        "narrative.named_works", year(2022), None, WORKS, "", REASON, _proof("narrative.named_works"), demo.by
    )


def _proof(key: str) -> FileStorage:
    text = f"演示依据 {key}：已公布的2022年绩效说明。本文件为演示数据，不是真实凭证。\n"
    return FileStorage(BytesIO(text.encode()), filename=f"演示依据-{key}.txt")
