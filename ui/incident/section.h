// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>

class QVBoxLayout;

namespace backwatch {

/// A heading and what belongs to it, on a card of its own.
class Section : public QFrame
{
    Q_OBJECT

public:
    explicit Section(const QString &heading, QWidget *parent = nullptr);

    QVBoxLayout *content() const { return m_content; }

private:
    QVBoxLayout *m_content;
};

/// A label that takes its text literally, wraps and can be selected from mouse and keyboard.
QLabel *plainLabel(const QString &text, QWidget *parent = nullptr);
/// The same in the muted colour: captions, and what stands for something that is missing.
QLabel *mutedLabel(const QString &text, QWidget *parent = nullptr);

} // namespace backwatch
