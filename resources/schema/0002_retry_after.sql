-- SPDX-FileCopyrightText: The Backwatch authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 2: a 503 that announces maintenance decides the state, so what it announced is stored with the sample.
ALTER TABLE sample ADD COLUMN retry_after_s INTEGER; -- seconds; NULL: no Retry-After
