-- SPDX-FileCopyrightText: The Backwatch authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Backwatch's history, schema 1. Times are milliseconds since 1970 in UTC, phases are microseconds, absent is NULL.

-- Words for the numbers that the log stores; filled by the program from its closed lists.
CREATE TABLE outcome (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE state (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);

-- Single values of the program itself, such as configuration_revision.
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE service (
    name TEXT PRIMARY KEY,
    spec TEXT NOT NULL -- JSON, as in the monitors file
) WITHOUT ROWID;

-- AUTOINCREMENT: the id of a removed monitor is never used again, its history stays its own.
CREATE TABLE monitor (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL, -- empty: stands alone
    name TEXT NOT NULL,
    spec TEXT NOT NULL, -- JSON, as in the monitors file
    created_at INTEGER NOT NULL,
    removed_at INTEGER
);
CREATE UNIQUE INDEX monitor_name ON monitor (service, name) WHERE removed_at IS NULL;

-- Addresses and sentences recur; the log refers to them.
CREATE TABLE phrase (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);

-- Every answer of every check, in the order in which they came in.
CREATE TABLE sample (
    id INTEGER PRIMARY KEY,
    monitor_id INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    state INTEGER NOT NULL, -- that the program drew from it
    http_status INTEGER NOT NULL, -- 0: no answer
    dns_us INTEGER,
    connect_us INTEGER,
    tls_us INTEGER,
    send_us INTEGER,
    wait_us INTEGER,
    receive_us INTEGER,
    total_us INTEGER NOT NULL,
    address INTEGER, -- phrase
    detail INTEGER -- phrase
);
-- Holds all that rollups are made of: the rows of one monitor are spread over the whole table.
CREATE INDEX sample_by_monitor ON sample (monitor_id, started_at, outcome, http_status, total_us);

-- Settled states; the newest of a monitor has no end.
CREATE TABLE state_interval (
    id INTEGER PRIMARY KEY,
    monitor_id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE INDEX state_interval_by_monitor ON state_interval (monitor_id, started_at);

-- When this program was running; last_seen_at moves on while it does.
CREATE TABLE observer (
    id INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
);

CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    monitor_id INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL,
    closed_at INTEGER,
    outcome INTEGER NOT NULL,
    http_status INTEGER NOT NULL,
    detail TEXT NOT NULL,
    producer TEXT NOT NULL -- fingerprint id, empty when not recognised
);
CREATE INDEX incident_by_monitor ON incident (monitor_id, opened_at);

-- Marks that find the same request in the server's own log: ('xid', '32770').
CREATE TABLE incident_reference (
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    position INTEGER NOT NULL, -- most useful first
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (incident_id, position)
) WITHOUT ROWID;

-- The exchange that opened an incident and the last good one before it: HAR 1.2, zstd.
CREATE TABLE evidence (
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    role TEXT NOT NULL CHECK (role IN ('failed', 'last-good')),
    taken_at INTEGER NOT NULL,
    har BLOB NOT NULL,
    PRIMARY KEY (incident_id, role)
);

CREATE VIEW v_recent_samples AS
SELECT m.service, m.name AS monitor,
       strftime('%Y-%m-%dT%H:%M:%fZ', s.started_at / 1000.0, 'unixepoch') AS started_at,
       o.id AS outcome, t.id AS state, s.http_status,
       s.total_us / 1000.0 AS total_ms, a.value AS address, d.value AS detail
FROM sample s
JOIN monitor m ON m.id = s.monitor_id
JOIN outcome o ON o.number = s.outcome
JOIN state t ON t.number = s.state
LEFT JOIN phrase a ON a.id = s.address
LEFT JOIN phrase d ON d.id = s.detail
WHERE s.started_at > (SELECT max(started_at) FROM sample) - 86400000
ORDER BY s.id DESC;

CREATE VIEW v_incidents AS
SELECT i.id, m.service, m.name AS monitor,
       strftime('%Y-%m-%dT%H:%M:%fZ', i.opened_at / 1000.0, 'unixepoch') AS opened_at,
       strftime('%Y-%m-%dT%H:%M:%fZ', i.closed_at / 1000.0, 'unixepoch') AS closed_at,
       (i.closed_at - i.opened_at) / 1000.0 AS duration_s,
       o.id AS outcome, i.http_status, i.detail, i.producer,
       (SELECT group_concat(r.kind || ' ' || r.value, ', ') FROM incident_reference r WHERE r.incident_id = i.id)
           AS "references"
FROM incident i
JOIN monitor m ON m.id = i.monitor_id
JOIN outcome o ON o.number = i.outcome
ORDER BY i.opened_at DESC;
