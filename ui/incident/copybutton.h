// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QTimer>

namespace backwatch {

/// Puts one text on the clipboard, and says for a moment that it did.
class CopyButton : public QPushButton
{
    Q_OBJECT

public:
    /// @param accessibleName what it copies: "Copy the command: uptime"
    CopyButton(const QString &text, const QString &accessibleName, QWidget *parent = nullptr);

    QSize sizeHint() const override; ///< wide enough for both of its words

private:
    void copy();

    QString m_text;
    QTimer m_done;
};

} // namespace backwatch
