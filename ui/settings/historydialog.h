// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QDialog>
#include <QHash>
#include <QTimer>

class QGridLayout;
class QLabel;
class QPushButton;

namespace backwatch {

class TierRow;

/// What the history is made of, how it is, and how long its parts are kept. What a shorter time would delete
/// stands there before it can be taken over.
class HistoryDialog : public QDialog
{
    Q_OBJECT

public:
    explicit HistoryDialog(Watch &watch, QWidget *parent = nullptr);

    void store();

private:
    void build();
    void showAccount(const HistoryAccount &account);
    void rowChanged();
    void lookAhead();
    void follow();
    void stored(const Result<void> &result);

    Watch &m_watch;
    QLabel *m_health;
    QWidget *m_tiers;
    QGridLayout *m_grid;
    QLabel *m_going;
    QLabel *m_problem;
    QPushButton *m_store = nullptr;
    QPushButton *m_close = nullptr;
    QList<TierRow *> m_rows;
    QTimer m_settle;                          ///< while somebody types, nothing is asked
    quint64 m_asked = 0;                      ///< answers to an older choice are not shown
    QHash<HistoryTier, ExpiringPart> m_ahead; ///< of the changed rows, as far as it is known
    int m_open = 0;                           ///< settings that are being stored
    bool m_failed = false;
};

} // namespace backwatch
