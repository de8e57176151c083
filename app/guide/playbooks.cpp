// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/playbooks.h"

#include "app/diagnosis/diagnosistext.h"
#include "app/guide/placeholders.h"
#include "app/guide/playbook.h"
#include "app/guide/steporder.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace backwatch {

struct Playbooks::Playbook : PlaybookFile
{
};

namespace {

QString generalId()
{
    return QStringLiteral("general");
}

/// Texts of the data files are translated where they are used; placeholders are filled afterwards.
QString translated(const QString &text)
{
    return QCoreApplication::translate("Playbook", text.toUtf8().constData());
}

template <typename List>
auto firstThatHolds(const List &list, const Incident &incident, const Recognition &recognition)
{
    return std::find_if(list.begin(), list.end(),
                        [&](const auto &one) { return one.when.holds(incident, recognition); });
}

bool isLessRisky(const GuideCommand &a, const GuideCommand &b)
{
    return a.risk < b.risk;
}

/// Puts what another stack has for this step behind what is there, the harmless still first.
void addStack(GuideStep &step, const PlaybookFile::Step &stack, const Placeholders &values)
{
    for (const auto &command : stack.commands) {
        const auto filled = values.fillCommand(command.command);
        const auto isIt = [&filled](const GuideCommand &one) { return one.command == *filled; };
        if (filled && std::none_of(step.commands.begin(), step.commands.end(), isIt))
            step.commands.append({*filled, values.fillText(translated(command.purpose)), command.risk});
    }
    std::stable_sort(step.commands.begin(), step.commands.end(), isLessRisky);
    for (const auto &sentence : stack.reading) {
        const QString filled = values.fillText(translated(sentence));
        if (!step.reading.contains(filled))
            step.reading.append(filled);
    }
}

/// Where the failing part has a playbook of its own, its words and commands lead, and those of what made the
/// page follow: at a page of nginx that a dead database caused, the database is to be looked at.
void leadWithStack(GuideStep &step, const PlaybookFile::Step &stack, const Placeholders &values)
{
    const QString why = values.fillText(translated(stack.why));
    if (!stack.title.isEmpty()) {
        step.title = values.fillText(translated(stack.title));
        step.why = why;
    } else if (!stack.why.isEmpty()) {
        step.why = why + u' ' + step.why;
    }
    const GuideStep producer = std::exchange(step, GuideStep{step.id, step.title, step.why, {}, {}});
    addStack(step, stack, values);
    for (const auto &command : producer.commands)
        if (std::none_of(step.commands.begin(), step.commands.end(),
                         [&command](const GuideCommand &one) { return one.command == command.command; }))
            step.commands.append(command);
    std::stable_sort(step.commands.begin(), step.commands.end(), isLessRisky);
    for (const auto &sentence : producer.reading)
        if (!step.reading.contains(sentence))
            step.reading.append(sentence);
}

GuideStep makeStep(const QString &id, PlaybookFile::Step own, const PlaybookFile::Step &general,
                   const Placeholders &values)
{
    if (own.title.isEmpty())
        own.title = general.title;
    if (own.why.isEmpty())
        own.why = general.why;
    if (own.commands.isEmpty() || own.alsoGeneral)
        own.commands += general.commands;
    if (own.reading.isEmpty() || own.alsoGeneral)
        own.reading += general.reading;
    GuideStep step{id, values.fillText(translated(own.title)), values.fillText(translated(own.why)), {}, {}};
    addStack(step, own, values);
    return step;
}

} // namespace

Result<Playbooks> Playbooks::load(const QString &folder)
{
    const auto files = dataFiles(folder);
    if (!files)
        return tl::make_unexpected(files.error());
    Playbooks playbooks;
    bool generalSeen = false;
    for (const auto &fileName : *files) {
        auto file = PlaybookFile::read(fileName);
        if (!file)
            return tl::make_unexpected(file.error());
        auto playbook = std::make_shared<Playbook>();
        static_cast<PlaybookFile &>(*playbook) = *file;
        const bool general = file->id == generalId();
        if (general) {
            if (const auto error = file->missingPiece(fileName))
                return tl::make_unexpected(*error);
            generalSeen = true;
            playbooks.m_playbooks.prepend(playbook);
        } else {
            playbooks.m_playbooks.append(playbook);
        }
    }
    if (!generalSeen)
        return failure(Error::Kind::NotFound,
                       QCoreApplication::translate("PlaybookFile",
                                                   "%1 has no general.json, which every guide falls "
                                                   "back to. Reinstall the program.")
                           .arg(folder));
    return playbooks;
}

const Playbooks::Playbook *Playbooks::playbookOf(const QString &product) const
{
    for (const auto &playbook : m_playbooks)
        if (!product.isEmpty() && playbook->fingerprints.contains(product))
            return playbook.get();
    return nullptr;
}

Guide Playbooks::guideFor(const Incident &incident, const Recognition &recognition,
                          const Exchange *exchange) const
{
    Guide guide;
    if (m_playbooks.isEmpty())
        return guide;
    const auto &general = *m_playbooks.first();
    const Playbook *own = playbookOf(recognition.producer);

    const Placeholders values(incident, exchange);
    QList<PlaybookFile::Verdict> verdicts = own ? own->verdicts : QList<PlaybookFile::Verdict>();
    if (!own && !recognition.producer.isEmpty())
        guide.verdict =
            QCoreApplication::translate("Playbook", "%1 produced this page.").arg(recognition.name);
    verdicts += general.verdicts;
    const auto verdict = firstThatHolds(verdicts, incident, recognition);
    guide.facts = recognition.facts;
    if (verdict != verdicts.end()) {
        if (guide.verdict.isEmpty())
            guide.verdict = values.fillText(translated(verdict->text));
        for (const auto &fact : verdict->facts)
            guide.facts.append(values.fillText(translated(fact)));
    }

    const auto orders = (own ? own->orders : QList<PlaybookFile::Order>()) + general.orders;
    const auto order = firstThatHolds(orders, incident, recognition);
    const auto ids = order != orders.end() ? order->steps : PlaybookFile::stepIds();
    for (const auto &id : ids)
        guide.steps.append(
            makeStep(id, own ? own->steps.value(id) : PlaybookFile::Step(), general.steps.value(id), values));
    return guide;
}

Guide Playbooks::guideFor(const Incident &incident, const Diagnosis &diagnosis,
                          const Exchange *exchange) const
{
    Guide guide = guideFor(incident, diagnosis.recognition, exchange);
    if (diagnosis.causes.isEmpty() || m_playbooks.isEmpty())
        return guide;
    guide.verdict = verdictSentence(diagnosis);
    guide.facts = diagnosis.recognition.facts;
    const auto &facts = diagnosis.causes.first().supporting;
    for (const auto &fact : facts)
        if (!guide.facts.contains(fact))
            guide.facts.append(fact);

    const Playbook *failing = playbookOf(diagnosis.failing.id);
    if (failing && failing != playbookOf(diagnosis.recognition.producer))
        for (auto &step : guide.steps)
            leadWithStack(step, failing->steps.value(step.id), Placeholders(incident, exchange));
    if (const auto order = stepOrder(diagnosis.causes.first().kind); !order.isEmpty())
        std::stable_sort(guide.steps.begin(), guide.steps.end(),
                         [&order](const GuideStep &a, const GuideStep &b) {
                             return order.indexOf(a.id) < order.indexOf(b.id);
                         });
    return guide;
}

} // namespace backwatch
