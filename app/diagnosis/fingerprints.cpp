// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/fingerprints.h"

#include "app/diagnosis/matcher.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace backwatch {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Fingerprints", text);
}

struct Rule
{
    QString meaning;
    QList<Matcher> all;
    Confidence confidence = Confidence::Low;
    QString fact; ///< as it stands in the file, English
};

/// Where a product writes the mark that its own log knows.
struct ReferenceSource
{
    QString kind;
    QString header; ///< in lower case; empty: the body
    QRegularExpression expression;
};

bool allMatch(const QList<Matcher> &matchers, const Answer &answer)
{
    return !matchers.isEmpty() &&
           std::all_of(matchers.begin(), matchers.end(), [&](const Matcher &m) { return m.matches(answer); });
}

Rule readRule(const DataObject &data)
{
    data.allowOnly({QStringLiteral("meaning"), QStringLiteral("all"), QStringLiteral("confidence"),
                    QStringLiteral("fact")});
    static const QStringList kConfidence{QStringLiteral("low"), QStringLiteral("medium"),
                                         QStringLiteral("high")};
    const auto confidence = kConfidence.indexOf(data.word(QStringLiteral("confidence"), kConfidence));
    return {data.optionalText(QStringLiteral("meaning")),
            Matcher::readAll(data.objects(QStringLiteral("all"))), static_cast<Confidence>(confidence),
            data.text(QStringLiteral("fact"))};
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
        data.reject(source.header.isEmpty() ? body : pattern, tr("needs exactly one group"));
    return source;
}

} // namespace

struct Fingerprints::Product
{
    QString id;
    QString name;
    Layer layer = Layer::Unknown;
    QList<Rule> rules;
    QList<Matcher> hop; ///< one of them is enough
    QList<ReferenceSource> references;

    static Result<std::shared_ptr<const Product>> read(const QString &fileName);
    bool carried(const Answer &answer) const;
    void addReferences(const Answer &answer, bool isProducer, QList<Reference> &found) const;
};

Result<std::shared_ptr<const Fingerprints::Product>> Fingerprints::Product::read(const QString &fileName)
{
    const auto file = DataObject::open(fileName);
    if (!file)
        return tl::make_unexpected(file.error());
    file->allowOnly({QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("layer"),
                     QStringLiteral("rules"), QStringLiteral("hop"), QStringLiteral("references")});
    auto product = std::make_shared<Product>();
    product->id = file->text(QStringLiteral("id"));
    if (product->id != QFileInfo(fileName).completeBaseName())
        file->reject(QStringLiteral("id"), tr("has to be the name of the file"));
    product->name = file->text(QStringLiteral("name"));
    const auto layer = layerFromId(file->text(QStringLiteral("layer")));
    if (!layer)
        file->reject(QStringLiteral("layer"), tr("is not the id of a layer"));
    product->layer = layer.value_or(Layer::Unknown);
    for (const auto &rule : file->objects(QStringLiteral("rules")))
        product->rules.append(readRule(rule));
    product->hop = Matcher::readAll(file->optionalObjects(QStringLiteral("hop")));
    for (const auto &reference : file->optionalObjects(QStringLiteral("references")))
        product->references.append(readReference(reference));
    if (file->error())
        return tl::make_unexpected(*file->error());
    return product;
}

bool Fingerprints::Product::carried(const Answer &answer) const
{
    return std::any_of(hop.begin(), hop.end(), [&](const Matcher &m) { return m.matches(answer); });
}

void Fingerprints::Product::addReferences(const Answer &answer, bool isProducer,
                                          QList<Reference> &found) const
{
    for (const auto &source : references) {
        const bool known = std::any_of(found.begin(), found.end(),
                                       [&](const Reference &r) { return r.kind == source.kind; });
        // Only the producer's own page is searched: any other may say what it likes.
        if (known || (source.header.isEmpty() && !isProducer))
            continue;
        QString text = source.header.isEmpty() ? answer.body : QString();
        // The outermost hop adds its field last, and it is the one that the admin can reach first.
        for (const auto &[field, value] : answer.headers)
            if (!source.header.isEmpty() && field == source.header)
                text = value;
        const auto match = source.expression.match(text);
        if (match.hasMatch() && !match.captured(1).isEmpty())
            found.append({source.kind, match.captured(1)});
    }
}

Result<Fingerprints> Fingerprints::load(const QString &folder)
{
    const auto files = dataFiles(folder);
    if (!files)
        return tl::make_unexpected(files.error());
    Fingerprints fingerprints;
    for (const auto &file : *files) {
        auto product = Product::read(file);
        if (!product)
            return tl::make_unexpected(product.error());
        fingerprints.m_products.append(*product);
    }
    // Hops are then named from the outside to the inside, as layers usually stand.
    std::stable_sort(fingerprints.m_products.begin(), fingerprints.m_products.end(),
                     [](const auto &a, const auto &b) { return a->layer < b->layer; });
    return fingerprints;
}

Recognition Fingerprints::recognise(const Exchange &exchange) const
{
    Recognition recognition;
    if (exchange.status == 0)
        return recognition;
    const Answer answer(exchange);
    const Product *producer = nullptr;
    for (const auto &product : m_products) {
        Recognition own;
        bool fits = false;
        for (const auto &rule : product->rules) {
            if (!allMatch(rule.all, answer) || (fits && rule.confidence < own.confidence))
                continue;
            if (fits && rule.confidence > own.confidence)
                own = {}; // what is surer replaces what was less so
            own.confidence = rule.confidence;
            fits = true;
            if (own.meaning.isEmpty())
                own.meaning = rule.meaning;
            own.facts.append(tr(rule.fact.toUtf8().constData()));
        }
        // Of two that fit equally well the inner one made the page; the outer one only carried it.
        if (!fits || (producer && own.confidence < recognition.confidence))
            continue;
        producer = product.get();
        own.producer = product->id;
        own.name = product->name;
        own.layer = product->layer;
        recognition = own;
    }
    if (producer)
        producer->addReferences(answer, true, recognition.references);
    for (const auto &product : m_products) {
        if (product.get() == producer || !product->carried(answer))
            continue;
        recognition.path.append(product->id);
        product->addReferences(answer, false, recognition.references);
        recognition.facts.append(
            tr("The headers show %1 on the path. That does not say that it made this page.")
                .arg(product->name));
    }
    return recognition;
}

QString Fingerprints::nameOf(const QString &id) const
{
    for (const auto &product : m_products)
        if (product->id == id)
            return product->name;
    return id;
}

} // namespace backwatch
