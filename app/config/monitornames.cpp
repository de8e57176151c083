// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitornames.h"

#include "app/config/suggestion.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct Names
{
    Q_DECLARE_TR_FUNCTIONS(MonitorNames)
};

} // namespace

MonitorNames::MonitorNames(const QList<Monitor> &monitors)
{
    for (qsizetype i = 0; i < monitors.size(); ++i) {
        const QString qualified = qualifiedName(monitors[i]);
        m_byQualifiedName.insert(qualified, i);
        m_byName[monitors[i].name].append(i);
        m_qualifiedNames += qualified;
    }
}

Result<qsizetype> MonitorNames::find(const QString &name, const QString &service) const
{
    if (!service.isEmpty()) {
        const auto sibling = m_byQualifiedName.constFind(service + u'/' + name);
        if (sibling != m_byQualifiedName.constEnd())
            return *sibling;
    }
    if (const auto exact = m_byQualifiedName.constFind(name); exact != m_byQualifiedName.constEnd())
        return *exact;
    const auto named = m_byName.value(name);
    if (named.size() == 1)
        return named.first();
    if (named.isEmpty())
        return failure(Error::Kind::NotFound, Names::tr("There is no monitor \"%1\".").arg(name) +
                                                  didYouMean(name, m_qualifiedNames));
    QStringList choices;
    for (const auto index : named)
        choices += m_qualifiedNames[index];
    return failure(Error::Kind::Invalid, Names::tr("Several monitors are called \"%1\". Write which one: %2.")
                                             .arg(name, choices.join(QStringLiteral(", "))));
}

} // namespace backwatch
