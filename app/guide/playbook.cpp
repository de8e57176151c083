// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/playbook.h"

#include "app/guide/placeholders.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace backwatch {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("PlaybookFile", text);
}

void rejectUnknownPlaceholders(const DataObject &data, const QString &key, const QString &text)
{
    const auto used = Placeholders::usedIn(text);
    for (const auto &name : used)
        if (!Placeholders::names().contains(name))
            data.reject(key, tr("asks for {%1}, which is not a placeholder").arg(name));
}

QString readText(const DataObject &data, const QString &key)
{
    const QString text = data.text(key);
    rejectUnknownPlaceholders(data, key, text);
    return text;
}

QStringList readTexts(const DataObject &data, const QString &key)
{
    const auto texts = data.optionalTexts(key);
    for (const auto &text : texts)
        rejectUnknownPlaceholders(data, key, text);
    return texts;
}

PlaybookCondition readCondition(const DataObject &data)
{
    PlaybookCondition condition;
    const auto when = data.optionalObject(QStringLiteral("when"));
    if (!when)
        return condition;
    const auto outcome = QStringLiteral("outcome");
    const auto status = QStringLiteral("status");
    const auto meaning = QStringLiteral("meaning");
    when->allowOnly({outcome, status, meaning});
    const auto ids = when->optionalTexts(outcome);
    for (const auto &id : ids) {
        const auto known = outcomeFromId(id);
        if (!known)
            when->reject(outcome, tr("names \"%1\", which is not an outcome").arg(id));
        condition.outcomes.append(known.value_or(Outcome::Internal));
    }
    if (when->has(status))
        condition.status = when->integers(status);
    condition.meanings = when->optionalTexts(meaning);
    if (condition.isAlways())
        data.reject(QStringLiteral("when"), tr("has to name an outcome, a status or a meaning"));
    return condition;
}

GuideCommand readCommand(const DataObject &data)
{
    const auto command = QStringLiteral("command");
    data.allowOnly({command, QStringLiteral("purpose"), QStringLiteral("risk")});
    static const QStringList kRisks{QStringLiteral("read-only"), QStringLiteral("reversible"),
                                    QStringLiteral("disruptive")};
    GuideCommand result;
    result.command = readText(data, command);
    if (!placeholdersAreQuotable(result.command))
        data.reject(command,
                    tr("has a placeholder within double quotes, where its value cannot be made safe"));
    result.purpose = readText(data, QStringLiteral("purpose"));
    result.risk = static_cast<Risk>(kRisks.indexOf(data.word(QStringLiteral("risk"), kRisks)));
    return result;
}

PlaybookFile::Step readStep(const DataObject &data)
{
    const auto title = QStringLiteral("title");
    const auto why = QStringLiteral("why");
    const auto commands = QStringLiteral("commands");
    data.allowOnly({QStringLiteral("id"), title, why, commands, QStringLiteral("reading"),
                    QStringLiteral("alsoGeneral")});
    PlaybookFile::Step step;
    if (data.has(title))
        step.title = readText(data, title);
    if (data.has(why))
        step.why = readText(data, why);
    const auto list = data.optionalObjects(commands);
    for (const auto &one : list) {
        step.commands.append(readCommand(one));
        const auto count = step.commands.size();
        if (count > 1 && step.commands[count - 2].risk > step.commands[count - 1].risk)
            data.reject(commands,
                        tr("has to be in order of risk: read-only, then reversible, then disruptive"));
    }
    if (!step.commands.isEmpty() && step.commands.first().risk == Risk::Disruptive)
        data.reject(commands, tr("must not start with what is disruptive"));
    step.reading = readTexts(data, QStringLiteral("reading"));
    step.alsoGeneral = data.flag(QStringLiteral("alsoGeneral"));
    return step;
}

PlaybookFile::Order readOrder(const DataObject &data)
{
    const auto key = QStringLiteral("steps");
    data.allowOnly({QStringLiteral("when"), key});
    PlaybookFile::Order order{readCondition(data), data.texts(key)};
    auto sorted = order.steps;
    auto all = PlaybookFile::stepIds();
    sorted.sort();
    all.sort();
    if (sorted != all)
        data.reject(key, tr("has to hold each of the seven step ids once"));
    return order;
}

void readSteps(const DataObject &file, QMap<QString, PlaybookFile::Step> &steps)
{
    const auto list = file.optionalObjects(QStringLiteral("steps"));
    for (const auto &data : list) {
        const QString id = data.word(QStringLiteral("id"), PlaybookFile::stepIds());
        if (steps.contains(id))
            data.reject(QStringLiteral("id"), tr("stands there twice"));
        steps.insert(id, readStep(data));
    }
}

template <typename T>
bool listContains(const QList<T> &list, const T &value)
{
    return list.isEmpty() || list.contains(value);
}

} // namespace

bool PlaybookCondition::holds(const Incident &incident, const Recognition &recognition) const
{
    return listContains(outcomes, incident.outcome) && listContains(status, incident.httpStatus) &&
           (meanings.isEmpty() || meanings.contains(recognition.meaning));
}

const QStringList &PlaybookFile::stepIds()
{
    static const QStringList ids{QStringLiteral("server-logs"),          QStringLiteral("server-load"),
                                 QStringLiteral("backend-services"),     QStringLiteral("application-code"),
                                 QStringLiteral("server-configuration"), QStringLiteral("clear-cache"),
                                 QStringLiteral("contact-provider")};
    return ids;
}

Result<PlaybookFile> PlaybookFile::read(const QString &fileName)
{
    const auto data = DataObject::open(fileName);
    if (!data)
        return tl::make_unexpected(data.error());
    data->allowOnly({QStringLiteral("id"), QStringLiteral("for"), QStringLiteral("verdicts"),
                     QStringLiteral("order"), QStringLiteral("steps")});
    PlaybookFile file;
    file.id = data->text(QStringLiteral("id"));
    if (file.id != QFileInfo(fileName).completeBaseName())
        data->reject(QStringLiteral("id"), tr("has to be the name of the file"));
    file.fingerprints = data->optionalTexts(QStringLiteral("for"));
    const auto verdicts = data->optionalObjects(QStringLiteral("verdicts"));
    for (const auto &verdict : verdicts) {
        verdict.allowOnly({QStringLiteral("when"), QStringLiteral("text"), QStringLiteral("facts")});
        file.verdicts.append({readCondition(verdict), readText(verdict, QStringLiteral("text")),
                              readTexts(verdict, QStringLiteral("facts"))});
    }
    const auto orders = data->optionalObjects(QStringLiteral("order"));
    for (const auto &order : orders)
        file.orders.append(readOrder(order));
    readSteps(*data, file.steps);
    if (data->error())
        return tl::make_unexpected(*data->error());
    return file;
}

std::optional<Error> PlaybookFile::missingPiece(const QString &fileName) const
{
    const auto missing = [&](const QString &what) {
        return Error{
            Error::Kind::Invalid,
            tr("%1 lacks %2, which the other playbooks fall back to. Correct the file.").arg(fileName, what)};
    };
    for (const auto &stepId : stepIds()) {
        const auto step = steps.value(stepId);
        if (step.title.isEmpty() || step.why.isEmpty() || step.commands.isEmpty() || step.reading.isEmpty())
            return missing(tr("a piece of the step \"%1\"").arg(stepId));
    }
    if (verdicts.isEmpty() || !verdicts.last().when.isAlways())
        return missing(tr("a last verdict without a condition"));
    if (orders.isEmpty() || !orders.last().when.isAlways())
        return missing(tr("a last order without a condition"));
    return std::nullopt;
}

} // namespace backwatch
