"""Excel files: every cell with its column's name, hidden ones too; what is found is gone."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from spacy_privacy_filter.documents.blocks import DocumentError
from spacy_privacy_filter.documents.formats import open_document

from ..makers import (
    R,
    leaks,
    link,
    members,
    pack,
    parsed,
    redact,
    reread,
    save,
    share_strings,
    sheet_file,
)

NAME = "Kai Lund"


def load(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_cell_is_read_with_the_name_of_its_column() -> None:
    source = sheet_file([["Full Name", "Seen"], [NAME, date(2025, 3, 2)], ["Mia", 2.5]])
    text = reread(source, "xlsx")
    assert "Full Name: Kai Lund\nSeen: 2025-03-02\n\nFull Name: Mia\nSeen: 2.5\n" in text
    assert "Full Name\nSeen\n\n" in text  # the names of columns are cells, too


def test_without_a_first_row_of_names_cells_are_read_alone() -> None:
    assert reread(sheet_file([["Kai", 5], ["Mia", 6]]), "xlsx").startswith("Sheet\nKai\n5\n\nMia\n")


def test_numbers_and_dates_become_text_where_they_are_found() -> None:
    rows = [["Name", "Born", "Card", "Time"], ["a", date(1980, 2, 3), 4111111111111111, 7]]
    rows.append(["b", datetime(1980, 2, 3, 14, 30), 12, 7])  # noqa: DTZ001
    new = redact(sheet_file(rows), "xlsx", ["1980-02-03", "4111111111111111"])
    sheet = load(new).active
    assert [cell.value for cell in sheet[2]] == ["a", "[X_1]", "[X_1]", 7]
    assert sheet["B3"].value == "[X_1] 14:30:00"
    assert sheet["C3"].value == 12
    # 29254 is the day in Excel's count.
    assert leaks(new, ["1980-02-03", "4111111111111111", "29254"]) == []


def test_a_string_of_many_cells_is_replaced_in_all() -> None:
    source = share_strings(sheet_file([["Name"], [NAME], [NAME], ["stays"]]))
    assert members(source)["xl/sharedStrings.xml"].count(NAME.encode()) == 1
    new = redact(source, "xlsx", [NAME])
    assert [row[0].value for row in load(new).active] == ["Name", "[X_1]", "[X_1]", "stays"]
    assert leaks(new, [NAME]) == []


def test_whatever_is_hidden() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = NAME
    sheet["A1"].comment = Comment(f"{NAME}: hello", NAME)
    sheet["A1"].hyperlink = "mailto:Kai%20Lund"
    sheet["B1"] = "stays"
    sheet.row_dimensions[1].hidden = True
    sheet.oddHeader.center.text = NAME
    sheet.add_data_validation(DataValidation(type="list", formula1=f'"{NAME},x"', prompt=NAME))
    hidden = book.create_sheet("Secret")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = NAME
    book.defined_names["who"] = DefinedName("who", attr_text=f'"{NAME}"')
    book.properties.creator = book.properties.title = NAME
    chart = BarChart()
    chart.title = NAME
    chart.add_data(Reference(sheet, min_col=1, min_row=1))
    sheet.add_chart(chart)
    new = redact(save(book), "xlsx", [NAME])
    assert leaks(new, [NAME, "Kai%20Lund"]) == []
    again = load(new)
    assert again.active["B1"].value == "stays"
    assert again["Secret"].sheet_state == "veryHidden"
    assert again.active["A1"].comment.text == "[X_1]: hello"


def test_sheets_that_are_called_by_what_was_found() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "=SUM('Kai Lund'!A1:A2)"
    book.create_sheet(NAME)["A1"] = 5
    book.create_sheet("X_1")
    new = redact(save(book), "xlsx", [NAME], made="[X_1]")
    again = load(new)
    assert again.sheetnames == ["Sheet", "X_1 2", "X_1"]  # some marks cannot be in names
    assert again.active["A1"].value == "=SUM('X_1 2'!A1:A2)"
    assert leaks(new, [NAME]) == []


def test_a_formula_that_says_or_gave_what_was_found_becomes_its_value() -> None:
    made = members(sheet_file([["=A2", '=IF(1,"Kai Lund","x")', "=1+1"], ["stays"]]))
    sheet = made["xl/worksheets/sheet1.xml"].decode()
    sheet = sheet.replace('<c r="A1">', '<c r="A1" t="str">').replace("</f><v></v>", "</f><v/>")
    sheet = sheet.replace("<f>A2</f><v/>", f"<f>A2</f><v>{NAME}</v>")
    assert f"<v>{NAME}</v>" in sheet
    made["xl/worksheets/sheet1.xml"] = sheet.encode()
    new = redact(pack(made), "xlsx", [NAME])
    again = load(new).active
    assert (again["A1"].value, again["B1"].value, again["C1"].value) == ("[X_1]", None, "=1+1")
    assert leaks(new, [NAME]) == []


def test_strings_that_no_cell_shows() -> None:
    made = members(share_strings(sheet_file([["stays"]])))
    strings = made["xl/sharedStrings.xml"].decode()
    rich = "<si><r><t>Kai </t></r><r><t>Lund</t></r><rPh sb='0' eb='1'><t>Kai Lund</t></rPh></si>"
    made["xl/sharedStrings.xml"] = strings.replace("</sst>", f"{rich}</sst>").encode()
    new = redact(pack(made), "xlsx", [NAME])
    assert leaks(new, [NAME]) == []
    assert load(new).active["A1"].value == "stays"


def test_what_is_not_redacted_stays() -> None:
    source = sheet_file([["Name", "Sum"], ["a", 1], ["b", "=SUM(B2:B2)"], [None, True]])
    source = share_strings(source)
    first = redact(source, "xlsx", [])
    assert parsed(redact(first, "xlsx", [])) == parsed(first)
    for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        assert members(first)[name] == members(source)[name]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("xl/sharedStrings.xml", b"<sst/>", "does not have"),
        ("xl/workbook.xml", b"<a/>", "no workbook"),
        ("xl/vbaProject.bin", b"x", "macros"),
    ],
)
def test_bad_files_are_refused_with_a_reason(name: str, content: bytes, reason: str) -> None:
    made = {**members(share_strings(sheet_file([["a"]]))), name: content}
    with pytest.raises(DocumentError, match=reason):
        open_document(pack(made), "xlsx")


def test_pivot_tables_forget_what_they_kept() -> None:
    made = members(sheet_file([[NAME]]))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    folder = "xl/pivotCache"
    made[f"{folder}/pivotCacheDefinition1.xml"] = (
        f'<pivotCacheDefinition xmlns="{space}" xmlns:r="{R}" r:id="rId1"><cacheFields><cacheField '
        f'name="who"><sharedItems><s v="{NAME}"/><d v="1980-02-03T00:00:00"/><n v="5"/>'
        '<s v="stays"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'
    ).encode()
    made[f"{folder}/pivotCacheRecords1.xml"] = f"<a><s v='{NAME}'/></a>".encode()
    relation = link(1, "pivotCacheRecords", "pivotCacheRecords1.xml").replace("rIdX1", "rId1")
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    made[f"{folder}/_rels/pivotCacheDefinition1.xml.rels"] = (
        f"{rels}{relation}</Relationships>".encode()
    )
    book = "xl/_rels/workbook.xml.rels"
    relation = link(2, "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    made[book] = made[book].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    new = redact(pack(made), "xlsx", [NAME, "1980-02-03"])
    assert leaks(new, [NAME, "1980-02-03"]) == []
    kept = members(new)[f"{folder}/pivotCacheDefinition1.xml"]
    assert b'refreshOnLoad="1"' in kept
    assert b'<s v="[X_1]T00:00:00"/><n v="5"/><s v="stays"/>' in kept
    assert b"rId1" not in kept


def test_a_part_that_is_called_by_what_was_found_is_refused() -> None:
    made = members(sheet_file([[NAME]]))
    made["xl/Kai Lund.xml"] = b"<a/>"
    book = "xl/_rels/workbook.xml.rels"
    relation = link(2, "custom", "Kai Lund.xml")
    made[book] = made[book].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    with pytest.raises(DocumentError, match="called by"):
        redact(pack(made), "xlsx", [NAME])
