"""Source text becomes blocks: headings, paragraphs, tables, page breaks, generated parts."""

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a heading; `level` is 0 for running text, 1 for a section of the filing."""

    text: str
    level: int = 0
    align: Align = "left"
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `tag` names the fact it carries so that its page can be told."""

    cells: tuple[str, ...]
    head: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; widths are shares of the line."""

    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    splits_rows: bool = False
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Break:
    """A new page, upright or lying."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, filled once the pages are known."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A part made by code from the accounts: its name and its arguments."""

    name: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Space:
    """A tenth of a page left white."""


Block = Line | Table | Break | Contents | Generated | Space


@dataclass(slots=True)
class _Reader:
    ticked: str
    blocks: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    widths: tuple[float, ...] = ()
    options: tuple[str, ...] = ()

    def line(self, raw: str) -> None:
        if raw.startswith("|"):
            self._table_line(raw)
            return
        self._close_table()
        if raw.strip():
            self.blocks.append(self._block(raw.rstrip()))

    def _table_line(self, raw: str) -> None:
        if raw.startswith("|="):
            self._close_table()
            words = raw[2:].split()
            self.options = tuple(word for word in words if word.isalpha())
            self.widths = tuple(float(word) for word in words if not word.isalpha())
            return
        head = raw.startswith("||")
        cells = tuple(cell.strip().replace("\\n", "\n") for cell in raw.lstrip("|").split("|"))
        self.rows.append(Row(cells, head))

    def _close_table(self) -> None:
        if self.rows:
            widths = self.widths or tuple(1.0 for _ in self.rows[0].cells)
            uneven = [row.cells for row in self.rows if len(row.cells) != len(widths)]
            if uneven:
                raise ValueError(f"a row has not {len(widths)} cells: {uneven[0]}")
            self.blocks.append(
                Table(tuple(self.rows), widths, "split" in self.options, "bare" not in self.options)
            )
            self.rows, self.widths, self.options = [], (), ()

    def _block(self, raw: str) -> Block:
        mark, _, rest = raw.partition(" ")
        if raw in ("---", "=== 横", "=== 竖"):
            return Break(landscape=raw.endswith("横"))
        if raw == "~":
            return Space()
        if raw == "@目录":
            return Contents()
        if mark.startswith("@"):
            return Generated(mark[1:], tuple(rest.split()))
        if raw in _BOXES:
            return Line(_BOXES[raw].replace("√", self.ticked))
        styles: dict[str, Line] = {
            "#": Line(rest, 1, "center"),
            "##": Line(rest, 2),
            "###": Line(rest, 3),
            "^": Line(rest, align="center"),
            "^^": Line(rest, 9, "center"),
            "^=": Line(rest, 8, "center"),
            ">": Line(rest, align="right"),
            ".": Line(rest),
        }
        return styles.get(mark, Line(raw, indent=2.0))


_BOXES = {"[v]": "√适用 □不适用", "[x]": "□适用 √不适用", "[是]": "√是 □否", "[否]": "□是 √否"}


def parse(source: str, ticked: str = "√") -> list[Block]:
    """The blocks of a source text, in order.

    `#`, `##`, `###` headings; `^` centred, `^^` great and `^=` small title, `>` right, `.` no indent; `|=`
    opens a table with its column widths, `||` head rows, `|` rows; `[v]` and `[x]` check boxes; `~` white
    space, `---` a new page, `=== 横` a lying one; `@name` a generated part.
    """
    reader = _Reader(ticked)
    for raw in source.splitlines():
        if not raw.startswith("//"):
            reader.line(raw)
    reader.line("")
    return reader.blocks
