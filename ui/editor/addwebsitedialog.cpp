// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/addwebsitedialog.h"

#include "ui/editor/addwebsite.h"

#include <QVBoxLayout>

namespace backwatch {

AddWebsiteDialog::AddWebsiteDialog(Watch &watch, QWidget *parent)
    : QDialog(parent), m_add(new AddWebsite(watch, this))
{
    setWindowTitle(tr("Add a website"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->addWidget(m_add);
    setMinimumWidth(520);
    connect(m_add, &AddWebsite::added, this, [this](MonitorId id) {
        accept();
        Q_EMIT added(id);
    });
    m_add->setFocus();
}

} // namespace backwatch
