#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Backwatch authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills FOLDER/{har,headers,body} with seeds from the recorded exchanges: seeds.py FOLDER"""
import json
import pathlib
import shutil
import sys

exchanges = pathlib.Path(__file__).parent.parent / "data" / "exchanges"
target = pathlib.Path(sys.argv[1])
for name in ("har", "headers", "body"):
    (target / name).mkdir(parents=True, exist_ok=True)
for har in exchanges.glob("*.har"):
    shutil.copy(har, target / "har")
    response = json.loads(har.read_text())["log"]["entries"][-1]["response"]
    fields = [f"{field['name']}: {field['value']}" for field in response["headers"]]
    (target / "headers" / har.stem).write_text("\n".join([response.get("statusText", ""), *fields]))
    (target / "body" / har.stem).write_text("\x05" + (response["content"].get("text") or ""))
for har in (exchanges.parent / "browsers").glob("*.har"):
    shutil.copy(har, target / "har")
for name, page in json.loads((exchanges / "described.json").read_text()).items():
    fields = [": ".join(field) for field in page["headers"]]
    (target / "headers" / name).write_text("\n".join([page["reason"], *fields]))
    (target / "body" / name).write_text("\x05" + page["body"])
