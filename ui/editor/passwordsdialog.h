// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace backwatch {

/// Where passwords, tokens and passphrases are entered that the monitors name. What is stored is never shown.
/// Where the keychain does not take them, a person can choose to keep them in memory until the program ends.
class PasswordsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit PasswordsDialog(Watch &watch, QWidget *parent = nullptr);

    QStringList names() const; ///< of the secrets that the monitors name, as they are listed
    QLineEdit *field(const QString &name) const;
    QCheckBox *sessionOnly() const { return m_sessionOnly; } ///< hidden while there is a keychain
    QString problem() const;                                 ///< what stands below the fields

    void save();

private:
    void build();
    void addRow(QWidget *rows, const QString &name, const QStringList &usedBy);
    void follow();
    void stored(const QString &name, const Result<void> &result);

    Watch &m_watch;
    QMap<QString, QLineEdit *> m_fields;
    QLabel *m_trouble;
    QCheckBox *m_sessionOnly;
    QLabel *m_problem;
    QPushButton *m_save;
    int m_open = 0; ///< values that are being stored
    bool m_failed = false;
};

} // namespace backwatch
