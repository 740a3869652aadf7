"""Demo: small pictures drawn at run time: a car, and a dial with its digits."""

import struct
import zlib
from functools import cache

Colour = tuple[int, int, int]
WIDTH, HEIGHT = 160, 96
SKY, GROUND, DARK, LIT = (222, 232, 240), (150, 154, 158), (28, 32, 36), (255, 196, 64)
# the seven segments of a digit: across at the top, the middle and the foot; upright on the left and the right
SEGMENTS = {"a": (0, 0, 5, 1), "g": (0, 4, 5, 1), "d": (0, 8, 5, 1), "f": (0, 0, 1, 5), "e": (0, 4, 1, 5),
            "b": (4, 0, 1, 5), "c": (4, 4, 1, 5)}  # fmt: skip
DIGITS = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")


class Canvas:
    """Rows of three bytes a pixel."""

    def __init__(self, colour: Colour) -> None:
        self.rows = [bytearray(bytes(colour) * WIDTH) for _row in range(HEIGHT)]

    def block(self, x: int, y: int, width: int, height: int, colour: Colour) -> None:
        for row in self.rows[y : y + height]:
            row[3 * x : 3 * (x + width)] = bytes(colour) * width

    def png(self) -> bytes:
        lines = b"".join(b"\0" + bytes(row) for row in self.rows)
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        parts = (b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@cache
def car(colour: Colour) -> bytes:
    """A car seen from the side."""
    drawn = Canvas(SKY)
    drawn.block(0, 76, WIDTH, 20, GROUND)
    drawn.block(46, 28, 66, 22, colour)
    drawn.block(52, 32, 24, 16, SKY)
    drawn.block(82, 32, 24, 16, SKY)
    drawn.block(18, 48, 124, 24, colour)
    for left in (34, 104):
        drawn.block(left, 62, 22, 22, DARK)
        drawn.block(left + 6, 68, 10, 10, GROUND)
    return drawn.png()


def dial(value: int) -> bytes:
    """Six digits, lit on a dark ground."""
    drawn = Canvas(DARK)
    for place, digit in enumerate(f"{value:06}"):
        for name in DIGITS[int(digit)]:
            x, y, width, height = SEGMENTS[name]
            drawn.block(14 + place * 23 + 3 * x, 34 + 3 * y, 3 * width, 3 * height, LIT)
    return drawn.png()
