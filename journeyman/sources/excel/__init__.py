"""Workbooks of Excel and LibreOffice: the sheet with the table, and the table on the sheet."""
