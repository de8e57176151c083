// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QDialog>

namespace backwatch {

class AddWebsite;

/// The one field in a window of its own; closes once the website is watched.
class AddWebsiteDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AddWebsiteDialog(Watch &watch, QWidget *parent = nullptr);

    AddWebsite *addWebsite() const { return m_add; }

Q_SIGNALS:
    void added(backwatch::MonitorId id);

private:
    AddWebsite *m_add;
};

} // namespace backwatch
