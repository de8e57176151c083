// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the committer does about a damaged file.
#include "app/core/clock.h"
#include "app/core/logging.h"
#include "app/history/historycommitter.h"
#include "app/history/historytext.h"
#include "app/history/integrity.h"
#include "app/history/transaction.h"

#include <QDir>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::seconds kCopyEvery{10};

} // namespace

Result<void> HistoryCommitter::open()
{
    auto opened = openAsItIs();
    if (opened)
        return opened;
    m_session.reset();
    // Only the one program that watches may put another file in its place.
    if ((m_watching.isLocked() || m_watching.tryLock()) && mayReplace(opened.error()))
        return replaceDamaged();
    m_watching.unlock();
    return opened;
}

bool HistoryCommitter::mayReplace(const Error &error) const
{
    if (m_onDamage != OnDamage::SetAside || error.kind != Error::Kind::Unreadable)
        return false;
    const auto damage = findDamage(m_path, IntegrityCheck::Quick);
    return damage && !damage->isEmpty();
}

Result<void> HistoryCommitter::replaceDamaged()
{
    m_session.reset();
    auto begun = beginAnew(m_path, m_clock.utcMs());
    if (!begun)
        return tl::make_unexpected(begun.error());
    auto session = WriterSession::reopen(m_path, m_run);
    if (!session)
        return tl::make_unexpected(session.error());
    m_session = std::move(*session);
    if (auto goesOn = continueRun(); !goesOn)
        return goesOn;
    m_damageFound = false;
    m_salvage = std::move(begun->salvage);
    m_notice =
        HistoryText::tr("The history was damaged. The damaged file is kept as %1; monitoring goes on in a "
                        "new one with what could be read of it.")
            .arg(QDir::toNativeSeparators(begun->setAside));
    qCWarning(lcHistory).noquote() << m_notice;
    m_onFault(m_notice);
    return {};
}

/// The run and its open states were carried over, unless they stood where the damage is.
Result<void> HistoryCommitter::continueRun()
{
    const auto known =
        singleValue(m_session->connection(), u"SELECT count(*) FROM observer WHERE id = %1"_s.arg(m_run.id));
    if (!known)
        return tl::make_unexpected(known.error());
    if (m_run.id != 0 && known->toInt() == 1)
        return {};
    auto transaction = Transaction::begin(m_session->connection());
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    if (auto done = m_session->states().beginRun(m_clock.utcMs()); !done)
        return done;
    if (auto done = transaction->commit(); !done)
        return done;
    m_run = m_session->states().run();
    return {};
}

Result<void> HistoryCommitter::salvageMore()
{
    if (!m_salvage)
        return {};
    auto transaction = Transaction::begin(m_session->connection());
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    const auto more = m_salvage->saveNext(m_session->connection());
    if (!more)
        return tl::make_unexpected(more.error());
    if (!*more) {
        const QString found = m_salvage->incomplete().isEmpty()
                                  ? u"everything"_s
                                  : u"not all of "_s + m_salvage->incomplete().join(u", "_s);
        if (auto done = recordHistoryEvent(m_session->connection(), m_clock.utcMs(), u"salvaged"_s,
                                           u"%1 rows; %2"_s.arg(m_salvage->rowsSaved()).arg(found));
            !done)
            return done;
    }
    if (auto done = transaction->commit(); !done)
        return done;
    m_session->checkpointer().written(Checkpointer::kPages); // whole tables
    if (!*more)
        m_salvage.reset();
    return {};
}

void HistoryCommitter::copyConfiguration()
{
    if (m_run.id == 0 || (m_copiedAt && Steady::now() - *m_copiedAt < kCopyEvery))
        return;
    m_copiedAt = Steady::now();
    if (const auto copied = m_configurationCopy.refresh(m_session->connection()); !copied)
        qCWarning(lcHistory).noquote() << copied.error().sentence;
}

} // namespace backwatch
