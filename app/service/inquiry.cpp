// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/inquiry.h"

#include "app/config/monitornames.h"
#include "app/diagnosis/questionrules.h"
#include "app/probes/nameresolver.h"

#include <QEventLoop>
#include <QHostAddress>
#include <QRandomGenerator>

namespace backwatch {

namespace {

/// Asks the same website by another way.
bool isOriginOf(const HttpCheck &other, const HttpCheck &front)
{
    return !other.connectTo.isEmpty() && other.connectTo != front.connectTo &&
           other.url.host() == front.url.host();
}

bool isSameTarget(const HttpCheck &other, const HttpCheck &front)
{
    return other.url.host() == front.url.host() && other.url.port() == front.url.port() &&
           other.connectTo == front.connectTo;
}

void addPart(const Monitor &part, const HttpCheck *front, QuestionSubject &subject)
{
    const auto *http = std::get_if<HttpCheck>(&part.check);
    if (http && front && isSameTarget(*http, *front))
        return; // the website itself is asked anyway
    if (http && front && isOriginOf(*http, *front))
        subject.origins.append({http->connectTo, part.layer});
    else
        subject.dependencies.append({part.name, part.layer, part.check});
}

QStringList addressesOf(const HttpCheck &check)
{
    const QString host = check.url.host();
    if (host.isEmpty() || !QHostAddress(host).isNull() || !check.connectTo.isEmpty())
        return {};
    QStringList addresses;
    for (const auto &address : lookUpName(host.toUtf8(), check.family).addresses)
        addresses += QString::fromLatin1(address);
    return addresses;
}

} // namespace

QList<Monitor> partsAround(const Monitor &monitor, const Configuration &configuration)
{
    QSet<QString> wanted;
    const MonitorNames names(configuration.monitors);
    for (const auto &name : monitor.dependsOn)
        if (const auto index = names.find(name, monitor.service))
            wanted.insert(qualifiedName(configuration.monitors[*index]));
    QList<Monitor> parts;
    for (const auto &other : configuration.monitors) {
        const bool sameService = !monitor.service.isEmpty() && other.service == monitor.service;
        if (qualifiedName(other) != qualifiedName(monitor) &&
            (sameService || wanted.contains(qualifiedName(other))))
            parts.append(other);
    }
    return parts;
}

QHash<QString, milliseconds> timeoutsOf(const Configuration &configuration, const QString &service)
{
    QHash<QString, milliseconds> timeouts;
    for (const auto &one : configuration.services)
        if (one.name == service && !service.isEmpty())
            for (auto timeout = one.timeouts.cbegin(); timeout != one.timeouts.cend(); ++timeout)
                timeouts.insert(timeout.key(), timeout.value());
    return timeouts;
}

QuestionSubject questionSubject(const InquiryCase &about, const QStringList &addresses)
{
    QuestionSubject subject;
    subject.check = about.monitor.check;
    subject.failed = about.failed;
    subject.recognition = about.before.recognition;
    subject.lastGood = about.lastGood;
    subject.vantagePoints = about.configuration.network.vantagePoints;
    subject.addresses = addresses;
    for (const auto &origin : about.origins)
        subject.origins.append({origin, Layer::Unknown});
    const auto *front = std::get_if<HttpCheck>(&about.monitor.check);
    for (const auto &part : partsAround(about.monitor, about.configuration))
        addPart(part, front, subject);
    subject.unique = QString::number(QRandomGenerator::global()->generate64(), 36);
    return subject;
}

QuestionRound questionRound(const InquiryCase &about, const QStringList &addresses)
{
    return {planQuestions(questionSubject(about, addresses)),
            about.before.recognition.standard.retryAfter.value_or(std::chrono::seconds(0)), about.limits};
}

QList<AnsweredQuestion> inquireNow(Clock &clock, Probe &probes, const Fingerprints &fingerprints,
                                   const InquiryCase &about)
{
    const auto *http = std::get_if<HttpCheck>(&about.monitor.check);
    const QuestionRound round = questionRound(about, http ? addressesOf(*http) : QStringList());
    QList<QuestionAnswer> answers;
    QEventLoop loop;
    Questioner questioner(clock, probes, fingerprints);
    questioner.ask(round, [&](const QList<QuestionAnswer> &given) {
        answers = given;
        loop.quit();
    });
    loop.exec();
    return weighed(about.before, about.failed, answers);
}

} // namespace backwatch
