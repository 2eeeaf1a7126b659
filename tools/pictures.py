"""Make the pictures of the guide, `docs/images/*.png`, from what planbook really prints.

    python tools/pictures.py

It needs pdftoppm (poppler-utils) and a Chromium on the path, and is run by hand when the pages change.
"""

from __future__ import annotations

import base64
import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

from PIL import Image, ImageChops

from planbook.check.check import check
from planbook.check.reports import Report, write
from planbook.html.templates import Templates
from planbook.layout.book import BookPrinter
from planbook.project.publication import Publication

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "data/plan.yaml"
GUIDE = ROOT / "docs/ja/guide.md"
IMAGES = ROOT / "docs/images"
COLOURS = 32
"""Of a palette: pages have few colours, and files of under 150 KB load at once."""

TERMINAL = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: UD; src: url({font}) }}
body {{ margin: 0; padding: 18px 22px; width: 1060px; background: #1b2229; color: #e6e9ec; font: 16px/1.55 UD }}
pre {{ margin: 0; font: inherit; white-space: pre-wrap }}
i {{ display: inline-block; width: .6em; font-style: normal; text-align: center }}
i.wide {{ width: 1.2em }}
</style><pre><b>$ planbook check</b>
{text}</pre>"""
BESIDE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: UD; src: url({font}) }}
body {{ margin: 0; padding: 14px; width: 1172px; display: flex; gap: 16px; align-items: stretch; font: 14.5px/1.62 UD }}
pre {{ flex: 0 0 545px; box-sizing: border-box; margin: 0; padding: 14px 16px; overflow: hidden; font: inherit }}
pre, div {{ border: 1px solid #c4ccd4; border-radius: 6px }}
pre p {{ margin: 0; overflow: hidden; text-overflow: ellipsis }}
pre {{ background: #f6f8fa }}
b {{ color: #1f4e79; font-weight: 400 }}
div {{ flex: 1; padding: 10px; background: #fff }}
img {{ width: 100% }}
</style><pre>{text}</pre><div><img src="{page}"></div>"""
STYLES = {
    "1": "font-weight: bold",
    "2": "color: #9aa5b1",
    "31": "color: #ff8a80",
    "33": "color: #ffd166",
    "36": "color: #7fd1e0",
}


def save(picture: Image.Image, name: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS).save(IMAGES / f"{name}.png", optimize=True)


def page(document: Publication, number: int) -> Image.Image:
    plan = check(PLAN.read_bytes(), PLAN.name).plan
    if plan is None:
        sys.exit("data/plan.yaml has errors")
    return _picture(BookPrinter(Templates()).print(plan, [document], lambda *_: None)[0].content, number)


def _picture(pdf: bytes, number: int) -> Image.Image:
    command = ["pdftoppm", "-r", "100", "-png", "-f", str(number), "-singlefile", "-"]
    return Image.open(io.BytesIO(subprocess.run(command, input=pdf, check=True, capture_output=True).stdout))


SHAPES: dict[str, tuple[Publication, str]] = {
    "three-levels": (Publication.SHEETS, ""),
    "columns": (Publication.SHEETS, ""),
    "indicators": (Publication.PLAN, "指標一覧"),
    "marks": (Publication.SHEETS, ""),
}
"""Pictures of the plans in the guide: each shows what the plan before it prints, cut to what is on the page."""


def shape(name: str, document: Publication, part: str) -> Image.Image:
    """Return the page of a plan in the guide that begins with `part`, else the first, without its empty rest."""
    before, found, _ = GUIDE.read_text("utf-8").partition(f"(../images/{name}.png)")
    if not found:
        sys.exit(f"the guide does not show {name}.png")
    text = before.rpartition("```yaml plan\n")[2].partition("```")[0]
    plan = check(text.encode(), name).plan
    if plan is None:
        sys.exit(f"the plan before {name}.png has errors")
    pdf = BookPrinter(Templates()).print(plan, [document], lambda *_: None)[0].content
    number = 1
    if part:
        command = ["pdftotext", "-", "-"]
        pages = subprocess.run(command, input=pdf, check=True, capture_output=True).stdout.decode()
        number = next(at for at, each in enumerate(pages.split("\f"), 1) if each.startswith(part))
    picture = _picture(pdf, number).convert("RGB")
    foot = picture.height * 15 // 16  # the number of the page
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).crop((0, 0, picture.width, foot))
    left, top, right, bottom = box.getbbox() or (0, 0, picture.width, foot)
    margin = 20
    area = (max(left - margin, 0), max(top - margin, 0), min(right + margin, picture.width), bottom + margin)
    return picture.crop(area)


def _in_a_cell(sign: str) -> str:
    """Return a character as terminals set it, in one cell or two, so that carets stand where they point."""
    if sign in "\n\x1b":
        return sign
    wide = " class=wide" if unicodedata.east_asian_width(sign) in "WF" else ""
    return f"<i{wide}>{html.escape(sign) if sign.strip() else '&nbsp;'}</i>"


def terminal() -> Image.Image:
    """Return what `planbook check` says of three slips that planners make."""
    text = PLAN.read_text(encoding="utf-8")
    text = text.replace("departments: [社会福祉課]", "departments: [社会福祉科]", 1)
    text = text.replace("value: 2300", "value: ２３００", 1).replace("title: ", "title：", 1)
    report = write(Report.of(["data/plan.yaml"], [check(text.encode(), "data/plan.yaml")]), "text", color=True)
    spans = re.sub(
        r"\x1b<i>\[</i>((?:<i>[\d;]</i>)*)<i>m</i>",
        lambda code: (
            "</span><span style='"
            + ";".join(STYLES.get(each, "") for each in re.sub("</?i>", "", code[1]).split(";"))
            + "'>"
        ),
        "".join(map(_in_a_cell, report)),
    )
    font = (ROOT / "templates/fonts/BIZUDPGothic-Regular.ttf").as_uri()
    picture = _screenshot(TERMINAL.format(font=font, text=f"<span>{spans}</span>"), (1104, 900))
    background = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    box = ImageChops.difference(picture, background).getbbox()
    return picture.crop((0, 0, picture.width, min(picture.height, (box[3] if box else 0) + 18)))


def _screenshot(text: str, size: tuple[int, int]) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_text(text, encoding="utf-8")
        browser = shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("there is no Chromium")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--window-size={size[0]},{size[1]}", f"--screenshot={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        return Image.open(target).convert("RGB")


def beside() -> Image.Image:
    """Return the first project of the plan as it is typed, beside the sheet that is printed of it."""
    text = PLAN.read_text(encoding="utf-8")
    lines = text[text.index("          - id: existing-desks") : text.index("          - id: nearby-desks")]
    shown = [line[10:] for line in lines.rstrip().split("\n") if not line.lstrip().startswith("#")]
    keys = re.compile(r"^([ -]*)([a-z0-9-]+)(?=:)")
    typed = "".join("<p>" + keys.sub(r"\1<b>\2</b>", html.escape(line)) + "</p>" for line in shown)
    sheet = page(Publication.SHEETS, 1)
    stream = io.BytesIO()
    sheet.crop((40, 100, sheet.width - 40, sheet.height * 46 // 100)).save(stream, "PNG")
    font = (ROOT / "templates/fonts/BIZUDPGothic-Regular.ttf").as_uri()
    printed = f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"
    return _screenshot(BESIDE.format(font=font, text=typed, page=printed), (1200, 530))


if __name__ == "__main__":
    save(page(Publication.SYSTEM_TABLE, 1), "system-table")
    save(page(Publication.SHEETS, 1), "sheet")
    save(terminal(), "check")
    save(beside(), "typed-and-printed")
    for shown, (printed, begins) in SHAPES.items():
        save(shape(shown, printed, begins), shown)
