// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QWidget>

class QFormLayout;
class QVBoxLayout;

namespace backwatch {

class CountView;

/// The story of an incident: what was seen, by which check, the whole answer, and what differs from the last
/// good one. Everything remote is shown as plain text.
class EvidenceView : public QWidget
{
    Q_OBJECT

public:
    /// @param monitor absent when it has been removed since
    EvidenceView(const IncidentFile &file, const std::optional<Monitor> &monitor, QWidget *parent = nullptr);

    CountView *counts() const { return m_counts; }

private:
    void addSeen(const IncidentFile &file, const std::optional<Monitor> &monitor);
    void addAnswer(const Exchange &exchange);
    void addBody(const Exchange &exchange, QVBoxLayout *layout);
    void addReferences(const QList<Reference> &references);
    void addCertificate(const Certificate &certificate, UtcMs seenAt);
    void addDifference(const IncidentFile &file);

    QVBoxLayout *m_layout;
    CountView *m_counts;
};

} // namespace backwatch
