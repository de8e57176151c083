# SPDX-FileCopyrightText: The Backwatch authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program of the site behind HAProxy: it greets with a row out of PostgreSQL, and fails as programs do."""
import ctypes
import os
import signal
import time

POSTGRES = ctypes.CDLL("libpq.so.5")
POSTGRES.PQconnectdb.restype = POSTGRES.PQexec.restype = ctypes.c_void_p
POSTGRES.PQerrorMessage.restype = POSTGRES.PQgetvalue.restype = ctypes.c_char_p
for function in (POSTGRES.PQstatus, POSTGRES.PQfinish, POSTGRES.PQerrorMessage, POSTGRES.PQclear):
    function.argtypes = [ctypes.c_void_p]
POSTGRES.PQexec.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
POSTGRES.PQgetvalue.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]


class OperationalError(Exception):
    """As Python's database modules name it. An OSError gunicorn would take for a broken connection."""


def greeting():
    connection = POSTGRES.PQconnectdb(os.environ["SHOP_DATABASE"].encode())
    try:
        if POSTGRES.PQstatus(connection) != 0:
            raise OperationalError(POSTGRES.PQerrorMessage(connection).decode())
        result = POSTGRES.PQexec(connection, b"SELECT 'Welcome to the shop'")
        try:
            return POSTGRES.PQgetvalue(result, 0, 0).decode()
        finally:
            POSTGRES.PQclear(result)
    finally:
        POSTGRES.PQfinish(connection)


def page(title, text):
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{text}</p></body></html>\n"


def answer(path):
    """Status, further fields and body."""
    if os.path.exists(os.environ["SHOP_MAINTENANCE"]):
        return ("503 Service Unavailable", [("Retry-After", "1800")],
                page("Back soon", "The shop is closed for maintenance."))
    if path == "/alive":
        return "200 OK", [], "alive\n"
    if path == "/sleeping":
        time.sleep(60)
    if path == "/crashing":
        os.kill(os.getpid(), signal.SIGKILL)
    if path == "/broken":
        return "200 OK", [], {}["price"]
    if path in ("/polite", "/kept"):
        try:
            return "200 OK", [], page("Shop", greeting())
        except OperationalError:
            kept = [("Cache-Control", "max-age=300")] if path == "/kept" else []
            return "500 Internal Server Error", kept, page("Sorry", "Something went wrong.")
    return "200 OK", [], page("Shop", greeting())


def application(environ, start_response):
    status, fields, body = answer(environ["PATH_INFO"])
    kind = "text/html; charset=utf-8" if body.startswith("<") else "text/plain; charset=utf-8"
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))] + fields)
    return [body.encode()]
