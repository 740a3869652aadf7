"""Check an evidence pack with nothing but Python: python3 check_pack.py PACK.zip

Says what holds and what does not, and exits with 1 when anything does not. The method is in evidence-pack.md.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

Row = tuple[int, str, int, Decimal, Decimal, str]


def check(pack: ZipFile) -> Iterator[str]:
    """Everything that does not hold, in words."""
    manifest = json.loads(pack.read("manifest.json"))
    yield from check_files(pack, manifest)
    for figure in manifest["figures"]:
        yield from check_figure(pack, figure)


def check_files(pack: ZipFile, manifest: dict) -> Iterator[str]:
    """Every file is in the manifest with its hash, and the other way round."""
    listed = {each["name"]: each for each in manifest["files"]}
    there = set(pack.namelist()) - {"manifest.json"}
    yield from (f"{name}: listed, but not in the pack" for name in sorted(listed.keys() - there))
    yield from (f"{name}: in the pack, but not listed" for name in sorted(there - listed.keys()))
    for name in sorted(there & listed.keys()):
        with pack.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != listed[name]["sha256"]:
                yield f"{name}: its content is not what the manifest says"


def check_figure(pack: ZipFile, figure: dict) -> Iterator[str]:
    """The records give the hash and the sums; with the adjustments taken off they give what was reported."""
    name = figure["key"]
    days: dict[str, object] = {}
    rows: list[Row] = []
    with pack.open(figure["file"]) as file:
        next(file)  # the head
        for raw in file:
            hashed = b"\t".join(raw.rstrip(b"\n").split(b"\t")[:6]) + b"\n"
            record, day, scope, part, whole, member = hashed.decode().rstrip("\n").split("\t")
            days.setdefault(day, hashlib.sha256()).update(hashed)
            rows.append((int(record), day, int(scope), Decimal(part), Decimal(whole), member))
    lines = "".join(f"{day}\t{days[day].hexdigest()}\n" for day in sorted(days))
    if hashlib.sha256(lines.encode()).hexdigest() != figure["hash"]:
        yield f"{name}: the records do not give the hash {figure['hash']}"
    yield from (f"{name}: a record lies outside the period" for row in rows if not within(row, figure))
    if (sums := added(figure["kind"], rows)) != numbers(figure["now"]):
        yield f"{name}: the records come to {sums}, the manifest says {numbers(figure['now'])}"
    if figure["reported"]:
        yield from check_reported(figure)


def check_reported(figure: dict) -> Iterator[str]:
    """Reported + adjustments = known now; without an adjustment the evidence is the very one that was reported."""
    name, changes = figure["key"], figure["adjustments"]
    sums = [numbers(figure["reported"]), *(numbers(each) for each in changes)]
    if tuple(map(sum, zip(*sums, strict=True))) != numbers(figure["now"]):
        yield f"{name}: reported and adjustments do not add up to what is known now"
    if not changes and figure["reported"]["hash"] != figure["hash"]:
        yield f"{name}: nothing was adjusted, and yet the evidence is not the one that was reported"


def within(row: Row, figure: dict) -> bool:
    """A level looks back to the beginning; every other kind only at the period."""
    fits_scope = figure["scope"] in (0, row[2])
    return fits_scope and row[1] <= figure["last"] and (figure["kind"] == "level" or row[1] >= figure["first"])


def added(kind: str, rows: list[Row]) -> tuple[Decimal, Decimal, Decimal]:
    """(part, whole, records) as the kind of figure adds them up."""
    part = sum((row[3] for row in rows), Decimal(0))
    if kind == "distinct":
        part = Decimal(len({row[5] for row in rows}))
    if kind == "latest":
        part = Decimal(max((date.fromisoformat(row[1]).toordinal() for row in rows), default=0))
    return part, sum((row[4] for row in rows), Decimal(0)), Decimal(len(rows))


def numbers(sums: dict) -> tuple[Decimal, Decimal, Decimal]:
    return Decimal(sums["part"]), Decimal(sums["whole"]), Decimal(sums["records"])


def main(path: str) -> int:
    with ZipFile(path) as pack:
        manifest = pack.read("manifest.json")
        facts = json.loads(manifest)
        print(f"{facts['programme']['code']} {facts['programme']['name']} {facts['programme']['year']}")
        print(f"manifest SHA-256 {hashlib.sha256(manifest).hexdigest()}")
        faults = list(check(pack))
    for fault in faults:
        print(f"NOT AS IT SHOULD BE  {fault}")
    print(f"{len(facts['files'])} files, {len(facts['figures'])} figures, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else "usage: check_pack.py PACK.zip")
