"""Reads the tables of `bilan export` with the programs that people read them with.

In: a folder of exports of the example reports, made by tables.rs. Out: nothing, or the first thing that is wrong.
"""

import csv
import json
import sys
from pathlib import Path

import pyarrow.parquet
from frictionless import Package

folder = Path(sys.argv[1])
with open(folder / "claims.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
assert len(rows) > 100, f"claims.csv has {len(rows)} rows"

table = pyarrow.parquet.read_table(folder / "claims.parquet")
assert table.num_rows == len(rows), f"{table.num_rows} rows in Parquet, {len(rows)} in CSV"
for row, other in zip(rows, table.to_pylist()):
    assert list(row) == list(other), "the columns of CSV and Parquet differ"
    for name, cell in row.items():
        value = other[name]
        if value is None:
            text = ""
        elif isinstance(value, bool):
            text = str(value).lower()
        elif isinstance(value, list):
            text = "; ".join(value)
        else:
            text = str(value)
        same = text == cell.removeprefix("'") or text == cell
        if isinstance(value, float):
            same = value == float(cell)
        assert same, f"{name}: {cell!r} in CSV, {value!r} in Parquet"

package = Package(str(folder / "datapackage.json"))
names = {resource.name for resource in package.resources}
assert names >= {"claims", "model", "ged", "hxl"}, names
report = package.validate()
assert report.valid, report.flatten(["name", "type", "message"])

hxl = list(csv.reader(open(folder / "hxl.csv", newline="", encoding="utf-8")))
assert all(tag.startswith("#") for tag in hxl[1]), hxl[1]

graph = json.load(open(folder / "schemaorg.jsonld", encoding="utf-8"))["@graph"]
assert graph and all(claim["@type"] == "Claim" and claim["appearance"] for claim in graph)
print(f"{len(rows)} claims, {len(package.resources)} tables, {len(graph)} statements read")
