"""Compile the gettext catalogues named as arguments, each beside its source; a broken one is an error."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def main(sources: list[Path]) -> int:
    """The number of faulty messages is printed one by one; nothing of a faulty catalogue is written."""
    faults = [fault for source in sources for fault in compile_catalogue(source)]
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


def compile_catalogue(source: Path) -> list[str]:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    faults = [f"{source}: {fault}" for fault in faults_of(catalogue)]
    if not faults:
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
    return faults


def faults_of(catalogue: Catalog) -> list[str]:
    """Placeholders that the translation lost or invented."""
    return [f"{message.id!r}: {error}" for message, errors in catalogue.check() for error in errors]


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
