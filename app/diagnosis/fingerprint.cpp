// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/fingerprint.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace backwatch {

namespace {

struct FingerprintText
{
    Q_DECLARE_TR_FUNCTIONS(Fingerprints)
};

Confidence readConfidence(const DataObject &data)
{
    static const QStringList kLevels{QStringLiteral("low"), QStringLiteral("medium"), QStringLiteral("high")};
    return static_cast<Confidence>(kLevels.indexOf(data.word(QStringLiteral("confidence"), kLevels)));
}

CauseKind readCause(const DataObject &data, const QString &key)
{
    const auto kind = causeFromId(data.text(key));
    if (!kind)
        data.reject(key, FingerprintText::tr("is not the id of a cause"));
    return kind.value_or(CauseKind::Unknown);
}

Layer readLayer(const DataObject &data)
{
    const auto key = QStringLiteral("layer");
    const auto layer = layerFromId(data.text(key));
    if (!layer)
        data.reject(key, FingerprintText::tr("is not the id of a layer"));
    return layer.value_or(Layer::Unknown);
}

QList<CandidateCause> readCauses(const DataObject &rule)
{
    QList<CandidateCause> causes;
    for (const auto &data : rule.optionalObjects(QStringLiteral("causes"))) {
        data.allowOnly({QStringLiteral("id"), QStringLiteral("confidence"), QStringLiteral("fact")});
        causes.append({readCause(data, QStringLiteral("id")), readConfidence(data),
                       data.optionalText(QStringLiteral("fact"))});
    }
    return causes;
}

FailingPart readFailing(const DataObject &rule)
{
    const auto data = rule.optionalObject(QStringLiteral("failing"));
    if (!data)
        return {};
    data->allowOnly({QStringLiteral("layer"), QStringLiteral("id")});
    return {readLayer(*data), data->optionalText(QStringLiteral("id"))};
}

FingerprintRule readRule(const DataObject &data)
{
    data.allowOnly({QStringLiteral("meaning"), QStringLiteral("all"), QStringLiteral("confidence"),
                    QStringLiteral("fact"), QStringLiteral("source"), QStringLiteral("causes"),
                    QStringLiteral("failing")});
    return {data.optionalText(QStringLiteral("meaning")),
            Matcher::readAll(data.objects(QStringLiteral("all"))),
            readConfidence(data),
            data.text(QStringLiteral("fact")),
            data.text(QStringLiteral("source")),
            readCauses(data),
            readFailing(data)};
}

ReferenceSource readReference(const DataObject &data)
{
    const auto header = QStringLiteral("header");
    const auto body = QStringLiteral("body");
    const auto pattern = QStringLiteral("pattern");
    ReferenceSource source;
    source.kind = data.text(QStringLiteral("kind"));
    if (data.has(header)) {
        data.allowOnly({QStringLiteral("kind"), header, pattern});
        source.header = data.text(header).toLower();
        source.expression = boundedExpression(data.has(pattern) ? data.pattern(pattern)
                                                                : QStringLiteral("\\A(\\S{1,200})\\z"));
    } else {
        data.allowOnly({QStringLiteral("kind"), body});
        source.expression = boundedExpression(data.pattern(body));
    }
    if (source.expression.captureCount() != 1)
        data.reject(source.header.isEmpty() ? body : pattern, FingerprintText::tr("needs exactly one group"));
    return source;
}

KnownTimeout readTimeout(const DataObject &data)
{
    data.allowOnly({QStringLiteral("seconds"), QStringLiteral("setting"), QStringLiteral("cause")});
    const auto after = milliseconds(qRound64(data.positiveNumber(QStringLiteral("seconds")) * 1000));
    return {after, data.text(QStringLiteral("setting")), readCause(data, QStringLiteral("cause"))};
}

} // namespace

Result<std::shared_ptr<const Fingerprint>> Fingerprint::read(const QString &fileName)
{
    const auto file = DataObject::open(fileName);
    if (!file)
        return tl::make_unexpected(file.error());
    file->allowOnly({QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("layer"),
                     QStringLiteral("rules"), QStringLiteral("hop"), QStringLiteral("references"),
                     QStringLiteral("refines"), QStringLiteral("timeouts")});
    auto product = std::make_shared<Fingerprint>();
    product->id = file->text(QStringLiteral("id"));
    if (product->id != QFileInfo(fileName).completeBaseName())
        file->reject(QStringLiteral("id"), FingerprintText::tr("has to be the name of the file"));
    product->name = file->text(QStringLiteral("name"));
    product->layer = readLayer(*file);
    product->refines = file->optionalTexts(QStringLiteral("refines"));
    for (const auto &rule : file->objects(QStringLiteral("rules")))
        product->rules.append(readRule(rule));
    product->hop = Matcher::readAll(file->optionalObjects(QStringLiteral("hop")));
    for (const auto &reference : file->optionalObjects(QStringLiteral("references")))
        product->references.append(readReference(reference));
    for (const auto &timeout : file->optionalObjects(QStringLiteral("timeouts")))
        product->timeouts.append(readTimeout(timeout));
    if (file->error())
        return tl::make_unexpected(*file->error());
    return product;
}

Recognition Fingerprint::judge(const PreparedAnswer &answer) const
{
    Recognition own;
    for (const auto &rule : rules) {
        const bool fits = !own.producer.isEmpty();
        if ((fits && rule.confidence < own.confidence) || !allMatch(rule.all, answer))
            continue;
        if (fits && rule.confidence > own.confidence)
            own = {}; // what is surer replaces what was less so
        own.producer = id;
        own.confidence = rule.confidence;
        if (own.meaning.isEmpty())
            own.meaning = rule.meaning;
        if (own.causes.isEmpty())
            own.causes = rule.causes;
        if (own.failing == FailingPart{})
            own.failing = rule.failing;
        own.facts.append(FingerprintText::tr(rule.fact.toUtf8().constData()));
    }
    if (own.producer.isEmpty())
        return own;
    own.name = name;
    own.layer = layer;
    own.timeouts = timeouts;
    addReferences(answer, true, own.references);
    return own;
}

bool Fingerprint::carried(const PreparedAnswer &answer) const
{
    return std::any_of(hop.begin(), hop.end(), [&](const Matcher &m) { return m.matches(answer); });
}

void Fingerprint::addReferences(const PreparedAnswer &answer, bool isProducer, QList<Reference> &found) const
{
    for (const auto &source : references) {
        const bool known = std::any_of(found.begin(), found.end(),
                                       [&](const Reference &r) { return r.kind == source.kind; });
        // Only the producer's own page is searched: any other may say what it likes.
        if (known || (source.header.isEmpty() && !isProducer))
            continue;
        QString text = source.header.isEmpty() ? answer.head : QString();
        // The outermost hop adds its field last, and it is the one that the admin can reach first.
        for (const auto &[field, value] : answer.headers)
            if (!source.header.isEmpty() && field == source.header)
                text = value;
        const auto match = source.expression.match(text);
        if (match.hasMatch() && !match.captured(1).isEmpty())
            found.append({source.kind, match.captured(1)});
    }
}

} // namespace backwatch
