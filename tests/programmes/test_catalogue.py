"""Every sentence of the pure core has its Chinese, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import ops.programmes
from ops.programmes.evaluation.messages import FINDINGS, FLAGS
from ops.programmes.targets.messages import DOUBTS, REFUSALS, REMARKS
from ops.programmes.targets.messages import MESSAGES as OF_TARGETS

pytestmark = pytest.mark.pure

ROOT = Path(ops.programmes.__file__).parent
MESSAGES = {**OF_TARGETS, **FLAGS}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


def chinese() -> dict[str, str]:
    found: dict[str, str] = {}
    for catalogue in ROOT.rglob("messages.po"):
        with catalogue.open("rb") as file:
            found |= {str(m.id): str(m.string) for m in read_po(file, locale="zh_Hans_CN") if m.id}
    return found


@pytest.mark.parametrize("words", FINDINGS.values())
def test_every_finding_has_its_chinese(words: str) -> None:
    assert sorted(PLACEHOLDER.findall(chinese()[words])) == sorted(PLACEHOLDER.findall(words))


@pytest.mark.parametrize("code", MESSAGES)
def test_every_sentence_has_its_chinese_with_the_same_placeholders(code: str) -> None:
    translated = chinese()[MESSAGES[code]]
    assert re.search(r"[一-鿿]", translated)
    assert sorted(PLACEHOLDER.findall(translated)) == sorted(PLACEHOLDER.findall(MESSAGES[code]))


def test_no_code_stands_twice_and_every_code_is_used_in_the_source() -> None:
    assert len(MESSAGES) == len(DOUBTS) + len(REMARKS) + len(REFUSALS) + len(FLAGS)
    source = "".join(p.read_text(encoding="utf-8") for p in ROOT.rglob("*.py") if p.name != "messages.py")
    assert {code for code in MESSAGES if f'"{code}"' not in source} == set()
