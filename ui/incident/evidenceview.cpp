// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/evidenceview.h"

#include "ui/incident/copybutton.h"
#include "ui/incident/countview.h"
#include "ui/incident/differenceview.h"
#include "ui/incident/incidenttext.h"
#include "ui/incident/phasebar.h"
#include "ui/incident/section.h"
#include "ui/incident/textblock.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <limits>

namespace backwatch {

namespace {

QFormLayout *addForm(QVBoxLayout *layout)
{
    auto *form = new QFormLayout;
    form->setContentsMargins({});
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(6);
    form->setLabelAlignment(Qt::AlignLeading | Qt::AlignTop);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    layout->addLayout(form);
    return form;
}

TextBlock *addValue(QFormLayout *form, const QString &caption, const QString &value, const char *name)
{
    auto *label = mutedLabel(caption);
    label->setWordWrap(false);
    auto *text = new TextBlock(value, TextBlock::Look::Plain, caption);
    text->setObjectName(QLatin1String(name));
    form->addRow(label, text);
    return text;
}

QString peerText(const Exchange &exchange)
{
    if (exchange.address.isEmpty())
        return EvidenceView::tr("none: no connection was made");
    if (exchange.port == 0)
        return exchange.address;
    return EvidenceView::tr("%1 port %2").arg(exchange.address).arg(exchange.port);
}

QString checkText(const Monitor &monitor)
{
    return EvidenceView::tr("%1, every %2")
        .arg(checkTarget(monitor.check), IncidentText::length(monitor.interval));
}

QString referenceName(const QString &kind)
{
    if (kind == u"xid")
        return EvidenceView::tr("Varnish transaction (XID)");
    return kind;
}

QString headerLines(const HttpHeaders &headers)
{
    QStringList lines;
    for (const auto &header : headers)
        lines.append(QString::fromLatin1(header.name) + u": " + QString::fromLatin1(header.value));
    return lines.join(u'\n');
}

} // namespace

EvidenceView::EvidenceView(const IncidentFile &file, const std::optional<Monitor> &monitor, QWidget *parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_counts(new CountView(file, this))
{
    setObjectName(QStringLiteral("evidence"));
    m_layout->setContentsMargins(0, 0, 8, 0);
    m_layout->setSpacing(12);
    addSeen(file, monitor);
    if (!file.incident.references.isEmpty())
        addReferences(file.incident.references);
    if (file.evidence.failed)
        addDifference(file);
    if (file.evidence.failed && file.evidence.failed->status != 0)
        addAnswer(*file.evidence.failed);
    if (file.evidence.failed && file.evidence.failed->certificate)
        addCertificate(*file.evidence.failed->certificate, file.evidence.failed->startedAt);
    m_layout->addWidget(m_counts);
    m_layout->addStretch();
}

void EvidenceView::addSeen(const IncidentFile &file, const std::optional<Monitor> &monitor)
{
    auto *section = new Section(tr("What was seen"), this);
    m_layout->addWidget(section);
    auto *form = addForm(section->content());
    const auto &exchange = file.evidence.failed;
    addValue(form, tr("When"), IncidentText::moment(exchange ? exchange->startedAt : file.incident.openedAt),
             "when");
    addValue(form, tr("Check"), monitor ? checkText(*monitor) : tr("the monitor has been removed"), "check");
    if (!exchange) {
        addValue(form, tr("Seen"), file.incident.detail, "detail");
        section->content()->addWidget(mutedLabel(tr("The exchange itself was not kept."), section));
        return;
    }
    addValue(form, tr("Request"),
             QString(QString::fromLatin1(exchange->method) + u' ' + exchange->url.toDisplayString()),
             "request");
    addValue(form, tr("Address"), peerText(*exchange), "address");
    addValue(form, tr("Answer"), IncidentText::statusLine(*exchange), "statusLine");
    if (exchange->status == 0 && !exchange->detail.isEmpty())
        addValue(form, tr("Reason"), exchange->detail, "detail");
    addValue(form, tr("Total time"), IncidentText::milliseconds1(exchange->phases.total), "total");
    section->content()->addWidget(new PhaseBar(exchange->phases, section));
}

void EvidenceView::addReferences(const QList<Reference> &references)
{
    auto *section = new Section(tr("Find it in the server's log"), this);
    m_layout->addWidget(section);
    for (const auto &reference : references) {
        auto *row = new QHBoxLayout;
        const QString name = referenceName(reference.kind);
        auto *caption = mutedLabel(name, section);
        caption->setWordWrap(false);
        auto *value = new TextBlock(reference.value, TextBlock::Look::Code, name, section);
        value->setObjectName(QStringLiteral("reference"));
        row->addWidget(caption);
        row->addWidget(value, 1);
        auto *copy = new CopyButton(reference.value, tr("Copy %1").arg(name), section);
        copy->setObjectName(QStringLiteral("copyReference"));
        row->addWidget(copy);
        section->content()->addLayout(row);
    }
}

void EvidenceView::addAnswer(const Exchange &exchange)
{
    auto *section = new Section(tr("The answer"), this);
    m_layout->addWidget(section);
    section->content()->addWidget(mutedLabel(tr("Headers, in the order of their arrival"), section));
    auto *headers = new TextBlock(headerLines(exchange.responseHeaders), TextBlock::Look::Code,
                                  tr("Response headers"), section);
    headers->setObjectName(QStringLiteral("headers"));
    section->content()->addWidget(headers);
    addBody(exchange, section->content());
}

void EvidenceView::addBody(const Exchange &exchange, QVBoxLayout *layout)
{
    const QLocale locale;
    constexpr qint64 kMost = std::numeric_limits<int>::max();
    QString caption = tr("Body, %Ln byte(s)", nullptr, static_cast<int>(std::min(exchange.bodySize, kMost)));
    if (exchange.bodySize > exchange.body.size() && !exchange.body.isEmpty())
        caption = tr("Body, the first %1 of %2 bytes")
                      .arg(locale.toString(exchange.body.size()), locale.toString(exchange.bodySize));
    if (exchange.truncated)
        caption = tr("%1, cut short by the other side").arg(caption);
    layout->addWidget(mutedLabel(caption));
    if (exchange.body.isEmpty())
        return;
    auto *body =
        new TextBlock(QString::fromUtf8(exchange.body), TextBlock::Look::Code, tr("Body of the answer"));
    body->setObjectName(QStringLiteral("body"));
    constexpr int kLines = 24;
    body->setMaximumLines(kLines);
    layout->addWidget(body);
}

void EvidenceView::addCertificate(const Certificate &certificate, UtcMs seenAt)
{
    auto *section = new Section(tr("Certificate"), this);
    m_layout->addWidget(section);
    auto *form = addForm(section->content());
    addValue(form, tr("For"), certificate.subject, "certificateSubject");
    addValue(form, tr("Issued by"), certificate.issuer, "certificateIssuer");
    const int days = certificate.daysLeft(seenAt);
    const QString left = days >= 0 ? tr("%n day(s) left when it was seen", nullptr, days)
                                   : tr("expired %n day(s) before it was seen", nullptr, -days);
    addValue(form, tr("Valid until"), tr("%1 (%2)").arg(IncidentText::moment(certificate.notAfter), left),
             "certificateUntil");
}

void EvidenceView::addDifference(const IncidentFile &file)
{
    auto *section = new Section(tr("What differs from the last good answer"), this);
    m_layout->addWidget(section);
    if (!file.evidence.lastGood) {
        section->content()->addWidget(mutedLabel(tr("No good answer has been seen before."), section));
        return;
    }
    section->content()->addWidget(mutedLabel(
        tr("It came at %1.").arg(IncidentText::moment(file.evidence.lastGood->startedAt)), section));
    if (file.differences.isEmpty())
        section->content()->addWidget(plainLabel(tr("Nothing that tells something."), section));
    else
        section->content()->addWidget(new DifferenceView(file.differences, section));
}

} // namespace backwatch
