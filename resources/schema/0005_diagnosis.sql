-- SPDX-FileCopyrightText: The Backwatch authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 5: what was thought of an incident, each time that it changed.
CREATE TABLE diagnosis (
    incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    made_at     INTEGER NOT NULL, -- ms since 1970, UTC
    document    BLOB    NOT NULL, -- JSON
    PRIMARY KEY (incident_id, made_at)
) WITHOUT ROWID;
