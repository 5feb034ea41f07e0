"""Prints what trafilatura makes of each page of a folder: one JSON object a line, with the best time of three."""

import json
import sys
import time
from pathlib import Path

import trafilatura

folder = Path(sys.argv[1])
print(json.dumps({"version": trafilatura.__version__}))
for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines():
    page = json.loads(line)
    data = (folder / page["file"]).read_bytes()
    url = page["url"] if page["url"].startswith("http") else None
    best, text = None, None
    for _ in range(3):
        start = time.perf_counter()
        text = trafilatura.extract(data, url=url, include_comments=False, include_tables=True)
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
    print(json.dumps({"file": page["file"], "text": text or "", "seconds": best}))
