// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/changeaudit.h"

#include "app/config/checkspecs.h"

#include <QCoreApplication>
#include <QSqlError>
#include <QSqlQuery>
#include <QSysInfo>
#include <QUrl>

#include <pwd.h>
#include <unistd.h>

namespace backwatch {

namespace {

struct ChangeAudit
{
    Q_DECLARE_TR_FUNCTIONS(ChangeAudit)
};

const QString kHidden = QStringLiteral("(hidden)");

/// Keys stay, so that it can be read which header it was.
SpecNode concealed(const SpecNode &node)
{
    if (node.kind == SpecNode::Kind::Text || node.kind == SpecNode::Kind::Word)
        return textNode(kHidden);
    SpecNode shown = node;
    for (auto &item : shown.items)
        item = concealed(item);
    for (auto &entry : shown.entries)
        entry.second = concealed(entry.second);
    return shown;
}

SpecNode withoutSecrets(const SpecNode &node)
{
    if (node.hidden)
        return concealed(node);
    SpecNode shown = node;
    if (shown.kind == SpecNode::Kind::Text && shown.text.contains(QStringLiteral("://")))
        shown.text = QUrl(shown.text).toString(QUrl::RemoveUserInfo);
    for (auto &item : shown.items)
        item = withoutSecrets(item);
    for (auto &entry : shown.entries)
        entry.second = withoutSecrets(entry.second);
    return shown;
}

/// NULL where there is nothing.
QVariant text(const std::optional<SpecNode> &node)
{
    if (!node)
        return QVariant(QMetaType::fromType<QString>());
    return QString::fromUtf8(writtenSpec(withoutSecrets(*node), SpecStyle::Json));
}

template <typename Value, typename ToSpec>
std::optional<SpecNode> specOf(const std::optional<Value> &value, ToSpec toSpec)
{
    return value ? std::optional<SpecNode>(toSpec(*value, Usual::LeftOut)) : std::nullopt;
}

struct Recorded
{
    QString kind;
    QString name;
    QVariant before;
    QVariant after;
};

Recorded recorded(const ConfigurationChange &change)
{
    if (change.monitorBefore || change.monitorAfter)
        return {QStringLiteral("monitor"),
                qualifiedName(change.monitorAfter ? *change.monitorAfter : *change.monitorBefore),
                text(specOf(change.monitorBefore, monitorSpec)),
                text(specOf(change.monitorAfter, monitorSpec))};
    if (change.serviceBefore || change.serviceAfter)
        return {QStringLiteral("service"),
                (change.serviceAfter ? *change.serviceAfter : *change.serviceBefore).name,
                text(specOf(change.serviceBefore, serviceSpec)),
                text(specOf(change.serviceAfter, serviceSpec))};
    return {QStringLiteral("network"), QStringLiteral("network"),
            text(specOf(change.networkBefore, networkSpec)), text(specOf(change.networkAfter, networkSpec))};
}

} // namespace

QString currentAccount()
{
    const passwd *entry = ::getpwuid(::geteuid());
    const QString account = entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(::geteuid());
    return account + u'@' + QSysInfo::machineHostName();
}

Result<void> recordChange(const QSqlDatabase &database, const ConfigurationChange &change, qint64 monitorId,
                          const QString &who, qint64 at)
{
    const Recorded entry = recorded(change);
    QSqlQuery query(database);
    query.prepare(QStringLiteral("INSERT INTO configuration_change (changed_at, who, kind, monitor_id, name, "
                                 "spec_before, spec_after, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    query.addBindValue(at);
    query.addBindValue(who);
    query.addBindValue(entry.kind);
    query.addBindValue(monitorId == 0 ? QVariant(QMetaType::fromType<qlonglong>()) : QVariant(monitorId));
    query.addBindValue(entry.name);
    query.addBindValue(entry.before);
    query.addBindValue(entry.after);
    query.addBindValue(describe(change));
    if (query.exec())
        return {};
    return failure(Error::Kind::Unwritable,
                   ChangeAudit::tr("The change cannot be written down in the database: %1. Check free space "
                                   "and rights, then try again.")
                       .arg(query.lastError().text()));
}

} // namespace backwatch
