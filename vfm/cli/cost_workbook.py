"""`vfm cost` of an Excel workbook: a module of its own, so that a CSV file need not wait a tenth of a second for openpyxl."""

from vfm.sheets.workbook import read_workbook

__all__ = ["read_workbook"]
