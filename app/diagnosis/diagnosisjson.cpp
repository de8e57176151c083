// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/diagnosisjson.h"

#include <QJsonArray>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

QString confidenceId(Confidence confidence)
{
    switch (confidence) {
    case Confidence::High:
        return u"high"_s;
    case Confidence::Medium:
        return u"medium"_s;
    case Confidence::Low:
        break;
    }
    return u"low"_s;
}

Confidence confidenceFromId(const QString &id)
{
    return id == "high"_L1 ? Confidence::High : id == "medium"_L1 ? Confidence::Medium : Confidence::Low;
}

QString orUnknown(const QString &id)
{
    return id.isEmpty() ? u"unknown"_s : id;
}

QString known(const QJsonValue &id)
{
    return id.toString() == "unknown"_L1 ? QString() : id.toString();
}

QStringList texts(const QJsonValue &array)
{
    return array.toVariant().toStringList();
}

QJsonArray causesJson(const QList<Cause> &causes)
{
    QJsonArray array;
    for (const auto &cause : causes)
        array.append(QJsonObject{{u"id"_s, causeId(cause.kind).toString()},
                                 {u"confidence"_s, confidenceId(cause.confidence)},
                                 {u"for"_s, QJsonArray::fromStringList(cause.supporting)},
                                 {u"against"_s, QJsonArray::fromStringList(cause.opposing)},
                                 {u"disprovedBy"_s, cause.disprovedBy}});
    return array;
}

QJsonArray referencesJson(const QList<Reference> &references)
{
    QJsonArray array;
    for (const auto &reference : references)
        array.append(QJsonObject{{u"kind"_s, reference.kind}, {u"value"_s, reference.value}});
    return array;
}

QJsonArray questionsJson(const QList<AnsweredQuestion> &questions)
{
    QJsonArray array;
    for (const auto &one : questions)
        array.append(QJsonObject{{u"id"_s, one.id},
                                 {u"askedAt"_s, formatTimestamp(one.askedAt)},
                                 {u"question"_s, one.question},
                                 {u"answer"_s, one.answer},
                                 {u"consequence"_s, one.consequence}});
    return array;
}

QJsonObject basis(const Diagnosis &diagnosis)
{
    const Recognition &by = diagnosis.recognition;
    return {{u"status"_s, diagnosis.status},
            {u"outcome"_s, outcomeId(diagnosis.outcome).toString()},
            {u"producer"_s, QJsonObject{{u"id"_s, orUnknown(by.producer)},
                                        {u"name"_s, by.name},
                                        {u"layer"_s, layerId(by.layer).toString()},
                                        {u"confidence"_s, confidenceId(by.confidence)}}},
            {u"path"_s, QJsonArray::fromStringList(by.path)},
            {u"failing"_s, QJsonObject{{u"layer"_s, layerId(diagnosis.failing.layer).toString()},
                                       {u"id"_s, orUnknown(diagnosis.failing.id)}}},
            {u"causes"_s, causesJson(diagnosis.causes)},
            {u"references"_s, referencesJson(by.references)},
            {u"questions"_s, questionsJson(diagnosis.questions)}};
}

} // namespace

QJsonObject diagnosisJson(const Diagnosis &diagnosis, const QStringList &steps)
{
    QJsonObject json = basis(diagnosis);
    json.insert(u"steps"_s, QJsonArray::fromStringList(steps));
    return json;
}

QJsonObject storedDiagnosis(const Diagnosis &diagnosis)
{
    QJsonObject json = basis(diagnosis);
    json.insert(u"madeAt"_s, formatTimestamp(diagnosis.madeAt));
    json.insert(u"meaning"_s, diagnosis.recognition.meaning);
    json.insert(u"facts"_s, QJsonArray::fromStringList(diagnosis.recognition.facts));
    return json;
}

Diagnosis diagnosisFromJson(const QJsonObject &json)
{
    Diagnosis diagnosis;
    diagnosis.madeAt = parseTimestamp(json.value("madeAt"_L1).toString()).value_or(0);
    diagnosis.status = json.value("status"_L1).toInt();
    diagnosis.outcome = outcomeFromId(json.value("outcome"_L1).toString()).value_or(Outcome::Internal);
    Recognition &by = diagnosis.recognition;
    const QJsonObject producer = json.value("producer"_L1).toObject();
    by.producer = known(producer.value("id"_L1));
    by.name = producer.value("name"_L1).toString();
    by.layer = layerFromId(producer.value("layer"_L1).toString()).value_or(Layer::Unknown);
    by.confidence = confidenceFromId(producer.value("confidence"_L1).toString());
    by.meaning = json.value("meaning"_L1).toString();
    by.facts = texts(json.value("facts"_L1));
    by.path = texts(json.value("path"_L1));
    for (const auto &value : json.value("references"_L1).toArray())
        by.references.append(
            {value.toObject().value("kind"_L1).toString(), value.toObject().value("value"_L1).toString()});
    const QJsonObject failing = json.value("failing"_L1).toObject();
    diagnosis.failing = {layerFromId(failing.value("layer"_L1).toString()).value_or(Layer::Unknown),
                         known(failing.value("id"_L1))};
    for (const auto &value : json.value("causes"_L1).toArray()) {
        const QJsonObject cause = value.toObject();
        diagnosis.causes.append({causeFromId(cause.value("id"_L1).toString()).value_or(CauseKind::Unknown),
                                 confidenceFromId(cause.value("confidence"_L1).toString()),
                                 texts(cause.value("for"_L1)), texts(cause.value("against"_L1)),
                                 cause.value("disprovedBy"_L1).toString()});
    }
    for (const auto &value : json.value("questions"_L1).toArray()) {
        const QJsonObject one = value.toObject();
        diagnosis.questions.append({one.value("id"_L1).toString(),
                                    parseTimestamp(one.value("askedAt"_L1).toString()).value_or(0),
                                    one.value("question"_L1).toString(), one.value("answer"_L1).toString(),
                                    one.value("consequence"_L1).toString()});
    }
    return diagnosis;
}

} // namespace backwatch
