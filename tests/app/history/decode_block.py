#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Backwatch authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints every sample of a history as CSV, after resources/schema/README.md alone. Needs the zstd program."""
import csv
import sqlite3
import subprocess
import sys

PLAIN = ["id", "started_at", "outcome", "state", "http_status", "address", "detail", "retry_after", "mask"]
PHASES = ["dns", "connect", "tls", "send", "wait", "receive", "total"]


def signed(number):
    return -(number + 1) // 2 if number & 1 else number // 2


def wrapped(value):
    return (value + 2**63) % 2**64 - 2**63


class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        taken = self.data[self.at:self.at + count]
        if len(taken) < count:
            raise ValueError("the block ends too early")
        self.at += count
        return taken

    def number(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def column(self, count):
        if count == 0:
            return []
        head = self.take(1)[0]
        base = signed(self.number())
        planes = [self.take(count) for _ in range(head & 15)]
        steps = [base + signed(int.from_bytes(bytes(p[i] for p in planes), "little")) for i in range(count)]
        if head >> 4 == 0:
            return [wrapped(step) for step in steps]
        values = [signed(self.number())]
        for step in steps[1:]:
            values.append(wrapped(values[-1] + step))
        return values


def duration(code):
    if code < 0:
        return -duration(-code)
    if code < 200:
        return code
    exponent, mantissa = code // 100 - 1, code % 100 + 100
    return (mantissa << exponent) + (1 << exponent >> 1)


def samples(data):
    block = Bytes(subprocess.run(["zstd", "-dcq"], input=data, capture_output=True, check=True).stdout)
    if block.take(1)[0] != 1:
        raise ValueError("another format")
    exact = block.take(1)[0] == 0
    count = block.number()
    columns = {name: block.column(count) for name in PLAIN}
    rows = [{name: columns[name][i] for name in PLAIN} for i in range(count)]
    for bit, name in enumerate(PHASES):
        having = [row for row in rows if row["mask"] >> bit & 1]
        for row, value in zip(having, block.column(len(having))):
            row[name] = value if exact else duration(value)
    for row in rows:
        row.setdefault("total", sum(row.get(name, 0) for name in PHASES[:6]))
    return rows


def main(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    phrases = dict(database.execute("SELECT id, value FROM phrase"))
    found = []
    for monitor, data in database.execute(
            "SELECT id & 4294967295, data FROM sample_block UNION ALL "
            "SELECT monitor_id, data FROM sample_part WHERE seal IN (SELECT id FROM sample_seal)"):
        found += [(row, monitor) for row in samples(data)]
    log = database.execute(
        "SELECT id, started_at, outcome, state, http_status, ifnull(address, 0), ifnull(detail, 0), "
        "ifnull(retry_after_s, -1), 0, dns_us, connect_us, tls_us, send_us, wait_us, receive_us, total_us, monitor_id "
        "FROM sample WHERE id > ifnull((SELECT max(id) FROM sample_seal), 0)")
    for line in log:
        found.append(({n: v for n, v in zip(PLAIN + PHASES, line) if v is not None}, line[-1]))
    out = csv.writer(sys.stdout, lineterminator="\n")
    for row, monitor in sorted(found, key=lambda entry: entry[0]["id"]):
        out.writerow([monitor] + [row[name] for name in PLAIN[1:5]] + [row.get(name, "") for name in PHASES] +
                     [phrases.get(row["address"], ""), phrases.get(row["detail"], ""), row["retry_after"]])


main(sys.argv[1])
