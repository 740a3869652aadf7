"""Writing an evidence pack as a ZIP file that begins to flow at once; the same state gives the same bytes."""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ...indicators import digests
from ..evaluation.evaluation import Evaluation, Line
from ..evaluation.form import actual_text, deviation_text, points
from . import contents
from .contents import Exhibit

EPOCH = (1980, 1, 1, 0, 0, 0)
LINES_AT_ONCE = 4000
HEAD = "record\tday\tscope\tpart\twhole\tmember\tlabel\n"
FORMAT = "one-ledger evidence pack 1"


class _Outlet(io.RawIOBase):
    """What the ZIP writer has written and nobody has taken yet."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        made = b"".join(self.parts)
        self.parts.clear()
        return made


class Pack:
    """One pack being written. `flow` gives its bytes piece by piece; `manifest` is there when it has ended."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.exhibits = contents.exhibits(evaluation)
        self.proofs = [(name, attachment.path) for name, attachment in contents.proofs(evaluation)]  # none is missing
        self.files: list[dict[str, Any]] = []
        self.hashes: dict[str, str] = {}
        self.manifest = b""

    def flow(self) -> Iterator[bytes]:
        outlet = _Outlet()
        with ZipFile(outlet, "w", ZIP_DEFLATED, compresslevel=6) as archive:
            for name, pieces in self._members():
                yield from self._write(archive, outlet, name, pieces)
            self.manifest = json.dumps(self._facts(), ensure_ascii=False, indent=1, sort_keys=True).encode()
            yield from self._write(archive, outlet, "manifest.json", [self.manifest])
        yield outlet.taken()

    def _members(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        yield from ((name, [content]) for name, content in contents.forms(self.evaluation))
        for name, path in self.proofs:
            yield name, [path.read_bytes()]
        for exhibit in self.exhibits:
            yield exhibit.file, self._evidence(exhibit)

    def _evidence(self, exhibit: Exhibit) -> Iterator[bytes]:
        """The records as text, hashed by days on the way as a closing does it."""
        figure = exhibit.now
        by_day: dict[str, Any] = {}
        lines = [HEAD.encode()]
        for row in digests.records(figure.metric, figure.period, figure.scope):
            hashed = digests.line(*row[:6])
            by_day.setdefault(str(row[1]), hashlib.sha256()).update(hashed)
            lines.append(hashed[:-1] + f"\t{_one_line(row[6])}\n".encode())
            if len(lines) >= LINES_AT_ONCE:
                yield b"".join(lines)
                lines.clear()
        yield b"".join(lines)
        days = "".join(f"{day}\t{digest.hexdigest()}\n" for day, digest in by_day.items())
        self.hashes[exhibit.key] = hashlib.sha256(days.encode()).hexdigest()

    def _write(self, archive: ZipFile, outlet: _Outlet, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        info = ZipInfo(name, EPOCH)
        info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
        with archive.open(info, "w", force_zip64=True) as entry:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                entry.write(piece)
                yield outlet.taken()
        self.files.append({"name": name, "sha256": digest.hexdigest(), "bytes": size})

    def _facts(self) -> dict[str, Any]:
        programme = self.evaluation.programme
        return {
            "format": FORMAT,
            "programme": {"code": programme.code, "name": programme.name, "year": programme.year},
            "closing": contents.closing_facts(self.evaluation.closed),
            "total": {"points": points(self.evaluation.total.points), "unscored": self.evaluation.total.unscored},
            "indicators": [self._indicator(line) for line in self.evaluation.lines],
            "figures": [{**each.facts(), "hash": self.hashes[each.key]} for each in self.exhibits],
            "files": self.files,
        }

    def _indicator(self, line: Line) -> dict[str, Any]:
        indicator, manual = line.indicator, line.actual.manual
        keys = [each.key for each in self.exhibits]
        used = [f"{each.metric.name}{f'-{each.scope}' if each.scope else ''}" for each in contents.figures_of(line)]
        return {
            "row": indicator.row,
            "levels": [indicator.level1, indicator.level2, indicator.level3],
            "target": indicator.value_text,
            "actual": actual_text(line),
            "weight": digests.exact(line.weight),
            "score": None if line.score.points is None else points(line.score.points),
            "origin": str(line.actual.origin),
            "cause": deviation_text(line),
            "figures": [key for key in used if key in keys],
            "manual": _entry(manual) if manual else None,
        }


def _entry(manual: Any) -> dict[str, Any]:
    value = None if manual.value is None else digests.exact(manual.value)
    facts = {"value": value, "words": manual.words, "unit": manual.unit, "reason": manual.reason}
    return {**facts, "by": manual.entered_by, "at": str(manual.entered_at)}


def _one_line(label: object) -> str:
    return " ".join(str(label or "").split())
