"""Many papers of many people as tables: for the front desk and for advocates."""

from explainer.batch.csv_file import csv_pieces
from explainer.batch.gather import compared, one_by_one
from explainer.batch.rows import Batch, Gap, Patient, Row
from explainer.batch.tables import NAMES, Name, Table, Tables
from explainer.batch.xlsx_file import TooManyRows, xlsx_file

__all__ = [
    "NAMES", "Batch", "Gap", "Name", "Patient", "Row", "Table", "Tables", "TooManyRows", "compared", "csv_pieces", "one_by_one",
    "xlsx_file",
]  # fmt: skip
