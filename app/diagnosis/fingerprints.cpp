// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/fingerprints.h"

#include "app/diagnosis/fingerprint.h"

#include <QCoreApplication>

#include <algorithm>

namespace backwatch {

namespace {

struct FingerprintsText
{
    Q_DECLARE_TR_FUNCTIONS(Fingerprints)
};

/// What the fields with a standard add to any page, as sentences.
void addStandardFacts(Recognition &recognition)
{
    const auto &standard = recognition.standard;
    for (const auto &proxy : standard.proxyStatus) {
        if (!proxy.error.isEmpty())
            recognition.facts.append(FingerprintsText::tr("Proxy-Status: %1 reports \"%2\".")
                                         .arg(proxy.proxy.left(80), proxy.error.left(80)));
        if (proxy.receivedStatus > 0)
            recognition.facts.append(
                FingerprintsText::tr("Proxy-Status: %1 received status %2 from the hop behind it.")
                    .arg(proxy.proxy.left(80))
                    .arg(proxy.receivedStatus));
    }
    for (const auto &cache : standard.cacheStatus)
        if (cache.hit)
            recognition.facts.append(
                FingerprintsText::tr("Cache-Status: %1 took the answer out of its store.")
                    .arg(cache.cache.left(80)));
    if (standard.age && standard.age->count() > 0)
        recognition.facts.append(FingerprintsText::tr("Age: the answer has been in a cache for %n second(s).",
                                                      nullptr, static_cast<int>(standard.age->count())));
    if (standard.problem && !standard.problem->title.isEmpty())
        recognition.facts.append(FingerprintsText::tr("The application describes the problem itself: \"%1\".")
                                     .arg(standard.problem->title.left(200)));
}

/// Where in Via, counted from the outside, a product names itself; the length of Via when it does not.
qsizetype placeInVia(const Fingerprint &product, const QStringList &via)
{
    const auto isMember = [&](const QString &member) {
        return std::any_of(product.hop.begin(), product.hop.end(),
                           [&](const Matcher &m) { return m.matchesField(u"via", member); });
    };
    return std::find_if(via.begin(), via.end(), isMember) - via.begin();
}

/// What names itself in Via tells its place; the others stay where their layer usually stands.
void orderByVia(QList<const Fingerprint *> &hops, const QStringList &via)
{
    QList<qsizetype> places;
    QList<std::pair<qsizetype, const Fingerprint *>> named;
    for (qsizetype i = 0; i < hops.size(); ++i)
        if (const auto place = placeInVia(*hops[i], via); place < via.size()) {
            places.append(i);
            named.append({place, hops[i]});
        }
    std::stable_sort(named.begin(), named.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    for (qsizetype i = 0; i < places.size(); ++i)
        hops[places[i]] = named[i].second;
}

} // namespace

Result<Fingerprints> Fingerprints::load(const QString &folder)
{
    const auto files = dataFiles(folder);
    if (!files)
        return tl::make_unexpected(files.error());
    Fingerprints fingerprints;
    for (const auto &file : *files) {
        auto product = Fingerprint::read(file);
        if (!product)
            return tl::make_unexpected(product.error());
        fingerprints.m_products.append(*product);
    }
    // Hops are then named from the outside to the inside, as layers usually stand.
    std::stable_sort(fingerprints.m_products.begin(), fingerprints.m_products.end(),
                     [](const auto &a, const auto &b) { return a->layer < b->layer; });
    return fingerprints;
}

Recognition Fingerprints::bestMatch(const PreparedAnswer &answer) const
{
    Recognition best;
    QStringList refined; // by the best one
    for (const auto &product : m_products) {
        const auto own = product->judge(answer);
        if (own.producer.isEmpty() || (!best.producer.isEmpty() && own.confidence < best.confidence))
            continue;
        // Of two that fit equally well the inner one made the page; the outer one only carried it. But a page
        // that is another product's with a mark of its own is the marked one's.
        if (own.confidence == best.confidence && refined.contains(own.producer))
            continue;
        best = own;
        refined = product->refines;
    }
    return best;
}

void Fingerprints::trustProxyStatus(Recognition &recognition) const
{
    const auto *maker = recognition.standard.maker();
    if (!maker)
        return;
    // Anybody can write the field, so it only speaks for a product that is known by that name.
    const auto isNamed = [&](const auto &product) {
        return maker->proxy.contains(product->id, Qt::CaseInsensitive) ||
               maker->proxy.contains(product->name, Qt::CaseInsensitive);
    };
    const auto found = std::find_if(m_products.begin(), m_products.end(), isNamed);
    if (found != m_products.end() &&
        (recognition.producer.isEmpty() || recognition.confidence == Confidence::Low)) {
        recognition.producer = (*found)->id;
        recognition.name = (*found)->name;
        recognition.layer = (*found)->layer;
        recognition.timeouts = (*found)->timeouts;
        recognition.confidence = Confidence::Medium;
    }
    const auto kind = causeOfProxyError(maker->error);
    if (!kind)
        return;
    const bool known = found != m_products.end() && (*found)->id == recognition.producer;
    recognition.causes.removeIf([&](const CandidateCause &cause) { return cause.kind == *kind; });
    recognition.causes.prepend({*kind, known ? Confidence::High : Confidence::Medium,
                                FingerprintsText::tr("%1 says so in Proxy-Status: \"%2\".")
                                    .arg(maker->proxy.left(80), maker->error)});
    for (qsizetype i = 1; known && i < recognition.causes.size(); ++i)
        recognition.causes[i].confidence = Confidence::Low; // the proxy was exact
}

void Fingerprints::addPath(const PreparedAnswer &answer, Recognition &recognition) const
{
    QList<const Fingerprint *> hops;
    for (const auto &product : m_products)
        if (product->id != recognition.producer && product->carried(answer))
            hops.append(product.get());
    orderByVia(hops, recognition.standard.via);
    for (const auto *hop : hops) {
        recognition.path.append(hop->id);
        hop->addReferences(answer, false, recognition.references);
        recognition.facts.append(
            FingerprintsText::tr("The headers show %1 on the path. That does not say that it made this page.")
                .arg(hop->name));
    }
}

Recognition Fingerprints::recognise(const Exchange &exchange) const
{
    if (exchange.status == 0)
        return {};
    const PreparedAnswer answer(exchange);
    auto recognition = bestMatch(answer);
    recognition.standard = standardSignals(exchange);
    trustProxyStatus(recognition);
    addStandardFacts(recognition);
    addPath(answer, recognition);
    return recognition;
}

QString Fingerprints::nameOf(const QString &id) const
{
    for (const auto &product : m_products)
        if (product->id == id)
            return product->name;
    return id;
}

QStringList Fingerprints::ids() const
{
    QStringList all;
    for (const auto &product : m_products)
        all.append(product->id);
    return all;
}

} // namespace backwatch
