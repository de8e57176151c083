// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/dataobject.h"

#include "app/diagnosis/datafiletext.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <cmath>

namespace backwatch {

namespace {

constexpr qint64 kLargestFile = 1024 * 1024;

} // namespace

DataObject::DataObject(QJsonObject object, QString path, std::shared_ptr<Shared> shared)
    : m_object(std::move(object)), m_path(std::move(path)), m_shared(std::move(shared))
{
}

Result<DataObject> DataObject::open(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Unreadable,
                       DataFileText::tr("%1 cannot be read: %2. Check that it is there and that you "
                                        "may read it.")
                           .arg(fileName, file.errorString()));
    QJsonParseError fault;
    const auto document = QJsonDocument::fromJson(file.read(kLargestFile), &fault);
    if (fault.error != QJsonParseError::NoError)
        return failure(Error::Kind::Invalid,
                       DataFileText::tr("%1 is not JSON: %2 at byte %3. Correct the file.")
                           .arg(fileName, fault.errorString())
                           .arg(fault.offset));
    if (!document.isObject())
        return failure(Error::Kind::Invalid,
                       DataFileText::tr("%1 has to hold one JSON object. Correct the file.").arg(fileName));
    auto shared = std::make_shared<Shared>();
    shared->fileName = fileName;
    return DataObject(document.object(), {}, shared);
}

QString DataObject::pathOf(const QString &key) const
{
    return m_path.isEmpty() ? key : QString(m_path + u'.' + key);
}

void DataObject::reject(const QString &key, const QString &problem) const
{
    if (!m_shared->error)
        m_shared->error = Error{Error::Kind::Invalid, DataFileText::tr("%1: \"%2\" %3. Correct the file.")
                                                          .arg(m_shared->fileName, pathOf(key), problem)};
}

void DataObject::allowOnly(const QStringList &keys) const
{
    const auto present = m_object.keys();
    for (const auto &key : present)
        if (!keys.contains(key))
            reject(key, DataFileText::tr("is not a key that is known here; known are %1")
                            .arg(keys.join(QStringLiteral(", "))));
}

QString DataObject::text(const QString &key) const
{
    const auto value = m_object.value(key);
    if (!value.isString() || value.toString().trimmed().isEmpty()) {
        reject(key, DataFileText::tr("has to be a text that is not empty"));
        return {};
    }
    return value.toString();
}

QString DataObject::optionalText(const QString &key) const
{
    return has(key) ? text(key) : QString();
}

QString DataObject::word(const QString &key, const QStringList &allowed) const
{
    const QString value = text(key);
    if (allowed.contains(value))
        return value;
    reject(key, DataFileText::tr("has to be one of %1").arg(allowed.join(QStringLiteral(", "))));
    return allowed.value(0);
}

QString DataObject::pattern(const QString &key) const
{
    const QString value = text(key);
    const QRegularExpression expression(value);
    if (!expression.isValid())
        reject(key, DataFileText::tr("is not a regular expression: %1").arg(expression.errorString()));
    return value;
}

QJsonArray DataObject::array(const QString &key, bool required) const
{
    const auto value = m_object.value(key);
    if (!required && !has(key))
        return {};
    if (!value.isArray() || value.toArray().isEmpty())
        reject(key, DataFileText::tr("has to be a list that is not empty"));
    return value.toArray();
}

QStringList DataObject::texts(const QString &key) const
{
    QStringList result;
    const auto values = array(key, true);
    for (const auto &value : values) {
        if (!value.isString() || value.toString().trimmed().isEmpty())
            reject(key, DataFileText::tr("has to be a list of texts that are not empty"));
        result.append(value.toString());
    }
    return result;
}

QStringList DataObject::optionalTexts(const QString &key) const
{
    return has(key) ? texts(key) : QStringList();
}

QList<int> DataObject::integers(const QString &key) const
{
    QList<int> result;
    const auto values = array(key, true);
    for (const auto &value : values) {
        const double number = value.toDouble(0.5);
        if (std::floor(number) < number || std::abs(number) > 1e6)
            reject(key, DataFileText::tr("has to be a list of whole numbers"));
        result.append(value.toInt());
    }
    return result;
}

double DataObject::positiveNumber(const QString &key) const
{
    const double number = m_object.value(key).toDouble();
    if (!(number > 0) || number > 1e6)
        reject(key, DataFileText::tr("has to be a number above zero"));
    return number;
}

bool DataObject::flag(const QString &key) const
{
    const auto value = m_object.value(key);
    if (has(key) && !value.isBool())
        reject(key, DataFileText::tr("has to be true or false"));
    return value.toBool();
}

QList<DataObject> DataObject::objects(const QString &key) const
{
    QList<DataObject> result;
    const auto values = array(key, true);
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (!values[i].isObject())
            reject(key, DataFileText::tr("has to be a list of objects"));
        result.append(
            DataObject(values[i].toObject(), QStringLiteral("%1[%2]").arg(pathOf(key)).arg(i), m_shared));
    }
    return result;
}

QList<DataObject> DataObject::optionalObjects(const QString &key) const
{
    return has(key) ? objects(key) : QList<DataObject>();
}

std::optional<DataObject> DataObject::optionalObject(const QString &key) const
{
    if (!has(key))
        return std::nullopt;
    if (!m_object.value(key).isObject())
        reject(key, DataFileText::tr("has to be an object"));
    return DataObject(m_object.value(key).toObject(), pathOf(key), m_shared);
}

Result<QStringList> dataFiles(const QString &folder)
{
    const QDir dir(folder);
    const auto names = dir.entryList({QStringLiteral("*.json")}, QDir::Files | QDir::Readable, QDir::Name);
    if (names.isEmpty())
        return failure(
            Error::Kind::NotFound,
            DataFileText::tr("There are no data files (*.json) in %1. Reinstall the program.").arg(folder));
    QStringList paths;
    for (const auto &name : names)
        paths.append(dir.filePath(name));
    return paths;
}

} // namespace backwatch
