// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace backwatch {

/// Turns SIGTERM, SIGINT and SIGHUP into a Qt signal, so that the program can end in good order. At most one
/// may exist at a time; it lives in the main thread.
class TerminationSignal : public QObject
{
    Q_OBJECT

public:
    TerminationSignal();
    ~TerminationSignal() override;

Q_SIGNALS:
    void received();

private:
    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace backwatch
