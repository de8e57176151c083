-- SPDX-FileCopyrightText: The Backwatch authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 3: the log holds the newest hours only. About once an hour its oldest rows are sealed into one part a
-- monitor, and a finished day (UTC) becomes one block a monitor with a row per hour and one per day.
-- README.md beside this file says how parts, blocks and rollups are read.

-- Costs more bytes than the rows, and dirties a page a row; an hour or two are found by looking at all of it.
DROP INDEX sample_by_monitor;

-- Complete seals, by the last log row that went into their parts. A log row with an id up to the newest seal
-- is about to be removed, and a part whose seal does not stand here is not finished: neither counts.
CREATE TABLE sample_seal (id INTEGER PRIMARY KEY);

-- Samples of one monitor and day as they came, exact, until the day is packed. In the order in which they are
-- written, so that a seal fills pages one after the other.
CREATE TABLE sample_part (
    seal INTEGER NOT NULL,
    monitor_id INTEGER NOT NULL,
    day INTEGER NOT NULL, -- since 1970, UTC
    samples INTEGER NOT NULL,
    first_at INTEGER NOT NULL, -- earliest and latest start
    last_at INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (seal, monitor_id, day)
) WITHOUT ROWID;

-- A day of one monitor; phases within half a percent, everything else exact. Has a rowid, since blobs of this
-- size would waste half a page each without.
CREATE TABLE sample_block (
    id INTEGER PRIMARY KEY, -- day since 1970 * 4294967296 + monitor_id
    samples INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    data BLOB NOT NULL
);

-- What an hour's samples amount to; kept when the block is gone. min, max and sum are those of total_us over the
-- checks that got an answer.
CREATE TABLE rollup_hour (
    day INTEGER NOT NULL,
    monitor_id INTEGER NOT NULL,
    hour INTEGER NOT NULL, -- of the day, 0 to 23
    checks INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    codes TEXT NOT NULL,    -- '200:57 503:3'; 0: no answer, 1 and 2: a good and a wrong one without a code
    outcomes TEXT NOT NULL, -- by number: '0:57 19:3'
    min_us INTEGER,
    max_us INTEGER,
    sum_us INTEGER,
    phases BLOB NOT NULL,
    sketch BLOB NOT NULL,
    PRIMARY KEY (day, monitor_id, hour)
) WITHOUT ROWID;

CREATE TABLE rollup_day (
    monitor_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    checks INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    codes TEXT NOT NULL,
    outcomes TEXT NOT NULL,
    min_us INTEGER,
    max_us INTEGER,
    sum_us INTEGER,
    phases BLOB NOT NULL,
    sketch BLOB NOT NULL,
    PRIMARY KEY (monitor_id, day)
) WITHOUT ROWID;

DROP VIEW v_recent_samples;
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
WHERE s.id > ifnull((SELECT max(id) FROM sample_seal), 0)
  AND s.started_at > (SELECT max(started_at) FROM sample) - 86400000
ORDER BY s.id DESC;

CREATE VIEW v_hourly AS
SELECT m.service, m.name AS monitor,
       strftime('%Y-%m-%dT%H:00:00Z', r.day * 86400 + r.hour * 3600, 'unixepoch') AS start,
       r.checks, r.failures, r.codes,
       r.min_us / 1000.0 AS min_ms,
       r.sum_us / 1000.0 / (r.checks - CASE WHEN r.codes LIKE '0:%'
           THEN CAST(substr(r.codes, 3) AS INTEGER) ELSE 0 END) AS mean_ms,
       r.max_us / 1000.0 AS max_ms
FROM rollup_hour r
JOIN monitor m ON m.id = r.monitor_id
ORDER BY r.day DESC, r.hour DESC;

CREATE VIEW v_daily AS
SELECT m.service, m.name AS monitor,
       strftime('%Y-%m-%d', r.day * 86400, 'unixepoch') AS day,
       r.checks, r.failures, r.codes,
       r.min_us / 1000.0 AS min_ms,
       r.sum_us / 1000.0 / (r.checks - CASE WHEN r.codes LIKE '0:%'
           THEN CAST(substr(r.codes, 3) AS INTEGER) ELSE 0 END) AS mean_ms,
       r.max_us / 1000.0 AS max_ms
FROM rollup_day r
JOIN monitor m ON m.id = r.monitor_id
ORDER BY r.day DESC;

-- What is packed at the moment, and how large.
CREATE VIEW v_blocks AS
SELECT m.service, m.name AS monitor, strftime('%Y-%m-%d', (b.id >> 32) * 86400, 'unixepoch') AS day,
       b.samples, length(b.data) AS bytes
FROM sample_block b
JOIN monitor m ON m.id = b.id & 4294967295;

CREATE VIEW v_states AS
SELECT m.service, m.name AS monitor, t.id AS state,
       strftime('%Y-%m-%dT%H:%M:%fZ', i.started_at / 1000.0, 'unixepoch') AS started_at,
       strftime('%Y-%m-%dT%H:%M:%fZ', i.ended_at / 1000.0, 'unixepoch') AS ended_at
FROM state_interval i
JOIN monitor m ON m.id = i.monitor_id
JOIN state t ON t.number = i.state
ORDER BY i.started_at DESC;
