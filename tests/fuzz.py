"""Plan files with random changes against PyYAML: `python -m tests.fuzz [--files N] [--seed S]`, of `make test-all`.

Every second file is a right plan with other texts, in a style of YAML chosen at random (`random_emitter`): many of
these are accepted, and so compared. Of each file must hold: the check ends in findings, each with a place and a hint,
never in an exception; and either there is an error, or the data are exactly what PyYAML makes of the file as it was
typed. The same seed makes the same files. What fails is printed with its number and written to a file, to be mended and
kept in `tests/source/corpus`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from planbook.check import reports as reporting
from planbook.check.check import check
from planbook.diagnostics.finding import Severity
from planbook.rules.explanations import FOLDER
from planbook.source import read as reading
from planbook.source.fast_path import read_well_typed
from tests.random_emitter import RandomEmitter, with_odd_texts

CORPUS = Path(__file__).parent / "source" / "corpus"
"""Files that were read otherwise than PyYAML reads them, or took too long; what is found is added here."""

TYPED = [
    *" -:　、,#\"'[]{}|>\t?!&*%\\\xa0\u2028\u200b\r",
    *("  ", "    ", " #", "# ", "- ", ": ", "：", "...\n", "---\n", "\n　\n", "\n\t\n", "\n    ", "\n  # c\n", "|-\n"),
    *('"\\0"', "\\n", "<<: ", "!!str ", "2027-2027: ", "relist: ", "title: ", "  - a\n", "[a、b]", "{a: b}"),
    *(" # 決定\n", '"あ\n', "[\n", ">-\n", "|\n  ", "\\u0000", "\ufeff", "? ", "- - ", "<<<<<<< a\n", "&a ", "*a"),
]
"""What means something to YAML or to planbook, or looks like it."""

MAX_SIZE = 4_000
"""Characters: of longer examples the beginning is taken. PyYAML's own reader takes a millisecond for each 100."""


@cache
def seeds() -> tuple[str, ...]:
    """Return what is changed: the examples of all rules, right and wrong, and what was found before."""
    examples = sorted((*FOLDER.glob("*/right.yaml"), *FOLDER.glob("*/wrong.yaml")))
    texts = (path.read_bytes().decode("utf-8", "replace") for path in (*examples, *sorted(CORPUS.glob("*.yaml"))))
    return tuple(text[:MAX_SIZE] for text in texts)


def mutated(text: str, chance: random.Random) -> str:
    """Return a text with some changes, most of them where a line or its text begins or ends."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        if chance.random() < 0.7:
            at = text.rfind("\n", 0, at) + 1 if chance.random() < 0.5 else max(text.find("\n", at), 0)
            while chance.random() < 0.9 and text[at : at + 1] == " ":
                at += 1
        if chance.random() < 0.15:
            text = _with_lines_changed(text, chance)
            continue
        gone = chance.choice([0, 0, 0, 1, 2, 4])
        text = text[:at] + (chance.choice(TYPED) if not gone else "") + text[at + gone :]
    return text


def _with_lines_changed(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines.insert(other, lines[at])
        case 1:
            del lines[at]
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
    return "\n".join(lines)


@cache
def right_data() -> tuple[object, ...]:
    """Return the data of the right examples of all rules."""
    texts = (path.read_text("utf-8") for path in sorted(FOLDER.glob("*/right.yaml")))
    return tuple(yaml.load(text, Loader=yaml.BaseLoader) for text in texts if len(text) <= MAX_SIZE)  # noqa: S506 - texts only


def emitted(chance: random.Random) -> bytes:
    """Return a right plan with other texts, in other words of YAML."""
    data = with_odd_texts(chance.choice(right_data()), chance, chance.choice([0, 0.02, 0.1]))
    return RandomEmitter(chance).document(data)


def file(number: int, seed: int) -> bytes:
    """Return a file by its number."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - no secret
    if number % 2:
        return emitted(chance)
    return mutated(chance.choice(seeds()), chance).encode("utf-8", "surrogatepass")


def plain(value: Any) -> Any:
    """Return what was read as plain data, as PyYAML has it."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else str(value)


def assert_as_yaml_reads(data: bytes) -> bool:
    """Make sure that nothing is lost; return whether there was something to compare."""
    source = read_well_typed(data, "plan") or reading.read(data, "plan")
    if any(finding.severity is Severity.ERROR for finding in source.findings):
        return False
    assert plain(source.document.root) == plain(yaml.load(data, Loader=yaml.BaseLoader))  # noqa: S506 - texts only
    return True


def assert_checked(data: bytes) -> None:
    """Make sure that the check ends in findings with a place and a hint."""
    checked = check(data, "plan")
    for diagnostic in checked.diagnostics:
        span = diagnostic.span
        assert diagnostic.rule
        assert diagnostic.message
        assert diagnostic.hint, diagnostic
        assert (1, 1) <= span[:2] <= span[2:], diagnostic
    assert (checked.plan is None) == (checked.count(Severity.ERROR) > 0)
    for form in reporting.FORMATS:
        reporting.write(reporting.Report.of(["plan"], [checked]), form)


def tried(number: int, seed: int) -> tuple[int, bool, str]:
    """Try a file: its number, whether there was something to compare, and what was wrong with it."""
    data = file(number, seed)
    try:
        compared = assert_as_yaml_reads(data)
        assert_checked(data)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not be
        return number, False, f"{type(error).__name__}: {str(error)[:300]}"
    return number, compared, ""


def main() -> int:
    """Try many files; return 1 where one fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    compared, failed = 0, 0
    with multiprocessing.Pool(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None) as pool:
        for number, had, wrong in pool.imap(partial(tried, seed=arguments.seed), range(arguments.files), chunksize=20):
            compared += had
            if wrong:
                failed += 1
                handle, name = tempfile.mkstemp(".yaml", f"planbook-{arguments.seed}-{number}-")
                os.write(handle, file(number, arguments.seed))
                os.close(handle)
                print(f"{name}: {wrong}", file=sys.stderr)  # noqa: T201 - a command of its own
    print(f"{arguments.files} files, seed {arguments.seed}: {compared} as PyYAML reads them, {failed} failed")  # noqa: T201
    return 1 if failed or compared < arguments.files // 4 else 0


if __name__ == "__main__":
    sys.exit(main())
