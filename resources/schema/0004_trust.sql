-- SPDX-FileCopyrightText: The Backwatch authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 4: what makes the figures answerable. Who changed what is watched, which outages were classified anew,
-- and the load of the machines behind. Nothing here is ever changed after it was written; rows go only by age.

-- Availability is summed from this index alone.
DROP INDEX state_interval_by_monitor;
CREATE INDEX state_interval_by_monitor ON state_interval (monitor_id, started_at, ended_at, state);

-- Every change of what is watched. Specs as in the monitors file, with values that may be secrets replaced.
CREATE TABLE configuration_change (
    id INTEGER PRIMARY KEY,
    changed_at INTEGER NOT NULL,
    who TEXT NOT NULL,        -- account and machine: 'anna@desk'
    kind TEXT NOT NULL CHECK (kind IN ('monitor', 'service', 'network')),
    monitor_id INTEGER,       -- of a monitor
    name TEXT NOT NULL,       -- after the change, or before the removal; 'Service/Monitor'
    spec_before TEXT,         -- NULL: was added
    spec_after TEXT,          -- NULL: was removed
    summary TEXT NOT NULL     -- the line that `apply` prints
);
CREATE INDEX configuration_change_by_time ON configuration_change (changed_at);

-- What an outage counts as instead of what was measured; the newest row of an incident holds. The measured
-- intervals and the incident stay as they are.
CREATE TABLE incident_classification (
    id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    changed_at INTEGER NOT NULL,
    who TEXT NOT NULL,
    classified_as TEXT NOT NULL CHECK (classified_as IN ('outage', 'maintenance', 'not-observed')),
    reason TEXT NOT NULL
);
CREATE INDEX incident_classification_by_incident ON incident_classification (incident_id, id);

-- What befell the history file itself: set aside, salvaged, checked, copied.
CREATE TABLE history_event (
    id INTEGER PRIMARY KEY,
    happened_at INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('set-aside', 'salvaged', 'full-check', 'backup')),
    detail TEXT NOT NULL
);

-- For the retention of evidence, which has its own.
CREATE INDEX evidence_by_age ON evidence (taken_at);

-- The load of the machine behind a service, one series a value.
CREATE TABLE load_series (
    id INTEGER PRIMARY KEY,
    service TEXT NOT NULL,
    name TEXT NOT NULL, -- 'nginx.connections.active'
    UNIQUE (service, name)
);
CREATE TABLE load_value (
    series_id INTEGER NOT NULL REFERENCES load_series (id),
    at INTEGER NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (series_id, at)
) WITHOUT ROWID;

CREATE VIEW v_audit AS
SELECT strftime('%Y-%m-%dT%H:%M:%fZ', changed_at / 1000.0, 'unixepoch') AS at, who, kind AS what, name AS subject,
       spec_before AS before, spec_after AS after, summary AS note
FROM configuration_change
UNION ALL
SELECT strftime('%Y-%m-%dT%H:%M:%fZ', c.changed_at / 1000.0, 'unixepoch'), c.who, 'outage',
       CASE m.service WHEN '' THEN m.name ELSE m.service || '/' || m.name END || ' #' || c.incident_id,
       ifnull((SELECT p.classified_as FROM incident_classification p
               WHERE p.incident_id = c.incident_id AND p.id < c.id ORDER BY p.id DESC LIMIT 1), 'outage'),
       c.classified_as, c.reason
FROM incident_classification c
JOIN incident i ON i.id = c.incident_id
LEFT JOIN monitor m ON m.id = i.monitor_id
UNION ALL
SELECT strftime('%Y-%m-%dT%H:%M:%fZ', happened_at / 1000.0, 'unixepoch'), 'backwatch', 'history', what, NULL, NULL,
       detail
FROM history_event
ORDER BY 1 DESC;

CREATE VIEW v_load AS
SELECT s.service, s.name, strftime('%Y-%m-%dT%H:%M:%fZ', v.at / 1000.0, 'unixepoch') AS at, v.value
FROM load_value v
JOIN load_series s ON s.id = v.series_id;
