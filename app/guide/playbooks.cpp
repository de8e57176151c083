// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/playbooks.h"

#include "app/guide/placeholders.h"
#include "app/guide/playbook.h"

#include <QCoreApplication>

#include <algorithm>

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
    std::stable_sort(own.commands.begin(), own.commands.end(),
                     [](const GuideCommand &a, const GuideCommand &b) { return a.risk < b.risk; });

    GuideStep step{id, values.fillText(translated(own.title)), values.fillText(translated(own.why)), {}, {}};
    for (const auto &command : std::as_const(own.commands))
        if (const auto filled = values.fillCommand(command.command))
            step.commands.append({*filled, values.fillText(translated(command.purpose)), command.risk});
    for (const auto &sentence : std::as_const(own.reading))
        step.reading.append(values.fillText(translated(sentence)));
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

Guide Playbooks::guideFor(const Incident &incident, const Recognition &recognition,
                          const Exchange *exchange) const
{
    Guide guide;
    if (m_playbooks.isEmpty())
        return guide;
    const auto &general = *m_playbooks.first();
    const Playbook *own = nullptr;
    for (const auto &playbook : m_playbooks)
        if (!recognition.producer.isEmpty() && playbook->fingerprints.contains(recognition.producer))
            own = playbook.get();

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

} // namespace backwatch
